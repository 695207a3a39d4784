# aws-switch for zsh 5.8 and later.
#
# What the helper answers is data: it is compared and assigned here, never evaluated.
# `\builtin` reaches past aliases and functions of the same name.

if ! (( ${+functions[__aws_switch_hook]} )); then
    \builtin typeset -g __aws_switch_auto=''            # on or off, once `aws-switch auto` said so in this shell
    \builtin typeset -g __aws_switch_pending=''         # lines kept for the next prompt
    \builtin typeset -g __aws_switch_noticed=none       # the place whose refusal has been told; no place has this name
    # Place and variables at the last question: nothing yet, but an inherited state has to be settled.
    \builtin typeset -g __aws_switch_seen=${__AWS_SWITCH_STATE-}$'\n\n\n\n\n'
    \builtin typeset -gi __aws_switch_left=0            # looks until a question without an answer is put again; 0: never
    \builtin typeset -gi __aws_switch_distance=0        # how many those were at first
    \builtin typeset -g __aws_switch_until=''           # when the choice ends by itself, and how many minutes that were at the last question
    \builtin unset __aws_switch_kept
    \builtin typeset -gA __aws_switch_kept              # the variables that `-` brings back
    \builtin typeset -g +x AWS_SWITCH_SEGMENT=''
    \builtin typeset -g __aws_switch_answer=''          # what the helper answered last at a Tab
    \builtin typeset -g __aws_switch_folder=''          # the folder that __aws_switch_above was made for
fi

# The variables that an answer may change.
\builtin typeset -g __aws_switch_names=' AWS_PROFILE AWS_DEFAULT_PROFILE AWS_REGION AWS_DEFAULT_REGION AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_SECURITY_TOKEN AWS_CREDENTIAL_EXPIRATION AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_ARN '

# What stands in the prompt. An element of psvar is shown as it is, with or without prompt_subst; these
# three are far beyond those that people use, one for each colour.
\builtin typeset -g __aws_switch_mark='%(97V.%B%F{red}%97v%f%b .)%(98V.%F{yellow}%98v%f .)%(99V.%F{cyan}%99v%f .)'

# A call of a function costs as much here as a look into four folders, so what a prompt or a cd that changes
# nothing runs calls as few as can be, and only what zsh or a user calls sets the options of all.

# Runs the helper, under the settings of this shell, exported or not; with a protocol it sets the
# caller's `answer`.
__aws_switch_helper() { # PROTOCOL ARGUMENT...
    \builtin local -x AWS_SWITCH_AUTO="${AWS_SWITCH_AUTO-}" AWS_SWITCH_PROMPT="${AWS_SWITCH_PROMPT-}" \
        AWS_SWITCH_NOTICES="${AWS_SWITCH_NOTICES-}" AWS_SWITCH_PROTECT="${AWS_SWITCH_PROTECT-}" \
        AWS_SWITCH_CONFIRM="${AWS_SWITCH_CONFIRM-}" __AWS_SWITCH_AUTO="${__aws_switch_auto-}" \
        __AWS_SWITCH_KEPT="${(kj: :)__aws_switch_kept}" __AWS_SWITCH_WIRE="$1"
    \builtin shift
    if [[ -z $__AWS_SWITCH_WIRE ]]; then
        \builtin command "${__aws_switch_program:-aws-switch}" "$@"
    else
        # The subshell must become the helper, one process instead of two: with a trap, as completion
        # sets them, or in a function it would not.
        answer=$(\builtin trap -; \builtin command "${__aws_switch_program:-aws-switch}" "$@")
    fi
}

# Sets __aws_switch_place to the .awsprofile that governs this folder and what it holds, and
# __aws_switch_env to the variables that the helper judges by, with a word to these alone; succeeds
# where there is nothing to ask.
__aws_switch_look() { # [WORD]
    if [[ $# == 0 ]]; then
        __aws_switch_place=''
        if [[ -n ${PWD-} && ${__aws_switch_auto:-${AWS_SWITCH_AUTO:-${__aws_switch_setting_auto-}}} != off ]]; then
            if [[ $PWD != "$__aws_switch_folder" ]]; then
                # Where a .awsprofile may be, from this folder up, once for each folder.
                __aws_switch_folder=$PWD __aws_switch_above=()
                \builtin local folder=$PWD
                while [[ $folder == /?* ]]; do
                    __aws_switch_above+=$folder folder=${folder:h}
                done
                __aws_switch_above+=''
            fi
            # Whether a file or not: so each is asked for once, and what links to nothing is found, too.
            \builtin local file content='' any='(N.,^.)'
            \builtin setopt case_glob no_mark_dirs
            for file in ${^__aws_switch_above}/.awsprofile${~any}; do
                # Nothing but a regular file is opened, and no more than a valid one holds is read;
                # the kernel's own files, which may block, have no size.
                if [[ -f $file && -s $file && -r $file ]]; then
                    { \builtin sysread -s 4097 content <$file; } 2>/dev/null
                fi
                __aws_switch_place=$file$'\n'$content
                \builtin break
            done
        fi
    fi
    __aws_switch_env="${AWS_PROFILE-}
${AWS_DEFAULT_PROFILE-}
${AWS_REGION-}
${AWS_DEFAULT_REGION-}
${AWS_ACCESS_KEY_ID:+k}${AWS_SECRET_ACCESS_KEY:+s}
${AWS_WEB_IDENTITY_TOKEN_FILE:+w}${AWS_ROLE_ARN:+r}"
    [[ $__aws_switch_place$__aws_switch_env == "$__aws_switch_seen" && $__aws_switch_left == 0 ]]
}

# Assigns what the helper answered, and keeps what it says until __aws_switch_tell.
__aws_switch_apply() { # ANSWER
    \builtin local line rest name failed='' say=''
    # A readonly variable is found before the first change, so that nothing changes by halves.
    for line in ${(M)${(f)1}:#(set|unset|swap) AWS_*}; do
        name=${${line#* }%% *}
        [[ ${(Pt)name} != *readonly* || $line == "set $name ${(P)name}" ]] || failed=$name
    done
    for line in ${(M)${(f)1}:#* *}; do
        [[ -z $failed ]] || \builtin break
        rest=${line#* }
        # Plain words, as patterns would cost more than all else here.
        case ${line%% *} in
            set)
                name=${rest%% *}
                case $name in
                    AWS_PROFILE | AWS_DEFAULT_PROFILE | AWS_REGION | AWS_DEFAULT_REGION)
                        [[ $rest != *' '* ]] || \builtin typeset -gx "$name=${rest#* }"
                        ;;
                esac
                ;;
            unset)
                [[ $rest != *' '* && $__aws_switch_names == *" $rest "* ]] || \builtin continue
                \builtin unset -v "$rest"
                ;;
            forget) __aws_switch_kept=() ;;
            swap)
                [[ $rest != *' '* && $__aws_switch_names == *" $rest "* ]] || \builtin continue
                __aws_switch_swap "$rest"
                ;;
            until)
                # Nothing but numbers may come into arithmetic.
                __aws_switch_until=''
                [[ $rest == *[^0-9\ ]* || $rest == *' '*' '* || $rest != [1-9]*' '[0-9]* ]] || __aws_switch_until=$rest
                ;;
            state)
                if [[ -n $rest ]]; then
                    \builtin typeset -gx __AWS_SWITCH_STATE=$rest
                else
                    \builtin unset -v __AWS_SWITCH_STATE
                fi
                ;;
            auto) __aws_switch_auto=$rest ;;
            segment) __aws_switch_text=$rest ;;
            look) __aws_switch_colour=$rest ;;
            say) say+="aws-switch: $rest"$'\n' ;;
            notice)
                [[ $__aws_switch_noticed == "$__aws_switch_place" ]] || say+="aws-switch: $rest"$'\n'
                __aws_switch_noticed=$__aws_switch_place
                ;;
        esac
    done
    __aws_switch_clock
    # Only what took is told, and of the start only what came last.
    if [[ -n $failed ]]; then
        __aws_switch_pending+="aws-switch: $failed: it is readonly in this shell: not switched"$'\n'
    elif [[ -n $say && $__aws_switch_event == load ]]; then
        __aws_switch_pending=$say
    else
        __aws_switch_pending+=$say
    fi
    [[ -z $failed ]]
}

# Exchanges a variable with what this shell keeps of it, in its memory alone; either may be nothing.
__aws_switch_swap() { # VARIABLE
    # No trace shows a key.
    \builtin setopt local_options no_xtrace
    \builtin local had='' value=${(P)1-} back=${__aws_switch_kept[$1]+x}
    [[ ! -v $1 ]] || had=yes
    \builtin unset -v "$1"
    [[ -z $back ]] || \builtin typeset -gx "$1=${__aws_switch_kept[$1]}"
    \builtin unset "__aws_switch_kept[$1]"
    [[ -z $had ]] || __aws_switch_kept[$1]=$value
}

# Sets AWS_SWITCH_SEGMENT, with the minutes that are left where the choice ends by itself. Once none
# are, the helper is asked anew.
__aws_switch_clock() {
    \builtin local segment=${__aws_switch_text-}
    if [[ -n $__aws_switch_until ]]; then
        \builtin local end=${__aws_switch_until% *} now='%D{%s}'
        \builtin integer left=$(( (end - ${(%)now} + 59) / 60 ))
        (( left > 0 )) || __aws_switch_seen=''
        [[ -z $segment ]] || segment="${segment%)} ${left}m)"
    fi
    # A prompt takes a single % for the start of an escape.
    AWS_SWITCH_SEGMENT=${segment//\%/%%}
}

# Prints what was kept for later.
__aws_switch_tell() {
    \builtin printf '%s' "$__aws_switch_pending" >&2
    __aws_switch_pending=''
}

# Asks the helper once when the place or the variables are not what they were.
__aws_switch_follow() {
    \builtin local answer pending=$__aws_switch_pending
    if [[ $__aws_switch_place$__aws_switch_env != "$__aws_switch_seen" ]]; then
        __aws_switch_distance=0
    else
        __aws_switch_is_due || \builtin return 0
        # If it answers now, nobody needs to be told that it did not.
        pending=''
    fi
    # Remembered first: a helper that Ctrl-C ends is asked once, not at every prompt.
    __aws_switch_seen=$__aws_switch_place$__aws_switch_env __aws_switch_left=0
    [[ $__aws_switch_place == "$__aws_switch_noticed" ]] || __aws_switch_noticed=none
    # Said first, too, as Ctrl-C at a helper that hangs ends this function and all of precmd.
    __aws_switch_fail
    [[ $__aws_switch_event == load ]] || __aws_switch_prompt
    __aws_switch_helper 2 __hook "$__aws_switch_event" </dev/null 2>/dev/null
    if [[ $answer == "aws-switch 2"$'\n'*$'\n'end ]]; then
        __aws_switch_pending=$pending
        __aws_switch_apply "$answer"
        # The file that it read may be a newer one, which is then asked about at the next look.
        __aws_switch_look variables || \builtin :
        __aws_switch_seen=$__aws_switch_place$__aws_switch_env
        [[ $__aws_switch_event == load ]] || __aws_switch_prompt
    else
        (( __aws_switch_left = __aws_switch_distance = __aws_switch_distance ? __aws_switch_distance * 2 : 1 ))
    fi
    # While the shell starts, and in a subshell, it goes without saying.
    [[ -z $__aws_switch_pending || $__aws_switch_event == load || $ZSH_SUBSHELL != 0 ]] || __aws_switch_tell
}

# Whether a question that had no answer is to be put again: after 1 look, 2, 4, and so on.
__aws_switch_is_due() {
    (( --__aws_switch_left == 0 ))
}

# Without an answer the profile stays, and the prompt shows it unchecked; said once.
__aws_switch_fail() {
    # The bidirectional ones are printed, too.
    \builtin local steering=$'[\330\234\342\200\216\342\200\217\342\200\252\342\200\253\342\200\254\342\200\255\342\200\256\342\201\246\342\201\247\342\201\250\342\201\251]'
    \builtin local name=${${${AWS_PROFILE-}//[^[:print:]]/?}//${~steering}/?}
    __aws_switch_text=${name:+"(aws:$name ?)"} __aws_switch_colour=problem
    AWS_SWITCH_SEGMENT=${__aws_switch_text//\%/%%}
    [[ $__aws_switch_distance != 0 ]] ||
        __aws_switch_pending+="aws-switch: the helper does not answer: AWS_PROFILE stays ${name:-unset} for now: if it stays so, start a new shell"$'\n'
}

# Puts the segment into the prompt, or leaves the prompt to whoever draws one already. Each change runs this,
# too: a key may have made it, and draw the prompt anew.
__aws_switch_prompt() {
    # Without prompt_percent it would show as it is written.
    [[ -o prompt_percent ]] || { PROMPT=${PROMPT//"$__aws_switch_mark"/}; \builtin return 0; }
    \builtin emulate -L zsh
    # Another function of precmd may have set the profile that is drawn now.
    [[ $__aws_switch_env == "${AWS_PROFILE-}"$'\n'* ]] || __aws_switch_moved
    [[ ${(t)psvar}${(t)PROMPT} != *readonly* ]] || \builtin return 0
    case ${__aws_switch_colour-} in
        protected) psvar[97,99]=("${AWS_SWITCH_SEGMENT//\%\%/%}" '' '') ;;
        problem) psvar[97,99]=('' "${AWS_SWITCH_SEGMENT//\%\%/%}" '') ;;
        plain) psvar[97,99]=('' '' "${AWS_SWITCH_SEGMENT//\%\%/%}") ;;
        *) psvar[97,99]=('' '' '') ;;
    esac
    if (( ! ${precmd_functions[(Ie)__aws_switch_hook]} )) ||
        [[ ${AWS_SWITCH_PROMPT:-${__aws_switch_setting_prompt-}} == off ]] ||
        [[ ${PROMPT-}${RPROMPT-} == *aws_prompt_info* || ${PROMPT-}${RPROMPT-} == *spaceship[_:]*prompt* ]] ||
        (( ${+functions[starship_precmd]} || ${+functions[prompt_starship_precmd]} || ${+functions[p10k]} ||
            ${+functions[_omp_precmd]} || ${+functions[prompt_ohmyposh_precmd]} )); then
        PROMPT=${PROMPT//"$__aws_switch_mark"/}
    elif [[ $PROMPT != *"$__aws_switch_mark"* ]]; then
        # Below the line breaks that a prompt may begin with, and what a terminal has put before them.
        \builtin local rest=$PROMPT bare
        while
            bare=$rest
            [[ $rest != '%{'* ]] || bare=${rest#*'%}'}
            [[ $bare == $'\n'* ]]
        do
            rest=${bare#?}
        done
        PROMPT=${PROMPT%"$rest"}$__aws_switch_mark$rest
    fi
}

# What precmd runs.
__aws_switch_hook() {
    \builtin emulate -L zsh
    [[ -z $__aws_switch_until ]] || __aws_switch_clock
    __aws_switch_look || __aws_switch_follow || \builtin :
    __aws_switch_event=change
    # powerlevel10k's instant prompt takes all that is printed under it for a fault of the rc file.
    [[ -z $__aws_switch_pending ]] || (( ${+__p9k_instant_prompt_active} )) || __aws_switch_tell
    # Others draw with what the hook found, and may empty psvar: ours is drawn after them.
    [[ ${precmd_functions[-1]} == __aws_switch_prompt ]] ||
        precmd_functions=(${precmd_functions:#__aws_switch_prompt} __aws_switch_prompt)
    # compinit may have run only after this file was loaded, and have found a package's _aws-switch,
    # which knows no profiles.
    if (( ${+functions[compdef]} )) && [[ ${_comps[aws-switch]-_aws-switch} == _aws-switch ]]; then
        compdef __aws_switch_complete aws-switch
    fi
}

# The command. What must change this shell is answered and assigned; all else passes through.
function aws-switch {
    \builtin emulate -L zsh
    \builtin local answer word through='' placed=''
    \builtin integer result=0
    for word in "$@"; do
        case $word in
            --) \builtin break ;;
            -h | --help | -V | --version) through=yes ;;
            pin | auto) placed=yes ;;
        esac
    done
    case ${1-} in
        list | show | current | resolve | whoami | exec | login | configure | doctor | init | setup | completions | man) through=yes ;;
    esac
    # Without a word a profile is picked, where the terminal is there for it.
    [[ $# != 0 || (-t 0 && -t 1 && -t 2 && ${TERM-} != dumb) ]] || through=yes
    if [[ -n $through ]]; then
        if [[ ${1-} == doctor ]]; then
            # What of the integration is in place.
            \builtin local -x __AWS_SWITCH_LOADED='2 zsh'
            [[ ${precmd_functions[(Ie)__aws_switch_hook]:-0} == 0 ]] || __AWS_SWITCH_LOADED+=' prompt'
            [[ ${chpwd_functions[(Ie)__aws_switch_moved]:-0} == 0 ]] || __AWS_SWITCH_LOADED+=' cd pushd popd'
        fi
        __aws_switch_helper '' "$@"
        \builtin return
    fi
    __aws_switch_helper 2 "$@" || result=$?
    if [[ $answer == "aws-switch 2"$'\n'*$'\n'end ]]; then
        __aws_switch_apply "$answer" || result=1
        # What was looked at last still holds, but where the command is for the place itself.
        if [[ -z $placed && $__aws_switch_folder == "${PWD-}" ]]; then
            __aws_switch_look variables || \builtin :
        else
            __aws_switch_look || \builtin :
        fi
        __aws_switch_seen=$__aws_switch_place$__aws_switch_env
        [[ $__aws_switch_place == "$__aws_switch_noticed" ]] || __aws_switch_noticed=none
        [[ $__aws_switch_event == load ]] || __aws_switch_prompt
        [[ $ZSH_SUBSHELL == 0 || $result != 0 ]] ||
            __aws_switch_pending+='aws-switch: this is a subshell: what is set in it ends with it'$'\n'
        [[ -z $__aws_switch_pending ]] || __aws_switch_tell
    elif [[ $result == 0 ]]; then
        \builtin printf 'aws-switch: the helper does not answer: nothing is switched: start a new shell\n' >&2
        result=1
    fi
    \builtin return $result
}

# What Tab asks for: the helper names the candidates, and zsh quotes them as the line wants.
__aws_switch_complete() {
    \builtin emulate -L zsh
    \builtin setopt extended_glob
    \builtin local answer umlaut=$'\303\266' bang=\"\'!\'\" MATCH MBEGIN MEND
    \builtin local -a names shown matcher
    \builtin integer count
    # Where nothing matches, zsh comes here again for each entry of the user's matcher-list.
    if (( ${_matcher_num:-1} == 1 )); then
        __aws_switch_helper 2 __complete --match any --aligned -- "${(@Q)words[2,CURRENT-1]}" "$PREFIX" </dev/null 2>/dev/null || \builtin :
        __aws_switch_answer=$answer
    fi
    answer=$__aws_switch_answer
    case $answer in
        'aws-switch 2 words'*) ;;
        'aws-switch 2 files'*) _files ;;
        'aws-switch 2 folders'*) _files -/ ;;
        'aws-switch 2 command'*) __aws_switch_command ;;
        *) \builtin return 1 ;;
    esac
    # How many names there are, these, and then the texts of all, or of the first of them: with thousands, one
    # pass more would be felt.
    names=(${(f)answer})
    [[ ${names[1]} != 'aws-switch 2 words '<-9999999> ]] || count=${names[1]##* }
    shown=("${(@)names[count+2,-1]}")
    names[count+2,-1]=() names[1]=()
    # Cut where one could go on in a second line, as a letter takes up to two places; that pads the others, which
    # those who show them themselves would show.
    [[ -z ${(M)shown:#?(#c$(( COLUMNS / 2 )),)} ]] || shown=("${(@mr:COLUMNS-1:)shown}")
    # In quotes zsh would write what the locale does not know as $'...', which is only text there.
    if [[ -n ${compstate[quote]-} && ${#umlaut} != 1 ]]; then
        for (( ; count > 0; count-- )); do
            [[ ${names[count]} == *[^[:ascii:]]* ]] || \builtin continue
            names[count]=()
            (( count > $#shown )) || shown[count]=()
        done
    fi
    # How the user has letters match, such as a for A.
    [[ -z ${_matcher-} ]] || matcher=(-M "$_matcher")
    # Within double quotes zsh would not match what it takes for $'...' itself, and escape a ! as it
    # must be only where history expansion is on.
    if [[ ${compstate[quote]-} == \" ]]; then
        names=("${(@)names//(#m)[\\\$\`\"]/\\$MATCH}")
        names=("${(@)names//\!/$bang}")
        compadd $matcher -Q ${shown:+-l} -d shown -a names
    else
        compadd $matcher ${shown:+-l} -d shown -a names
    fi
}

# Completes the command after the first -- as zsh would if nothing stood before it.
__aws_switch_command() {
    \builtin integer dashes=${words[(ie)--]}
    words=("${(@)words[dashes+1,-1]}")
    (( CURRENT -= dashes ))
    # What zsh's own functions rely on.
    \builtin setopt local_options "${_comp_options[@]}"
    _normal
}

# What a change of folder runs; it fails with nothing.
__aws_switch_moved() {
    \builtin emulate -L zsh
    __aws_switch_look || __aws_switch_follow || \builtin :
}

# What a command line runs before it: a choice whose time is up ends first.
__aws_switch_before() {
    # What is typed comes after the start, even where somebody took our hook out of precmd_functions.
    \builtin typeset -g __aws_switch_event=change
    [[ -z ${__aws_switch_pending-} ]] || __aws_switch_tell
    [[ -n ${__aws_switch_until-} ]] || \builtin return 0
    \builtin emulate -L zsh
    __aws_switch_clock
    __aws_switch_moved
}

# Hooks into an interactive shell; done twice is done once.
__aws_switch_load() {
    \builtin emulate -L zsh
    # Loaded once a file is read.
    \builtin zmodload -iab zsh/system sysread
    \builtin typeset -ga precmd_functions chpwd_functions preexec_functions
    if (( ! ${precmd_functions[(Ie)__aws_switch_hook]} )); then
        precmd_functions=(__aws_switch_hook $precmd_functions __aws_switch_prompt)
        chpwd_functions+=(__aws_switch_moved)
        preexec_functions+=(__aws_switch_before)
    fi
    __aws_switch_moved
}

\builtin typeset -g __aws_switch_event=load
[[ ! -o interactive ]] || __aws_switch_load
