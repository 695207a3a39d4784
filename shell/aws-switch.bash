# aws-switch for bash 3.2 and later.
# shellcheck shell=bash
#
# What the helper answers is data: it is compared and assigned here, never evaluated.
# `\builtin` and `\command` reach past aliases and functions of the same name.

if ! \builtin declare -F __aws_switch_hook >/dev/null; then
    __aws_switch_auto=''            # on or off, once `aws-switch auto` said so in this shell
    __aws_switch_pending=''         # lines kept for the next prompt
    __aws_switch_noticed=none       # the place whose refusal has been told; no place has this name
    __aws_switch_seen=$'\n\n\n\n\n' # place and variables at the last question: nothing yet
    \builtin unset -v AWS_SWITCH_SEGMENT
fi

# Runs the helper, under the settings of this shell, exported or not; with a protocol it sets the
# caller's `answer`.
__aws_switch_helper() { # PROTOCOL ARGUMENT...
    \builtin local wire="$1"
    \builtin shift
    \builtin local -x AWS_SWITCH_AUTO="${AWS_SWITCH_AUTO-}" AWS_SWITCH_PROMPT="${AWS_SWITCH_PROMPT-}" \
        AWS_SWITCH_NOTICES="${AWS_SWITCH_NOTICES-}" AWS_SWITCH_PROTECT="${AWS_SWITCH_PROTECT-}" \
        __AWS_SWITCH_AUTO="${__aws_switch_auto-}" __AWS_SWITCH_WIRE="$wire"
    if [[ -z $wire ]]; then
        \command "${__aws_switch_program:-aws-switch}" "$@"
    else
        # The subshell must become the helper: a function in its place would cost a second process.
        answer=$(\builtin exec "${__aws_switch_program:-aws-switch}" "$@")
    fi
}

# Sets __aws_switch_place to the .awsprofile that governs this folder and what it holds, and
# __aws_switch_env to the variables that the helper judges by.
__aws_switch_look() {
    \builtin local folder="${PWD-}" content=''
    __aws_switch_place=''
    if \builtin [ "${__aws_switch_auto:-${AWS_SWITCH_AUTO:-${__aws_switch_setting_auto-}}}" != off ]; then
        while [[ -n $folder ]]; do
            [[ $folder != / ]] || folder=''
            if [[ -e $folder/.awsprofile || -L $folder/.awsprofile ]]; then
                # Nothing but a regular file is opened, and no more than a valid one holds is read;
                # the kernel's own files, which may block, have no size.
                if [[ -f $folder/.awsprofile && -s $folder/.awsprofile && -r $folder/.awsprofile ]]; then
                    # In bytes, and only here: to change the locale costs more than all the rest.
                    \builtin local LC_ALL=C
                    { IFS='' \builtin read -r -d '' -n 4097 content <"$folder/.awsprofile"; } 2>/dev/null
                fi
                __aws_switch_place=$folder/.awsprofile$'\n'$content
                \builtin break
            fi
            folder=${folder%/*}
        done
    fi
    __aws_switch_env="${AWS_PROFILE-}
${AWS_DEFAULT_PROFILE-}
${AWS_REGION-}
${AWS_DEFAULT_REGION-}
${AWS_ACCESS_KEY_ID:+k}${AWS_SECRET_ACCESS_KEY:+s}
${AWS_WEB_IDENTITY_TOKEN_FILE:+w}${AWS_ROLE_ARN:+r}"
}

# Assigns what the helper answered, and keeps what it says until __aws_switch_tell.
__aws_switch_apply() { # ANSWER
    \builtin local answer="$1"$'\n' left="$1"$'\n' line rest name had failed='' say=''
    # A readonly variable is found before the first change, so that nothing changes by halves.
    while [[ -n $left ]]; do
        line=${left%%$'\n'*} left=${left#*$'\n'}
        case $line in 'set AWS_'* | 'unset AWS_'*) ;; *) \builtin continue ;; esac
        name=${line#* } name=${name%% *}
        [[ $name != *[!A-Z_]* ]] || \builtin continue
        had=${!name+x}
        \builtin export "$name=${!name-}" 2>/dev/null || failed=$name
        [[ -n $had ]] || \builtin unset -v "$name" 2>/dev/null || \builtin :
    done
    while [[ -n $answer && -z $failed ]]; do
        line=${answer%%$'\n'*} answer=${answer#*$'\n'} rest=''
        [[ $line != *' '* ]] || rest=${line#* }
        case $line in
            'set AWS_PROFILE '* | 'set AWS_DEFAULT_PROFILE '* | 'set AWS_REGION '* | 'set AWS_DEFAULT_REGION '*)
                name=${rest%% *} rest=${rest#* }
                \builtin export "$name=$rest"
                ;;
            'unset AWS_'*)
                [[ $rest != *[!A-Z_]* ]] || \builtin continue
                \builtin unset -v "$rest"
                ;;
            'state '?*) \builtin export __AWS_SWITCH_STATE="$rest" ;;
            'state '*) \builtin unset -v __AWS_SWITCH_STATE ;;
            'auto '*) __aws_switch_auto=$rest ;;
            'segment '*) AWS_SWITCH_SEGMENT=$rest ;;
            'look '*) __aws_switch_colour=$rest ;;
            'say '*) say+="aws-switch: $rest"$'\n' ;;
            'notice '*)
                \builtin [ "$__aws_switch_noticed" = "$__aws_switch_place" ] || say+="aws-switch: $rest"$'\n'
                __aws_switch_noticed=$__aws_switch_place
                ;;
        esac
    done
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

# Prints what was kept for later.
__aws_switch_tell() {
    [[ -z $__aws_switch_pending ]] || \builtin printf '%s' "$__aws_switch_pending" >&2
    __aws_switch_pending=''
}

# Asks the helper once when the place or the variables are not what they were.
__aws_switch_follow() {
    \builtin local answer pending="$__aws_switch_pending"
    __aws_switch_look
    \builtin [ "$__aws_switch_place$__aws_switch_env" != "$__aws_switch_seen" ] || \builtin return 0
    # Remembered first: a helper that hangs or fails is asked once, not at every prompt.
    __aws_switch_seen=$__aws_switch_place$__aws_switch_env
    \builtin [ "$__aws_switch_place" = "$__aws_switch_noticed" ] || __aws_switch_noticed=none
    # Said first, too, as Ctrl-C at a helper that hangs ends this function.
    __aws_switch_fail
    __aws_switch_helper 1 __hook "$__aws_switch_event" </dev/null 2>/dev/null
    if [[ $answer == "aws-switch 1"$'\n'*$'\n'end ]]; then
        __aws_switch_pending=$pending
        __aws_switch_apply "$answer"
    fi
    __aws_switch_look
    __aws_switch_seen=$__aws_switch_place$__aws_switch_env
    # While the shell starts, and in a subshell, it goes without saying.
    [[ $__aws_switch_event == load || $BASH_SUBSHELL != 0 ]] || __aws_switch_tell
}

# Without an answer the profile stays, and the prompt shows it unchecked.
__aws_switch_fail() {
    \builtin local name="${AWS_PROFILE-}"
    name=${name//[[:cntrl:]]/?}
    AWS_SWITCH_SEGMENT=${name:+"(aws:$name ?)"} __aws_switch_colour=problem
    __aws_switch_pending+="aws-switch: the helper does not answer: AWS_PROFILE stays ${name:-unset}: start a new shell"$'\n'
}

# Puts the segment into the prompt, or leaves the prompt to whoever draws one already.
__aws_switch_prompt() {
    # The value of a variable that PS1 names is not expanded again, so a name stays text.
    # shellcheck disable=SC2016
    \builtin local mark='\[${__aws_switch_sgr-}\]${AWS_SWITCH_SEGMENT-}\[${__aws_switch_sgr:+'$'\e''[0m}\]${AWS_SWITCH_SEGMENT:+ }'
    __aws_switch_sgr=''
    case ${AWS_SWITCH_SEGMENT:+${__aws_switch_colour-}} in
        protected) __aws_switch_sgr=$'\e[1;31m' ;;
        problem) __aws_switch_sgr=$'\e[33m' ;;
        plain) __aws_switch_sgr=$'\e[36m' ;;
    esac
    if \builtin [ "${AWS_SWITCH_PROMPT:-${__aws_switch_setting_prompt-}}" = off ] ||
        ! \builtin shopt -q promptvars ||
        \builtin declare -F starship_precmd >/dev/null || \builtin declare -F _omp_hook >/dev/null; then
        PS1=${PS1-}
        PS1=${PS1//"$mark"/}
    elif [[ ${PS1-} != *"$mark"* ]]; then
        # Below the line breaks that a prompt may begin with.
        \builtin local rest="${PS1-}"
        while [[ $rest == $'\n'* || $rest == '\n'* ]]; do
            [[ $rest == $'\n'* ]] || rest=${rest#?}
            rest=${rest#?}
        done
        PS1=${PS1-}
        PS1=${PS1%"$rest"}$mark$rest
    fi
}

# What PROMPT_COMMAND runs.
__aws_switch_hook() {
    \builtin local status=$?
    __aws_switch_follow || \builtin :
    __aws_switch_event=change
    __aws_switch_tell
    __aws_switch_prompt
    \builtin return "$status"
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
    [[ ${PROMPT_COMMAND[*]-} != *__aws_switch_hook* ]] || \builtin printf ' prompt'
    for name in cd pushd popd; do
        \builtin alias "$name" >/dev/null 2>&1 && \builtin continue
        [[ $(\builtin declare -f "$name") != *__aws_switch_moved* ]] || \builtin printf ' %s' "$name"
    done
}

# The command. What must change this shell is answered and assigned; all else passes through.
function aws-switch {
    \builtin local answer word status=0 through=''
    for word in "$@"; do
        case $word in
            --) \builtin break ;;
            -h | --help | -V | --version) through=yes ;;
        esac
    done
    case ${1-} in
        list | show | current | resolve | doctor | init | setup | completions) through=yes ;;
    esac
    # Without a word a profile is picked, where the terminal is there for it.
    [[ $# != 0 || (-t 0 && -t 1 && -t 2 && ${TERM-} != dumb) ]] || through=yes
    if [[ -n $through ]]; then
        \builtin local -x __AWS_SWITCH_LOADED=''
        [[ ${1-} != doctor ]] || __AWS_SWITCH_LOADED="1 bash$(__aws_switch_parts)"
        __aws_switch_helper '' "$@"
        \builtin return
    fi
    __aws_switch_helper 1 "$@" || status=$?
    if [[ $answer == "aws-switch 1"$'\n'*$'\n'end ]]; then
        __aws_switch_apply "$answer" || status=1
        __aws_switch_look || \builtin :
        __aws_switch_seen=$__aws_switch_place$__aws_switch_env
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
    \builtin local line="${COMP_LINE:0:COMP_POINT}" char raw='' word='' cut='' quote='' words i
    words=()
    for ((i = 0; i < ${#line}; i++)); do
        char=${line:i:1}
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
    lines=()
    __aws_switch_helper 1 __complete -- "${words[@]:1}" "$word" </dev/null 2>/dev/null || \builtin :
    case $answer in
        'aws-switch 1 words'*) ;;
        'aws-switch 1 files'*) \builtin compopt -o default 2>/dev/null || \builtin : ;;
        'aws-switch 1 folders'*) \builtin compopt -o dirnames 2>/dev/null || \builtin : ;;
        *) \builtin return 0 ;;
    esac
    [[ $answer == *$'\n'* ]] || \builtin return 0
    IFS=$'\n' \builtin read -r -d '' -a lines <<<"${answer#*$'\n'}" || \builtin :
    for line in "${lines[@]}"; do
        line=${line%%$'\t'*}
        __aws_switch_quote "${line#"$cut"}" "$quote"
        COMPREPLY+=("$REPLY")
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
    __aws_switch_follow || \builtin :
}

# Hooks into an interactive shell; done twice is done once.
__aws_switch_load() {
    case $'\n'"${PROMPT_COMMAND[*]-}"$'\n' in
        *__aws_switch_hook*) ;;
        *)
            # First, so that whatever draws a prompt after it finds the profile settled. Before
            # bash 5.1 an array would run its first element alone.
            if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501)); then
                PROMPT_COMMAND=(__aws_switch_hook ${PROMPT_COMMAND[@]+"${PROMPT_COMMAND[@]}"})
            else
                # shellcheck disable=SC2128,SC2178
                PROMPT_COMMAND=__aws_switch_hook${PROMPT_COMMAND:+$'\n'$PROMPT_COMMAND}
            fi
            ;;
    esac
    # A user's own stay; the prompt then catches what they do.
    if ! \builtin declare -F cd >/dev/null && ! \builtin alias cd >/dev/null 2>&1; then
        function cd { \builtin cd "$@" && __aws_switch_moved; }
    fi
    if ! \builtin declare -F pushd >/dev/null && ! \builtin alias pushd >/dev/null 2>&1; then
        function pushd { \builtin pushd "$@" && __aws_switch_moved; }
    fi
    if ! \builtin declare -F popd >/dev/null && ! \builtin alias popd >/dev/null 2>&1; then
        function popd { \builtin popd "$@" && __aws_switch_moved; }
    fi
    \builtin complete -F __aws_switch_complete aws-switch
    __aws_switch_moved
}

__aws_switch_event=load
[[ $- != *i* ]] || __aws_switch_load
