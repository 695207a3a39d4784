# aws-switch for zsh 5.8 and later.
# The helper's answer is data: it is compared and assigned here, never evaluated.
# `\builtin` reaches past aliases and functions of the same name.

if ! \builtin functions +T -- __aws_switch_hook; then
    \builtin typeset -g __aws_switch_auto=''       # on or off, once `aws-switch auto` set it in this shell
    \builtin typeset -g __aws_switch_pending=''    # lines for the next prompt
    # File and variables of the last question: none yet, but an inherited state must be checked.
    \builtin typeset -g __aws_switch_seen="${__AWS_SWITCH_STATE-};;;;;;"
    \builtin typeset -g __aws_switch_recheck=''    # when to ask again although nothing changed, in seconds since 1970
    \builtin typeset -g __aws_switch_style=''      # the colour of the segment, as the numbers of an escape sequence
    \builtin unset __aws_switch_saved              # the variables that `-` restores
    \builtin typeset -g +x AWS_SWITCH_SEGMENT=''
fi

# The segment in PROMPT: its colour and itself in psvar, which zsh shows as it is, under prompt_subst too.
\builtin typeset -g __aws_switch_mark=$'%(98V.%{\e[%98vm%}.)%(99V.%99v.)%(98V.%{\e[0m%}.)%(99V. .)'

# Makes a subshell the helper, under this shell's settings, exported or not; with a protocol it prints an answer.
__aws_switch_helper() { # PROTOCOL ARGUMENT...
    \builtin local ends=${${-:#*i*}:+never}
    (( ZSH_SUBSHELL == 1 )) || ends=subshell
    \builtin typeset -gx ${(k)parameters[(I)AWS_SWITCH_*]} __AWS_SWITCH_AUTO="$__aws_switch_auto" \
        __AWS_SWITCH_SAVED="${(kj: :)__aws_switch_saved}" __AWS_SWITCH_ENDS="$ends" __AWS_SWITCH_WIRE="$1"
    \builtin unset AWS_SWITCH_SEGMENT
    \builtin shift
    # exec would run the function.
    \builtin unfunction aws-switch 2>/dev/null
    \builtin exec "${__aws_switch_program:-aws-switch}" "$@"
}

# Sets __aws_switch_file to the nearest .awsprofile and its content, and __aws_switch_variables.
__aws_switch_observe() {
    \builtin local directory=${PWD%/} file content=''
    __aws_switch_file=''
    if [[ $PWD == /* && ${__aws_switch_auto:-${AWS_SWITCH_AUTO:-$__aws_switch_setting_auto}} != off ]]; then
        while file=$directory/.awsprofile; [[ -n $directory && ! -e $file && ! -L $file ]]; do
            directory=${directory%/*}
        done
        # A pipe would block, and so may the kernel's own files, which have no size. A valid file has 4,096 bytes at most.
        [[ ! -f $file || ! -s $file || ! -r $file ]] || { \builtin sysread -s 4097 content <$file; } 2>/dev/null
        [[ ! -e $file && ! -L $file ]] || __aws_switch_file=$file$'\n'$content
        # The helper looks where this shell really is: elsewhere, once its directory has been renamed.
        [[ $PWD -ef . ]] || __aws_switch_file=$PWD$'\n'$__aws_switch_file
    fi
    __aws_switch_observe_variables
}

# Sets __aws_switch_variables to what else decides.
__aws_switch_observe_variables() {
    __aws_switch_variables="$AWS_PROFILE;$AWS_DEFAULT_PROFILE;$AWS_REGION;$AWS_DEFAULT_REGION;"
    __aws_switch_variables+="${AWS_ACCESS_KEY_ID:+k}${AWS_WEB_IDENTITY_TOKEN_FILE:+w}${AWS_ROLE_ARN:+r}${NO_COLOR:+n};$DIRENV_DIFF;$__MISE_DIFF"
}

# Assigns an answer, all of it or nothing.
__aws_switch_apply() { # ANSWER
    \builtin local line rest name pending=$__aws_switch_pending
    for line in ${(M)${(f)1}:#(set|unset|swap) *}; do
        name=${${line#* }%% *}
        if [[ $name != *AWS* || $name == *[^A-Z_]* || ${(Pt)name} == *readonly* ]]; then
            __aws_switch_pending+="aws-switch: error: $name is readonly in this shell; nothing changed"$'\n'
            __aws_switch_seen=$__aws_switch_file$__aws_switch_variables
            \builtin return 1
        elif [[ ${(Pt)name} == *local* ]]; then
            __aws_switch_pending+="aws-switch: error: $name is a local variable here; nothing changed"$'\n'
            # It no longer is once the function that has it returns.
            __aws_switch_recheck=0
            \builtin return 1
        fi
    done
    # While the shell starts, a later line replaces an earlier one: the rc file may set the profile after us.
    [[ $__aws_switch_event != load ]] || pending=''
    for line in ${(M)${(f)1}:#* *}; do
        rest=${line#* } name=${rest%% *}
        case ${line%% *} in
            set) \builtin typeset -gx "$name=${rest#* }" ;;
            unset) \builtin unset -v "$name" ;;
            swap) __aws_switch_swap "$name" ;;
            discard) \builtin unset __aws_switch_saved ;;
            # A prompt takes a single % for the start of an escape.
            segment) AWS_SWITCH_SEGMENT=${rest//\%/%%} ;;
            auto | style | recheck) \builtin typeset -g "__aws_switch_${line%% *}=$rest" ;;
            print) __aws_switch_pending="${pending}aws-switch: $rest"$'\n' ;;
        esac
    done
    # The file as it was before the question: one that has changed since is asked about at the next prompt.
    __aws_switch_observe_variables
    __aws_switch_seen=$__aws_switch_file$__aws_switch_variables
    __aws_switch_prompt
}

# Exchanges a variable with its saved value, which only this shell's memory has; either may be unset.
__aws_switch_swap() { # VARIABLE
    # No trace shows a key.
    \builtin setopt local_options no_xtrace
    \builtin typeset -gA __aws_switch_saved
    \builtin local value=${(P)1-} was_set=${(P)1+yes} is_saved=${__aws_switch_saved[$1]+yes}
    \builtin unset -v "$1"
    [[ -z $is_saved ]] || \builtin typeset -gx "$1=${__aws_switch_saved[$1]}"
    \builtin unset "__aws_switch_saved[$1]"
    [[ -z $was_set ]] || __aws_switch_saved[$1]=$value
}

# Asks the helper once when file or variables are not those of the last question, or the recheck moment has come.
__aws_switch_update() {
    \builtin local answer now='%D{%s}' view name pending=$__aws_switch_pending
    __aws_switch_observe
    view=$__aws_switch_file$__aws_switch_variables
    if [[ $view == "$__aws_switch_seen" || "$view;$PWD" == "$__aws_switch_seen" ]]; then
        # Compared as text: both have ten digits until the year 2286.
        [[ -n $__aws_switch_recheck && ! ${(%)now} < $__aws_switch_recheck ]] || \builtin return 0
        # Without an answer, which brings a moment of its own, the question is repeated: the --for may be over.
        __aws_switch_recheck=$((${(%)now} + 60))
    fi
    # All this first, as Ctrl-C at a helper that hangs ends this function and all of precmd: the question is not
    # repeated at every prompt, only in another directory, and the profile is shown unchecked.
    name=${AWS_PROFILE//[^a-zA-Z0-9_.:\/@%+=-]/?}
    __aws_switch_seen="$view;$PWD" __aws_switch_style=''
    AWS_SWITCH_SEGMENT=${${name:+"(aws:$name ?)"}//\%/%%}
    __aws_switch_pending+="aws-switch: error: the helper is missing or does not answer; AWS_PROFILE stays ${name:-unset}; if this repeats, check PATH and start a new shell"$'\n'
    __aws_switch_prompt
    answer=$(__aws_switch_helper 3 __hook "${__aws_switch_event:-change}" </dev/null 2>/dev/null)
    if [[ $answer == "aws-switch 3"$'\n'*$'\n'end ]]; then
        __aws_switch_pending=$pending
        __aws_switch_apply "$answer"
    fi
    # While the shell starts the lines wait for the prompt; a subshell prints none.
    [[ $__aws_switch_event == load || $ZSH_SUBSHELL != 0 ]] || __aws_switch_print
}

__aws_switch_print() {
    \builtin printf '%s' "$__aws_switch_pending" >&2
    __aws_switch_pending=''
}

# Puts the segment into the prompt, or leaves the prompt to who draws one already.
__aws_switch_prompt() {
    # A theme that is loaded later may save the prompt.
    [[ ${__aws_switch_event-} != load ]] || \builtin return 0
    \builtin local percent=${options[prompt_percent]} start
    \builtin emulate -L zsh
    \builtin functions +T -- ${__aws_switch_functions:-__aws_switch_} || \builtin return 0
    \builtin setopt extended_glob
    # A function that precmd ran after our hook may have set the profile, the region or keys.
    [[ $__aws_switch_variables == "$AWS_PROFILE;$AWS_DEFAULT_PROFILE;$AWS_REGION;$AWS_DEFAULT_REGION;${AWS_ACCESS_KEY_ID:+k}${AWS_WEB_IDENTITY_TOKEN_FILE:+w}${AWS_ROLE_ARN:+r}${NO_COLOR:+n};"* ]] ||
        __aws_switch_update
    [[ ${(t)psvar}${(t)PROMPT} != *readonly* ]] || \builtin return 0
    psvar[98]=$__aws_switch_style psvar[99]=${AWS_SWITCH_SEGMENT//\%\%/%}
    # Tools that show the profile themselves are known by their functions: variables may be inherited.
    if [[ $percent == off || ${AWS_SWITCH_PROMPT:-$__aws_switch_setting_prompt} == off || -z ${precmd_functions[(r)__aws_switch_hook]} ]] ||
        # liquidprompt 2, and agnoster of oh-my-zsh.
        [[ ${+functions[_lp_aws_profile]} == 1 && ${LP_ENABLE_AWS_PROFILE-1} != 0 ]] ||
        [[ $PROMPT$functions[build_prompt] == *build_prompt*prompt_aws* && $SHOW_AWS_PROMPT != false ]] ||
        [[ $PROMPT$RPROMPT == *aws_prompt_info* || $PROMPT$RPROMPT == *spaceship[_:]*prompt* ]] ||
        (( ${+functions[starship_precmd]} || ${+functions[prompt_starship_precmd]} || ${+functions[p10k]} ||
            ${+functions[_omp_precmd]} || ${+functions[prompt_ohmyposh_precmd]} )); then
        PROMPT=${PROMPT//"$__aws_switch_mark"/}
    elif [[ $PROMPT != *"$__aws_switch_mark"* ]]; then
        # Below the line breaks that a prompt begins with, and behind the marks of terminals there.
        start=${(M)PROMPT##((%\{[^%]#%\})#$'\n')#(%\{$'\e'\][^%]#%\})#}
        PROMPT=$start$__aws_switch_mark${PROMPT#"$start"}
    fi
}

# Runs at each prompt.
__aws_switch_hook() {
    \builtin emulate -L zsh
    \builtin functions +T -- ${__aws_switch_functions:-__aws_switch_} || \builtin return 0
    \builtin local last=$PROMPT
    [[ $psvar[99] == "${AWS_SWITCH_SEGMENT//\%\%/%}" ]] || last=''
    __aws_switch_update
    __aws_switch_event=change
    __aws_switch_prompt
    # powerlevel10k's instant prompt reports any output before the first prompt as an error of the rc file.
    (( ${+__p9k_instant_prompt_active} )) || __aws_switch_print
    # First, as direnv and prompts read the profile, which a change of directory may have left. Last, where another
    # function built the prompt anew or emptied psvar; not always, as kitty and Ghostty put their marks there.
    if [[ $PROMPT != "$last" || ${precmd_functions[1]} != __aws_switch_hook ]]; then
        precmd_functions=(__aws_switch_hook ${precmd_functions:#__aws_switch_(hook|prompt)} __aws_switch_prompt)
        # First, as a .envrc comes after the .awsprofile beside it, and last, as direnv puts back what it had found.
        chpwd_functions=(${chpwd_functions:#__aws_switch_moved})
        chpwd_functions=(__aws_switch_moved $chpwd_functions ${chpwd_functions:+__aws_switch_moved})
    fi
    # compinit may have run after this file was loaded, and found a package's _aws-switch, which knows no profiles.
    (( ! ${+functions[compdef]} )) || [[ ${_comps[aws-switch]-_aws-switch} != _aws-switch ]] ||
        compdef __aws_switch_complete aws-switch
}

# Runs after a change of directory.
__aws_switch_moved() {
    \builtin emulate -L zsh
    \builtin functions +T -- ${__aws_switch_functions:-__aws_switch_} || \builtin return 0
    __aws_switch_update
}

# Runs before a command line, so that it does not use a profile whose --for has expired.
__aws_switch_before() {
    \builtin emulate -L zsh
    \builtin functions +T -- ${__aws_switch_functions:-__aws_switch_} || \builtin return 0
    # The shell has started, even where somebody removed our hook from precmd_functions.
    __aws_switch_event=change
    __aws_switch_print
    [[ -z $__aws_switch_recheck ]] || __aws_switch_update
}

# The command: what must change this shell is captured and assigned; all else passes through.
function aws-switch {
    \builtin emulate -L zsh
    \builtin local answer through='' result=0 program=${__aws_switch_program:-aws-switch}
    if ! \builtin whence -p -- $program >/dev/null; then
        \builtin printf 'aws-switch: error: cannot find %s; nothing changed; check PATH, or install it again\n' $program >&2
        \builtin return 127
    fi
    if ! \builtin functions +T -- ${__aws_switch_functions:-__aws_switch_}; then
        # The helper reports that it cannot switch without the integration.
        \builtin command $program "$@"
        \builtin return
    fi
    case $1 in
        list | show | current | resolve | whoami | exec | env | login | configure | doctor | init | setup | completions | man | help | ls) through=yes ;;
    esac
    [[ -z ${(M)argv[1,(i)--]:#(-h|--help|-V|--version)} ]] || through=yes
    # Without a word a profile is picked, where the terminal is there for it.
    [[ $# != 0 || (-t 0 && -t 1 && -t 2 && $TERM != dumb) ]] || through=yes
    if [[ -n $through ]]; then
        [[ $1 != doctor ]] || \builtin local -x __AWS_SWITCH_LOADED="3 zsh$(__aws_switch_parts)"
        (__aws_switch_helper '' "$@")
        \builtin return
    fi
    __aws_switch_observe
    answer=$(__aws_switch_helper 3 "$@") || result=$?
    if [[ $answer == "aws-switch 3"$'\n'*$'\n'end ]]; then
        __aws_switch_apply "$answer" || result=1
        __aws_switch_print
    elif [[ $answer != 'aws-switch 3 failed' ]]; then
        \builtin printf 'aws-switch: error: the helper does not answer; nothing changed; start a new shell\n' >&2
        (( result )) || result=1
    fi
    \builtin return $result
}

# Reports to `doctor` which parts of the integration are in place.
__aws_switch_parts() {
    \builtin local lacks='' mark="*${(b)__aws_switch_mark}*"
    [[ $_comps[aws-switch] == __aws_switch_complete ]] || lacks=' no-tab'
    # Only in this subshell: a prompt that was rebuilt after our hook gets the segment.
    [[ $PROMPT == $~mark ]] || { __aws_switch_prompt; [[ $PROMPT == $~mark ]] && lacks+=' rebuilt' || lacks+=' left'; }
    \builtin printf %s "${precmd_functions[(r)__aws_switch_hook]:+ prompt}${chpwd_functions[(r)__aws_switch_moved]:+ cd pushd popd}$lacks"
}

# Completes the words up to the cursor: the helper answers with candidates.
__aws_switch_complete() {
    \builtin local bang_hist=${options[bang_hist]}
    \builtin emulate -L zsh
    \builtin functions +T -- ${__aws_switch_functions:-__aws_switch_} || \builtin return 0
    \builtin setopt extended_glob
    \builtin local umlaut=$'\303\266' quote=$compstate[quote]
    \builtin local -a names shown
    \builtin integer count
    # Where nothing matches, zsh comes here again for each entry of the user's matcher-list.
    if (( ${_matcher_num:-1} == 1 )); then
        \builtin typeset -g __aws_switch_answer="$(__aws_switch_helper 3 __complete zsh ${${(M)bang_hist:#off}:+--no-history} \
            --quote "$quote" --columns $COLUMNS -- "${(@Q)words[2,CURRENT-1]}" "$PREFIX" </dev/null 2>/dev/null)"
    fi
    names=(${(f)__aws_switch_answer})
    case $names[1] in
        'aws-switch 3 words '<->) count=${names[1]##* } ;;
        'aws-switch 3 files') _files; \builtin return ;;
        'aws-switch 3 directories') _files -/; \builtin return ;;
        'aws-switch 3 command')
            # The command after the first --, as if nothing stood before it. zsh's own functions rely on these options.
            count=${words[(ie)--]} words=("${(@)words[count+1,-1]}")
            (( CURRENT -= count ))
            \builtin setopt "${_comp_options[@]}"
            _normal; \builtin return ;;
    esac
    # The names are followed by the lines of a list, for all of them or for the first ones.
    shown=("${(@)names[count+2,-1]}") names=("${(@)names[2,count+1]}")
    # Within quotes zsh would write what the locale does not know as $'...', which is only text there.
    [[ -z $quote || ${#umlaut} == 1 ]] || names=(${names:#*[^[:ascii:]]*}) shown=()
    # _matcher is how the user has letters match, such as a for A. Within quotes the helper quotes the names, as zsh
    # would not match some that it quotes itself.
    compadd ${_matcher:+-M} $_matcher ${quote:+-Q} ${shown:+-l} -d shown -a names
}

# Hooks into an interactive shell; done twice is done once.
__aws_switch_load() {
    \builtin emulate -L zsh
    # Tools replay the functions of a shell without its variables, or without names that begin with __.
    __aws_switch_functions=(helper observe observe_variables apply swap update print prompt hook moved before parts complete load)
    __aws_switch_functions=(__aws_switch_$^__aws_switch_functions)
    [[ -o interactive ]] || \builtin return 0
    \builtin zmodload -iab zsh/system sysread
    \builtin typeset -ga precmd_functions chpwd_functions preexec_functions
    if (( ! ${precmd_functions[(Ie)__aws_switch_hook]} )); then
        precmd_functions=(__aws_switch_hook $precmd_functions __aws_switch_prompt)
        chpwd_functions=(__aws_switch_moved $chpwd_functions ${chpwd_functions:+__aws_switch_moved})
        preexec_functions+=(__aws_switch_before)
    fi
    __aws_switch_moved
    # zinit's turbo mode loads us at a prompt that was drawn already. zle itself, asked before that, would be loaded now.
    \builtin zmodload -e zsh/zle && \builtin zle || \builtin return 0
    __aws_switch_event=change
    __aws_switch_prompt
    \builtin zle reset-prompt && \builtin zle -I
    __aws_switch_print
}

\builtin typeset -g __aws_switch_event=load
__aws_switch_load
