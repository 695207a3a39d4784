# aws-switch for bash 3.2 and later.
# shellcheck shell=bash
#
# What the helper answers is data: it is compared and assigned here, never evaluated.
# `\builtin` reaches past aliases and functions of the same name.

# What is defined under allexport goes to scripts, too, and those follow no folder.
__aws_switch_options=$-
\builtin set +a

# With +i, which means nothing to a function, declare prints none and only says whether it is there.
if ! \builtin declare -f +i __aws_switch_hook; then
    __aws_switch_auto=''      # on or off, once `aws-switch auto` said so in this shell
    __aws_switch_pending=''   # lines kept for the next prompt
    __aws_switch_noticed=none # the place whose refusal has been told; no place has this name
    # Variables and place at the last question: nothing yet, but an inherited state has to be settled.
    __aws_switch_seen=${__AWS_SWITCH_STATE-}$'\n\n\n\n\n\n'
    __aws_switch_left=0     # looks until a question without an answer is put again; 0: never
    __aws_switch_distance=0 # how many those were at first
    __aws_switch_until=''   # when the choice ends by itself, and how many minutes that were at the last question
    \builtin unset -v "${!__aws_switch_kept_@}" 2>/dev/null || \builtin :
    \builtin unset -v AWS_SWITCH_SEGMENT
    __aws_switch_place=''
    __aws_switch_hooked='' # whether the hook ran at this prompt
fi
__aws_switch_folder=none # the folder that __aws_switch_above was made for
__aws_switch_parent=none # and the one that it is in

# The variables that an answer may change. A range of letters instead would be another one in some languages.
__aws_switch_names=' AWS_PROFILE AWS_DEFAULT_PROFILE AWS_REGION AWS_DEFAULT_REGION AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_SECURITY_TOKEN AWS_CREDENTIAL_EXPIRATION AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_ARN '

# What PS1 gets. The value of a variable that it names is not expanded again, so a name stays text.
# shellcheck disable=SC2016
__aws_switch_mark='\[${__aws_switch_sgr-}\]${AWS_SWITCH_SEGMENT-}\[${__aws_switch_sgr:+'$'\e''[0m}\]${AWS_SWITCH_SEGMENT:+ }'

# Runs the helper, under the settings of this shell, exported or not; with a protocol it sets the
# caller's `answer`.
__aws_switch_helper() { # PROTOCOL ARGUMENT...
    \builtin local wire="$1"
    \builtin shift
    \builtin local -x AWS_SWITCH_AUTO="${AWS_SWITCH_AUTO-}" AWS_SWITCH_PROMPT="${AWS_SWITCH_PROMPT-}" \
        AWS_SWITCH_NOTICES="${AWS_SWITCH_NOTICES-}" AWS_SWITCH_PROTECT="${AWS_SWITCH_PROTECT-}" \
        AWS_SWITCH_CONFIRM="${AWS_SWITCH_CONFIRM-}" __AWS_SWITCH_AUTO="${__aws_switch_auto-}" \
        __AWS_SWITCH_KEPT='' __AWS_SWITCH_WIRE="$wire" 2>/dev/null || \builtin :
    __AWS_SWITCH_KEPT=${!__aws_switch_kept_@}
    __AWS_SWITCH_KEPT=${__AWS_SWITCH_KEPT//__aws_switch_kept_/}
    if [[ -z $wire ]]; then
        \builtin command "${__aws_switch_program:-aws-switch}" "$@"
    else
        # The subshell must become the helper: a function in its place would cost a second process. What is
        # readonly can be no local variable, but exported there.
        answer=$(
            \builtin export "${!AWS_SWITCH_@}"
            \builtin exec "${__aws_switch_program:-aws-switch}" "$@"
        )
    fi
}

# Sets __aws_switch_place to the .awsprofile that governs this folder and what it holds, and
# __aws_switch_env to the variables that the helper judges by; with a word to these alone.
__aws_switch_look() { # [WORD]
    if [[ $# == 0 ]]; then
        __aws_switch_place=''
        \builtin [ "$__aws_switch_folder" = "${PWD-}" ] || __aws_switch_climb
        if [[ -z $__aws_switch_auto${AWS_SWITCH_AUTO-}${__aws_switch_setting_auto-} ]] ||
            \builtin [ "${__aws_switch_auto:-${AWS_SWITCH_AUTO:-${__aws_switch_setting_auto-}}}" != off ]; then
            \builtin set -- "${__aws_switch_above[@]}"
            # Four at a time: a round costs more than a look.
            until [[ -z $1 || -e $1 || -L $1 || -e $2 || -L $2 || -e $3 || -L $3 || -e $4 || -L $4 ]]; do
                \builtin shift 4
            done
            [[ -z $1 ]] || __aws_switch_read "$@"
        fi
    fi
    __aws_switch_env=${AWS_PROFILE-}$'\n'${AWS_DEFAULT_PROFILE-}$'\n'${AWS_REGION-}$'\n'${AWS_DEFAULT_REGION-}$'\n'${AWS_ACCESS_KEY_ID:+k}${AWS_SECRET_ACCESS_KEY:+s}$'\n'${AWS_WEB_IDENTITY_TOKEN_FILE:+w}${AWS_ROLE_ARN:+r}$'\n'
}

# Sees to it that __aws_switch_above lists where a .awsprofile may be, from this folder up; the last four are nowhere.
__aws_switch_climb() {
    \builtin local folder="${PWD-}" parent=''
    [[ $folder != /*[!/] || $folder == //* ]] || parent=${folder%/*}/
    # What a neighbour, a child or the parent of the last one shares with it stays.
    if [[ -n $parent ]] && \builtin [ "$parent" = "$__aws_switch_parent" ]; then
        __aws_switch_above[0]=$folder/.awsprofile
    elif [[ -n $parent ]] && \builtin [ "$parent" = "$__aws_switch_folder/" ]; then
        __aws_switch_above=("$folder/.awsprofile" "${__aws_switch_above[@]}")
    elif [[ -n $parent ]] && \builtin [ "$folder/" = "$__aws_switch_parent" ]; then
        __aws_switch_above=("${__aws_switch_above[@]:1}")
    else
        [[ $folder == /* ]] || folder=none
        __aws_switch_list "$folder"
    fi
    __aws_switch_folder=$folder __aws_switch_parent=$parent
}

# Makes the whole list.
__aws_switch_list() { # FOLDER
    \builtin local path="${1%/}"
    __aws_switch_above=()
    if [[ $1 == /* ]]; then
        while [[ -n $path ]]; do
            __aws_switch_above+=("$path/.awsprofile")
            path=${path%/*}
        done
        __aws_switch_above+=(/.awsprofile)
    fi
    __aws_switch_above+=('' '' '' '')
}

# Sets __aws_switch_place to the first of the files that is there, and what it holds.
__aws_switch_read() { # FILE...
    \builtin local file content=''
    for file in "$@"; do
        [[ ! -e $file && ! -L $file ]] || \builtin break
    done
    # Nothing but a regular file is opened, and no more than a valid one holds is read; the kernel's
    # own files, which may block, have no size.
    if [[ -f $file && -s $file && -r $file ]]; then
        # In bytes, and only here: to change the locale costs as much as to read.
        {
            \builtin local LC_ALL=C
            IFS='' \builtin read -r -d '' -n 4097 content <"$file"
        } 2>/dev/null || \builtin :
    fi
    __aws_switch_place=${file:+$file$'\n'$content}
}

# Assigns what the helper answered, and keeps what it says until __aws_switch_tell.
__aws_switch_apply() { # ANSWER
    \builtin local lines line rest name failed='' say=''
    __aws_switch_split "$1"
    [[ ${lines[0]} == 'aws-switch 2' ]] || failed=IFS
    # A readonly variable is found before the first change, so that nothing changes by halves.
    for line in "${lines[@]}"; do
        case $line in 'set AWS_'* | 'unset AWS_'* | 'swap AWS_'*) ;; *) \builtin continue ;; esac
        name=${line#* } name=${name%% *}
        [[ $__aws_switch_names != *" $name "* ]] || __aws_switch_is_free "$name" || failed=$name
    done
    [[ -z $failed ]] || lines=(end)
    for line in "${lines[@]}"; do
        rest=${line#* }
        case $line in
            'set AWS_PROFILE '* | 'set AWS_DEFAULT_PROFILE '* | 'set AWS_REGION '* | 'set AWS_DEFAULT_REGION '*)
                name=${rest%% *} rest=${rest#* }
                \builtin export "$name=$rest"
                ;;
            'unset AWS_'*)
                [[ $rest != *' '* && $__aws_switch_names == *" $rest "* ]] || \builtin continue
                \builtin unset -v "$rest"
                ;;
            'forget '*) \builtin unset -v "${!__aws_switch_kept_@}" 2>/dev/null || \builtin : ;;
            'swap AWS_'*)
                [[ $rest != *' '* && $__aws_switch_names == *" $rest "* ]] || \builtin continue
                # No trace shows a key.
                __aws_switch_swap "$rest" 2>/dev/null
                ;;
            'until '*)
                # Nothing but numbers may come into arithmetic.
                __aws_switch_until=''
                [[ $rest == *[!0-9\ ]* || $rest == *' '*' '* || $rest != [1-9]*' '[0-9]* ]] || __aws_switch_until=$rest
                ;;
            'state '?*) \builtin export __AWS_SWITCH_STATE="$rest" ;;
            'state '*) \builtin unset -v __AWS_SWITCH_STATE ;;
            'auto '*) __aws_switch_auto=$rest ;;
            'segment '*) __aws_switch_text=$rest ;;
            'look '*) __aws_switch_colour=$rest ;;
            'say '*) say+="aws-switch: $rest"$'\n' ;;
            'notice '*)
                \builtin [ "$__aws_switch_noticed" = "$__aws_switch_place" ] || say+="aws-switch: $rest"$'\n'
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

# Sets the caller's `lines` to those of a text, but the empty ones; to none where IFS is readonly.
__aws_switch_split() { # TEXT
    lines=('')
    \builtin local IFS=$'\n' glob='' 2>/dev/null || \builtin return 0
    # Words that are no pattern are split without a look at the files, and without a word to the options.
    [[ $- == *f* || $1 != *[][*?\\]* && $1 != *[+@!]'('* ]] || glob=on
    [[ -z $glob ]] || \builtin set -f
    # shellcheck disable=SC2206
    lines=($1)
    [[ -z $glob ]] || \builtin set +f
}

# Exchanges a variable with what this shell keeps of it, in its memory alone; either may be nothing.
__aws_switch_swap() { # VARIABLE
    \builtin local kept="__aws_switch_kept_$1" had="${!1+x}" value="${!1-}"
    \builtin unset -v "$1"
    [[ -z ${!kept+x} ]] || \builtin export "$1=${!kept}"
    \builtin unset -v "$kept"
    [[ -z $had ]] || \builtin export -n "$kept=$value"
}

# Sets AWS_SWITCH_SEGMENT and its colour, with the minutes that are left where the choice ends by itself. Once none
# are, and at each prompt where bash has no clock (before 4.2), the helper is asked anew.
__aws_switch_clock() {
    AWS_SWITCH_SEGMENT=${__aws_switch_text-} __aws_switch_sgr=''
    case ${AWS_SWITCH_SEGMENT:+${__aws_switch_colour-}} in
        protected) __aws_switch_sgr=$'\e[1;31m' ;;
        problem) __aws_switch_sgr=$'\e[33m' ;;
        plain) __aws_switch_sgr=$'\e[36m' ;;
    esac
    [[ -n ${__aws_switch_until-} ]] || \builtin return 0
    \builtin local end="${__aws_switch_until% *}" left="${__aws_switch_until#* }" now=''
    \builtin printf -v now '%(%s)T' -1 2>/dev/null || now=''
    [[ -z $now ]] || left=$(((end - now + 59) / 60))
    [[ -n $now && $left -gt 0 ]] || __aws_switch_seen=''
    [[ -z $AWS_SWITCH_SEGMENT ]] || AWS_SWITCH_SEGMENT="${AWS_SWITCH_SEGMENT%)} ${left}m)"
}

# Prints what was kept for later.
__aws_switch_tell() {
    [[ -z $__aws_switch_pending ]] || \builtin printf '%s' "$__aws_switch_pending" >&2
    __aws_switch_pending=''
}

# Asks the helper once when the place or the variables are not what they were.
__aws_switch_follow() {
    __aws_switch_look
    if \builtin [ "$__aws_switch_env$__aws_switch_place" != "$__aws_switch_seen" ]; then
        __aws_switch_distance=0
        __aws_switch_ask "$__aws_switch_pending"
    elif [[ $__aws_switch_left != 0 ]]; then
        # If it answers now, nobody needs to be told that it did not.
        ! __aws_switch_is_due || __aws_switch_ask ''
    fi
}

# Asks the helper; bash copies a function each time that it runs, so what runs seldom stands apart.
__aws_switch_ask() { # PENDING
    \builtin local answer pending="$1"
    # Remembered first: a helper that Ctrl-C ends is asked once, not at every prompt.
    __aws_switch_seen=$__aws_switch_env$__aws_switch_place __aws_switch_left=0
    \builtin [ "$__aws_switch_place" = "$__aws_switch_noticed" ] || __aws_switch_noticed=none
    # Said first, too, as Ctrl-C at a helper that hangs ends this function.
    __aws_switch_fail
    __aws_switch_helper 2 __hook "$__aws_switch_event" </dev/null 2>/dev/null
    if [[ $answer == "aws-switch 2"$'\n'*$'\n'end ]]; then
        __aws_switch_pending=$pending
        __aws_switch_apply "$answer"
        # The file that it read may be a newer one, which is then asked about at the next look.
        __aws_switch_look variables
        __aws_switch_seen=$__aws_switch_env$__aws_switch_place
    else
        __aws_switch_left=$((__aws_switch_distance = __aws_switch_distance ? __aws_switch_distance * 2 : 1))
    fi
    # While the shell starts, and in a subshell, it goes without saying.
    [[ $__aws_switch_event == load || $BASH_SUBSHELL != 0 ]] || __aws_switch_tell
}

# Whether a question that had no answer is to be put again: after 1 look, 2, 4, and so on.
__aws_switch_is_due() {
    __aws_switch_left=$((__aws_switch_left - 1))
    [[ $__aws_switch_left == 0 ]]
}

# Without an answer the profile stays, and the prompt shows it unchecked; said once.
__aws_switch_fail() {
    \builtin local name="${AWS_PROFILE-}"
    # The bidirectional ones are printed, too.
    \builtin local steering=$'[\330\234\342\200\216\342\200\217\342\200\252\342\200\253\342\200\254\342\200\255\342\200\256\342\201\246\342\201\247\342\201\250\342\201\251]'
    name=${name//[![:print:]]/?} name=${name//$steering/?}
    __aws_switch_text=${name:+"(aws:$name ?)"} __aws_switch_colour=problem
    AWS_SWITCH_SEGMENT=$__aws_switch_text __aws_switch_sgr=${name:+$'\e[33m'}
    [[ $__aws_switch_distance != 0 ]] ||
        __aws_switch_pending+="aws-switch: the helper does not answer: AWS_PROFILE stays ${name:-unset} for now: if it stays so, start a new shell"$'\n'
}

# Puts the segment into the prompt, or leaves the prompt to whoever draws one already.
__aws_switch_prompt() {
    if [[ -n ${AWS_SWITCH_PROMPT-}${__aws_switch_setting_prompt-} ]] &&
        \builtin [ "${AWS_SWITCH_PROMPT:-${__aws_switch_setting_prompt-}}" = off ] ||
        ! \builtin shopt -q promptvars ||
        \builtin declare -f +i starship_precmd || \builtin declare -f +i _omp_hook; then
        [[ ${PS1-} != *"$__aws_switch_mark"* ]] || ! __aws_switch_is_free PS1 || PS1=${PS1//"$__aws_switch_mark"/}
    elif [[ ${PS1-} != *"$__aws_switch_mark"* ]] && __aws_switch_is_free PS1; then
        __aws_switch_put
    fi
}

# Puts it below the line breaks that a prompt may begin with, and what a terminal has put before them.
__aws_switch_put() {
    \builtin local rest="${PS1-}" bare=''
    while
        bare=$rest
        [[ $rest != '\['* ]] || bare=${rest#*'\]'}
        [[ $bare == $'\n'* || $bare == '\n'* ]]
    do
        [[ $bare == $'\n'* ]] || bare=${bare#?}
        rest=${bare#?}
    done
    PS1=${PS1-}
    PS1=${PS1%"$rest"}$__aws_switch_mark$rest
}

# Whether a variable may be set: to try would end whatever runs, or, under errexit, the shell.
__aws_switch_is_free() { # VARIABLE
    \builtin local "$1" 2>/dev/null
}

# What PROMPT_COMMAND runs.
__aws_switch_hook() {
    # shellcheck disable=SC2319
    \builtin local status=$?
    __aws_switch_hooked=yes
    [[ -z ${__aws_switch_until-} ]] || __aws_switch_clock
    __aws_switch_follow || \builtin :
    __aws_switch_event=change
    [[ -z $__aws_switch_pending ]] || __aws_switch_tell
    __aws_switch_prompt
    # Alone in an array nobody needs it, and to return it would spring a trap of ERR once more.
    [[ ${PROMPT_COMMAND[0]-} == __aws_switch_hook ]] || \builtin return "$status"
}

# What PROMPT_COMMAND runs last: another command of it may have set the profile that is drawn now. As an array it
# may have lost the first of its commands, ours, to somebody who knows it as a string.
__aws_switch_late() {
    \builtin local status=$?
    if [[ -z $__aws_switch_hooked ]]; then
        __aws_switch_hook
    elif [[ $__aws_switch_env != "${AWS_PROFILE-}"$'\n'* ]]; then
        __aws_switch_moved
        __aws_switch_prompt
    fi
    __aws_switch_hooked=''
    [[ ${PROMPT_COMMAND[0]-} == __aws_switch_hook ]] || \builtin return "$status"
}

# A function of this name must be able to hold a dash, which POSIX mode forbids.
case :${SHELLOPTS-}: in
    *:posix:*) __aws_switch_posix=on ;;
    *) __aws_switch_posix='' ;;
esac
\builtin set +o posix

# Names what of the integration is in place, each after a blank.
__aws_switch_parts() {
    \builtin local name
    # Those who take the place of PROMPT_COMMAND keep what was in it, and run it.
    [[ ${PROMPT_COMMAND[*]-}${__vsc_original_prompt_command[*]-}${STARSHIP_PROMPT_COMMAND-} != *__aws_switch_[hl]* ]] ||
        \builtin printf ' prompt'
    for name in cd pushd popd; do
        \builtin alias "$name" >/dev/null 2>&1 && \builtin continue
        [[ $(\builtin declare -f "$name") != *__aws_switch_moved* ]] || \builtin printf ' %s' "$name"
    done
}

# The command. What must change this shell is answered and assigned; all else passes through.
function aws-switch {
    \builtin local answer word status=0 through='' placed=''
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
        \builtin local -x __AWS_SWITCH_LOADED=''
        [[ ${1-} != doctor ]] || __AWS_SWITCH_LOADED="2 bash$(__aws_switch_parts)"
        __aws_switch_helper '' "$@"
        \builtin return
    fi
    __aws_switch_helper 2 "$@" || status=$?
    if [[ $answer == "aws-switch 2"$'\n'*$'\n'end ]]; then
        __aws_switch_apply "$answer" || status=1
        # What was looked at last still holds, but where the command is for the place itself.
        if [[ -z $placed ]] && \builtin [ "$__aws_switch_folder" = "${PWD-}" ]; then
            __aws_switch_look variables
        else
            __aws_switch_look
        fi
        __aws_switch_seen=$__aws_switch_env$__aws_switch_place
        \builtin [ "$__aws_switch_place" = "$__aws_switch_noticed" ] || __aws_switch_noticed=none
        [[ $BASH_SUBSHELL == 0 || $status != 0 ]] ||
            __aws_switch_pending+='aws-switch: this is a subshell: what is set in it ends with it'$'\n'
        __aws_switch_tell
    elif [[ $status == 0 ]]; then
        \builtin printf 'aws-switch: the helper does not answer: nothing is switched: start a new shell\n' >&2
        status=1
    fi
    \builtin return "$status"
}

[[ -z $__aws_switch_posix ]] || \builtin set -o posix
\builtin unset -v __aws_switch_posix

# What Tab asks for: the helper names the candidates, and they are quoted here as the line wants.
__aws_switch_complete() {
    \builtin local line="${COMP_LINE:0:COMP_POINT}" char raw='' word='' cut='' quote='' words
    words=()
    while [[ -n $line ]]; do
        # What stands for itself goes at once.
        char=''
        [[ -n $quote ]] || char=${line%%[[:blank:]\'\"\\@"${COMP_WORDBREAKS-}"]*}
        if [[ -n $char ]]; then
            line=${line#"$char"} raw+=$char word+=$char
            \builtin continue
        fi
        char=${line:0:1} line=${line#?}
        if [[ -z $quote && $char == [[:blank:]] ]]; then
            [[ -z $raw ]] || words+=("$word")
            raw='' word='' cut=''
            \builtin continue
        fi
        raw+=$char
        case $quote in
            '')
                case $char in
                    [\'\"\\]) quote=$char ;;
                    *)
                        # Readline completes what follows such a character, or begins with an @.
                        [[ $char != @ || ${COMP_WORDBREAKS-} != *@* ]] || cut=$word
                        word+=$char
                        [[ $char == @ || ${COMP_WORDBREAKS-} != *"$char"* ]] || cut=$word
                        ;;
                esac
                ;;
            \') if [[ $char == \' ]]; then quote=''; else word+=$char; fi ;;
            \") case $char in \") quote='' ;; \\) quote=\"\\ ;; *) word+=$char ;; esac ;;
            \\) word+=$char quote='' ;;
            *)
                [[ $char == [\$\`\"\\] ]] || word+=\\
                word+=$char quote=\"
                ;;
        esac
    done
    COMPREPLY=()
    # A backslash at the end quotes nothing yet.
    quote=${quote%\\}
    # Readline would not put back a quote that opens within the word.
    [[ -z $quote || $raw == "$quote"* ]] || \builtin return 0
    \builtin local answer lines REPLY
    __aws_switch_helper 2 __complete --names -- "${words[@]:1}" "$word" </dev/null 2>/dev/null || \builtin :
    if [[ $answer == 'aws-switch 2 words plain'$'\n'* ]]; then
        # There may be thousands, and nothing to quote: they are split where they are to be.
        \builtin local IFS=$'\n' 2>/dev/null || \builtin return 0
        # shellcheck disable=SC2206
        COMPREPLY=($answer)
        \builtin unset -v 'COMPREPLY[0]'
        [[ -z $cut ]] || COMPREPLY=("${COMPREPLY[@]#"$cut"}")
        \builtin return 0
    fi
    case $answer in
        'aws-switch 2 words'*) ;;
        'aws-switch 2 files'*) \builtin compopt -o default 2>/dev/null || \builtin : ;;
        'aws-switch 2 folders'*) \builtin compopt -o dirnames 2>/dev/null || \builtin : ;;
        'aws-switch 2 command'*)
            __aws_switch_command "$word"
            \builtin return 0
            ;;
        *) \builtin return 0 ;;
    esac
    [[ $answer == *$'\n'* ]] || \builtin return 0
    __aws_switch_split "$answer"
    for line in "${lines[@]:1}"; do
        line=${line%%$'\t'*}
        REPLY=${line#"$cut"}
        [[ $REPLY != *[!a-zA-Z0-9_.:/@%+=-]* ]] || __aws_switch_quote "$REPLY" "$quote"
        COMPREPLY+=("$REPLY")
    done
}

# Completes the command after the first -- as bash would if nothing stood before it.
__aws_switch_command() { # WORD
    \builtin local -x COMP_LINE="$COMP_LINE" COMP_POINT="$COMP_POINT"
    \builtin local line="$COMP_LINE" i name REPLY
    for ((i = 0; i < COMP_CWORD; i++)); do
        COMP_LINE=${COMP_LINE#*"${COMP_WORDS[i]}"}
        [[ ${COMP_WORDS[i]} != -- ]] || \builtin break
    done
    COMP_LINE=${COMP_LINE#"${COMP_LINE%%[![:blank:]]*}"}
    ((COMP_POINT -= ${#line} - ${#COMP_LINE})) || \builtin :
    words=("${COMP_WORDS[@]:i+1}")
    \builtin local COMP_CWORD=$((COMP_CWORD - i - 1)) COMP_WORDS
    COMP_WORDS=("${words[@]}")
    if [[ $COMP_CWORD != 0 ]]; then
        __aws_switch_registered "${COMP_WORDS[0]##*/}"
    elif [[ $1 == */* ]]; then
        \builtin compopt -o default 2>/dev/null || \builtin :
    else
        while IFS='' \builtin read -r name; do
            __aws_switch_quote "$name" ''
            [[ -z $name ]] || COMPREPLY+=("$REPLY")
        done <<<"$(\builtin compgen -c -- "$1")"
    fi
}

# Completes by what is registered for a command, or else for all of them; files if nothing is.
__aws_switch_registered() { # NAME
    \builtin local part before function program words
    # What is registered for all may register something for this one, and says so by 124.
    for _ in 1 2; do
        words=() before='' function='' program=''
        IFS=' ' \builtin read -r -a words <<<"$(\builtin complete -p -- "$1" 2>/dev/null || \builtin complete -p -D 2>/dev/null)"
        for part in ${words[@]+"${words[@]}"}; do
            case $before in
                -F) function=$part ;;
                -C) program=${part//\'/} ;;
                -o) \builtin compopt -o "$part" 2>/dev/null || \builtin : ;;
            esac
            before=$part
        done
        words=("$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}")
        if \builtin declare -F "$function" >/dev/null; then
            "$function" "${words[@]}" && \builtin return 0
            [[ $? == 124 ]] || \builtin return 0
        elif [[ -n $program ]]; then
            IFS=$'\n' \builtin read -r -d '' -a COMPREPLY <<<"$(\builtin command "$program" "${words[@]}")" || \builtin return 0
        else
            \builtin compopt -o default 2>/dev/null || \builtin return 0
        fi
    done
}

# Sets REPLY to a name as it must stand on the line, in the quotes that are open there.
__aws_switch_quote() { # NAME QUOTE
    \builtin local name="$1" i char
    REPLY=$name
    [[ $name == *[!a-zA-Z0-9_.:/@%+=-]* ]] || \builtin return 0
    REPLY=''
    for ((i = 0; i < ${#name}; i++)); do
        char=${name:i:1}
        case $2$char in
            \'\') char="'\\''" ;;
            \"[\$\`\"\\]) char=\\$char ;;
            # Within double quotes history expansion leaves a backslash standing.
            \"!) char="\"'!'\"" ;;
            [\ \!\"\#\$\&\'\(\)\*\,\;\<\>\?\[\\\]\`\{\|\}\~^]) char=\\$char ;;
        esac
        REPLY+=$char
    done
    # Readline takes a quote at either end for the one that opens or closes the word.
    [[ -z $2 || $REPLY != "$2"* ]] || REPLY=$2$REPLY
    [[ -z $2 || $REPLY != *"$2" ]] || REPLY+=$2
}

# What a change of folder runs; it fails with nothing.
__aws_switch_moved() {
    # A cd that is typed comes after the start, even where somebody took our hook out of PROMPT_COMMAND.
    [[ $__aws_switch_event == change || -n ${FUNCNAME[2]-} || ${FUNCNAME[1]-} == __aws_switch_load ]] ||
        __aws_switch_event=change
    __aws_switch_follow || \builtin :
}

# Hooks into an interactive shell; done twice is done once.
__aws_switch_load() {
    case $'\n'"${PROMPT_COMMAND[*]-}"$'\n' in
        *__aws_switch_[hl]*) ;;
        *)
            # First, so that whatever draws a prompt after it finds the profile settled. Of an array, bash
            # before 5.1 would run the first element alone, and VS Code takes what runs after it for the user's.
            if ! __aws_switch_is_free PROMPT_COMMAND; then
                \builtin :
            elif [[ ${TERM_PROGRAM-} != vscode ]] && ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501)); then
                PROMPT_COMMAND=(__aws_switch_hook ${PROMPT_COMMAND[@]+"${PROMPT_COMMAND[@]}"} __aws_switch_late)
            else
                # shellcheck disable=SC2128,SC2178
                PROMPT_COMMAND=__aws_switch_hook${PROMPT_COMMAND:+$'\n'$PROMPT_COMMAND}$'\n'__aws_switch_late
            fi
            ;;
    esac
    # A user's own stay; the prompt then catches what they do.
    {
        if ! \builtin declare -f +i cd && ! \builtin alias cd; then
            function cd { \builtin cd "$@" && __aws_switch_moved; }
        fi
        if ! \builtin declare -f +i pushd && ! \builtin alias pushd; then
            function pushd { \builtin pushd "$@" && __aws_switch_moved; }
        fi
        if ! \builtin declare -f +i popd && ! \builtin alias popd; then
            function popd { \builtin popd "$@" && __aws_switch_moved; }
        fi
    } >/dev/null 2>&1
    \builtin complete -F __aws_switch_complete aws-switch
    __aws_switch_moved
}

__aws_switch_event=load
[[ $- != *i* ]] || __aws_switch_load
[[ $__aws_switch_options != *a* ]] || \builtin set -a
\builtin unset -v __aws_switch_options
