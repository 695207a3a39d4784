# aws-switch for bash 3.2 and later.
# The helper's answer is data: it is compared and assigned here, never evaluated.
# `\builtin` reaches past aliases and functions of the same name. rbash forbids `>/dev/null`, so output is closed instead.

# Under allexport scripts would inherit all this, and POSIX mode forbids the dash in a function's name.
__aws_switch_options=:${SHELLOPTS-}:
\builtin set +a +o posix

# `declare -f +i` prints no function, it only says whether one exists.
if ! \builtin declare -f +i __aws_switch_hook; then
    __aws_switch_auto=''    # on or off, once `aws-switch auto` set it in this shell
    __aws_switch_pending='' # lines for the next prompt
    # Variables and file of the last question: none yet, but an inherited state must be checked.
    __aws_switch_seen=${__AWS_SWITCH_STATE-}$'\n\n\n\n\n\n\n'
    __aws_switch_recheck='' # when to ask again although nothing changed, in seconds since 1970
    __aws_switch_guard=''   # `waiting`, if the next command line checks that moment too; `set` while one runs
    # Where a --for ends: at the `prompt`, `never`, with the `subshell`; anything else: before the next command line.
    __aws_switch_ends=${BASH_VERSION/#[34].[0-3]*/prompt}
    __aws_switch_style='' # the colour of the segment, as the numbers of an escape sequence
    # The variables that `-` restores.
    \builtin unset -v "${!__aws_switch_saved_@}" 2>&- || \builtin :
    \builtin unset -v AWS_SWITCH_SEGMENT __aws_switch_trap
fi

# The segment in PS1. The value of a variable that PS1 names is not expanded again, so a name stays text.
# shellcheck disable=SC2016
__aws_switch_mark='\[${__aws_switch_style:+'$'\e''[${__aws_switch_style}m}\]${AWS_SWITCH_SEGMENT-}\[${__aws_switch_style:+'$'\e''[0m}\]${AWS_SWITCH_SEGMENT:+ }'

# Whether every part is here: tools replay the functions of a shell without its variables, or without the names that
# begin with __. In such a shell the command is the helper alone, and cd is the builtin.
__aws_switch_is_loaded() {
    [[ ${!__aws_switch_*} == *_auto*_ends*_event*_guard*_mark*_pending*_recheck*_seen*_style* ]] &&
        \builtin declare -f +i __aws_switch_helper __aws_switch_observe __aws_switch_observe_variables \
            __aws_switch_split __aws_switch_is_free __aws_switch_apply __aws_switch_swap __aws_switch_update __aws_switch_print __aws_switch_prompt \
            __aws_switch_hook __aws_switch_arrange __aws_switch_moved __aws_switch_watch __aws_switch_before \
            __aws_switch_parts __aws_switch_complete_file
}

# Makes a subshell the helper, under this shell's settings, exported or not; with a protocol it prints an answer.
__aws_switch_helper() { # PROTOCOL ARGUMENT...
    # Not by an assignment, which would join the names by the user's IFS.
    \builtin printf -v __AWS_SWITCH_SAVED '%s ' "${!__aws_switch_saved_@}"
    [[ $BASH_SUBSHELL == 1 ]] || __aws_switch_ends=subshell
    \builtin export "${!AWS_SWITCH_@}" __AWS_SWITCH_SAVED __AWS_SWITCH_AUTO="$__aws_switch_auto" __AWS_SWITCH_ENDS="$__aws_switch_ends" __AWS_SWITCH_WIRE="$1"
    \builtin unset -v AWS_SWITCH_SEGMENT
    \builtin shift
    # rbash has no exec.
    [[ $- == *r* ]] || \builtin exec "${__aws_switch_program:-aws-switch}" "$@"
    \builtin command "${__aws_switch_program:-aws-switch}" "$@"
}

# Sets __aws_switch_file to the nearest .awsprofile and its content, and __aws_switch_variables.
__aws_switch_observe() {
    \builtin local directory="${PWD-}" file content=''
    directory=${directory%/} __aws_switch_file=''
    if [[ ${PWD-} == /* && ${__aws_switch_auto:-${AWS_SWITCH_AUTO:-${__aws_switch_setting_auto-}}} != off ]]; then
        while file=$directory/.awsprofile && [[ -n $directory && ! -e $file && ! -L $file ]]; do
            directory=${directory%/*}
        done
        # A pipe would block, as may the kernel's own files, which have no size. A valid file is below 4,097 bytes.
        [[ ! -f $file || ! -s $file || ! -r $file ]] ||
            { IFS='' \builtin read -r -d '' -n 4097 content; } 2>&- <"$file" || \builtin :
        [[ ! -e $file && ! -L $file ]] || __aws_switch_file=$file$'\n'$content
        # The helper looks where this shell really is: elsewhere, once its directory has been renamed.
        [[ $PWD -ef . ]] || __aws_switch_file=$PWD$'\n'$__aws_switch_file
    fi
    __aws_switch_observe_variables
}

# Sets __aws_switch_variables to what else decides.
__aws_switch_observe_variables() {
    __aws_switch_variables=${AWS_PROFILE-}$'\n'${AWS_DEFAULT_PROFILE-}$'\n'${AWS_REGION-}$'\n'${AWS_DEFAULT_REGION-}$'\n'
    __aws_switch_variables+=${AWS_ACCESS_KEY_ID:+k}${AWS_WEB_IDENTITY_TOKEN_FILE:+w}${AWS_ROLE_ARN:+r}${NO_COLOR:+n}$'\n'${DIRENV_DIFF-}$'\n'${__MISE_DIFF-}$'\n'
}

# Splits a text into the lines of COMPREPLY: a copy would double the time of a Tab with 10,000 profiles.
__aws_switch_split() { # TEXT
    COMPREPLY=()
    # Where IFS is readonly nothing can be split.
    \builtin local options=$- IFS=$'\n' 2>&- || \builtin return 0
    \builtin set -f
    # shellcheck disable=SC2206
    COMPREPLY=($1)
    [[ $options == *f* ]] || \builtin set +f
}

# Whether a variable may be set: to try would end whatever runs, or, under errexit, the shell.
__aws_switch_is_free() { # VARIABLE
    \builtin local "$1" 2>&-
}

# Assigns an answer, all of it or nothing.
__aws_switch_apply() { # ANSWER
    \builtin local COMPREPLY line rest name failed='' pending="$__aws_switch_pending"
    __aws_switch_split "$1"
    [[ ${COMPREPLY[0]-} == 'aws-switch 3' ]] || failed=IFS
    for line in ${COMPREPLY[@]+"${COMPREPLY[@]}"}; do
        case $line in 'set '* | 'unset '* | 'swap '*) ;; *) \builtin continue ;; esac
        name=${line#* } name=${name%% *}
        [[ $name == *AWS* && $name != *[!A-Z_]* ]] && __aws_switch_is_free "$name" || failed=${name:-?}
    done
    if [[ -n $failed ]]; then
        __aws_switch_pending+="aws-switch: error: $failed is readonly in this shell; nothing changed"$'\n'
        __aws_switch_seen=$__aws_switch_variables$__aws_switch_file
        \builtin return 1
    fi
    # While the shell starts, a later line replaces an earlier one: the rc file may set the profile after us.
    [[ $__aws_switch_event != load ]] || pending=''
    for line in "${COMPREPLY[@]}"; do
        rest=${line#* } name=${rest%% *}
        # A --for must know of a trap of DEBUG that was set since.
        [[ $line != 'recheck '?* || -n $__aws_switch_guard ]] || \builtin unset -v __aws_switch_trap
        case $line in
            'set '*) \builtin export "$name=${rest#* }" ;;
            # Behind a local variable of a calling function a global one appears.
            'unset '*) while \builtin unset -v "$name" && [[ -n ${!name+yes} ]]; do \builtin :; done ;;
            # No trace shows a key.
            'swap '*) __aws_switch_swap "$name" 2>&- ;;
            'discard '*) \builtin unset -v "${!__aws_switch_saved_@}" 2>&- || \builtin : ;;
            'segment '*) \builtin export -n "AWS_SWITCH_SEGMENT=$rest" ;;
            'auto '* | 'style '* | 'recheck '*) \builtin export -n "__aws_switch_${line%% *}=$rest" ;;
            'print '*) __aws_switch_pending="${pending}aws-switch: $rest"$'\n' ;;
        esac
    done
    # The file as it was before the question: one that has changed since is asked about at the next prompt.
    __aws_switch_observe_variables
    __aws_switch_seen=$__aws_switch_variables$__aws_switch_file
}

# Exchanges a variable with its saved value, which only this shell's memory has; either may be unset.
__aws_switch_swap() { # VARIABLE
    \builtin local saved="__aws_switch_saved_$1" was_set="${!1+yes}" value="${!1-}"
    while \builtin unset -v "$1" && [[ -n ${!1+yes} ]]; do \builtin :; done
    [[ -z ${!saved+yes} ]] || \builtin export "$1=${!saved}"
    \builtin unset -v "$saved"
    [[ -z $was_set ]] || \builtin export -n "$saved=$value"
}

# Asks the helper once when file or variables are not those of the last question, or the recheck moment has come.
__aws_switch_update() {
    \builtin local answer now view name="${AWS_PROFILE-}" pending="$__aws_switch_pending"
    __aws_switch_observe
    view=$__aws_switch_variables$__aws_switch_file
    if \builtin [ "$view" = "$__aws_switch_seen" ] || \builtin [ "$view;${PWD-}" = "$__aws_switch_seen" ]; then
        [[ -n $__aws_switch_recheck ]] || \builtin return 0
        # bash before 4.2 has no clock, and asks at each prompt then.
        \builtin printf -v now '%(%s)T' -1 2>&- || now=$__aws_switch_recheck
        [[ $now -ge $__aws_switch_recheck ]] || \builtin return 0
        # Without an answer, which brings a moment of its own, the question is repeated: the --for may be over.
        __aws_switch_recheck=$((now + 60))
    fi
    # All this first, as Ctrl-C at a helper that hangs ends this function: the question is not repeated at every
    # prompt, only in another directory, and the profile is shown unchecked.
    name=${name//[!a-zA-Z0-9_.:\/@%+=-]/?}
    __aws_switch_seen="$view;${PWD-}" __aws_switch_style=''
    \builtin export -n "AWS_SWITCH_SEGMENT=${name:+(aws:$name ?)}"
    __aws_switch_pending+="aws-switch: error: the helper is missing or does not answer; AWS_PROFILE stays ${name:-unset}; if this repeats, check PATH and start a new shell"$'\n'
    # The braces silence bash itself too, which warns of a NUL in an answer.
    { answer=$(__aws_switch_helper 3 __hook "$__aws_switch_event"); } </dev/null 2>&-
    if [[ $answer == "aws-switch 3"$'\n'*$'\n'end ]]; then
        __aws_switch_pending=$pending
        __aws_switch_apply "$answer"
    fi
    # While the shell starts the lines wait for the prompt; a subshell prints none.
    [[ $__aws_switch_event == load || $BASH_SUBSHELL != 0 ]] || __aws_switch_print
}

__aws_switch_print() {
    \builtin printf '%s' "$__aws_switch_pending" >&2
    __aws_switch_pending=''
}

# Puts the segment into the prompt, or leaves the prompt to who draws one already.
__aws_switch_prompt() {
    # Tools that show the profile are known by their functions in this shell, as their variables may be inherited:
    # starship, oh-my-posh, the theme barbuk of Bash-it 3.2, liquidprompt 2.
    \builtin local rest="${PS1-}" next group
    if [[ ${AWS_SWITCH_PROMPT:-${__aws_switch_setting_prompt-}} == off ]] || ! \builtin shopt -q promptvars ||
        \builtin declare -f +i starship_precmd || \builtin declare -f +i _omp_hook ||
        \builtin declare -f +i __aws_profile_prompt || { [[ ${LP_ENABLE_AWS_PROFILE-1} != 0 ]] && \builtin declare -f +i _lp_aws_profile; }; then
        [[ $rest != *"$__aws_switch_mark"* ]] || ! __aws_switch_is_free PS1 || PS1=${PS1//"$__aws_switch_mark"/}
    elif [[ $rest != *AWS_SWITCH_SEGMENT* ]] && __aws_switch_is_free PS1; then
        # Behind line breaks, marks of terminals, and what moves the cursor, but before a colour.
        while next=${rest#'\n'} next=${next#$'\n'} && [[ $next != "$rest" ]] || {
            next=${rest#'\['*'\]'} group=${rest%"$next"} && [[ -n $group && $group != *m'\]' && $group != *[\$\`]* ]]
        }; do rest=$next; done
        PS1=${PS1-}
        PS1=${PS1%"$rest"}$__aws_switch_mark$rest
    fi
    [[ ${PS1-} == *AWS_SWITCH_SEGMENT* ]] && __aws_switch_shown=AWS_SWITCH_SEGMENT || __aws_switch_shown=''
    # A zsh that inherits PS1 would print the variables' names.
    [[ ${PS1-} != *"$__aws_switch_mark"* ]] || \builtin export -n PS1
}

# Runs at each prompt, before the user's commands there, and after them if they changed the profile or the prompt.
__aws_switch_hook() { # TRAP-OF-DEBUG
    __aws_switch_is_loaded || \builtin return "${__aws_switch_status:-0}"
    \builtin local ends="$__aws_switch_ends"
    __aws_switch_trap=$1
    __aws_switch_arrange
    [[ -n $__aws_switch_recheck ]] || __aws_switch_guard=''
    [[ -z $__aws_switch_recheck || -n $__aws_switch_guard ]] || __aws_switch_watch "$ends"
    __aws_switch_update || \builtin :
    __aws_switch_event=change
    __aws_switch_print
    __aws_switch_prompt
    __aws_switch_guard=${__aws_switch_guard:+waiting}
    # Each command of an array gets the user's status anyway, and a trap of ERR would run again for it.
    [[ ${PROMPT_COMMAND-} == "${__aws_switch_command-}" ]] || \builtin return "${__aws_switch_status:-0}"
}

# Where somebody else has a trap of DEBUG, nothing of ours runs after the user's prompt commands: the trap would take it
# for a command line. bash-preexec (0.4.1 to 0.6.0) sets its trap at the first prompt, and rewrites PROMPT_COMMAND then.
__aws_switch_arrange() {
    __aws_switch_again=1 __aws_switch_ends=${BASH_VERSION/#[34].[0-3]*/prompt}
    if \builtin declare -f +i __bp_install; then
        [[ ${PROMPT_COMMAND[*]-} == *__bp_interactive_mode* ]] || __aws_switch_again=''
        \builtin return 0
    fi
    case ${FUNCNAME[2]-} in
        # VS Code's function hides its trap from us, and what runs in it from the trap.
        __vsc*) __aws_switch_ends=prompt ;;
        '') [[ -z ${__aws_switch_trap##*__aws_switch_before*} ]] || __aws_switch_again='' __aws_switch_ends=prompt ;;
    esac
    \builtin local command="${__aws_switch_command-}" arrays=$((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501))
    # A command that no trap of DEBUG sees stands where the hook stood: the user's commands may join it with `;`.
    \builtin local none='for __aws_switch_step in; do :; done'
    [[ ${PROMPT_COMMAND[*]-} == *"$command"* ]] && __aws_switch_is_free PROMPT_COMMAND || \builtin return 0
    if [[ ${PROMPT_COMMAND-} == "$command"$'\n'* && $arrays == 1 ]]; then
        # In an array each command sees the user's $? and PIPESTATUS. At load others may still add to the string.
        PROMPT_COMMAND=("$command" "${PROMPT_COMMAND#*$'\n'}" ${PROMPT_COMMAND[1]+"${PROMPT_COMMAND[@]:1}"})
    elif [[ ${PROMPT_COMMAND-} != "$command"* ]]; then
        # direnv (2.37) before us would save a directory profile that is left now, and restore it elsewhere. Who put
        # something before us may have set a trap of DEBUG too.
        \builtin unset -v __aws_switch_trap
        if [[ $arrays == 1 ]]; then
            PROMPT_COMMAND=("$command" "${PROMPT_COMMAND[@]/"$command"/$none}" "$__aws_switch_again_command")
        else
            # shellcheck disable=SC2178
            PROMPT_COMMAND=$command$'\n'${PROMPT_COMMAND/"$command"/$none}$'\n'$__aws_switch_again_command
        fi
    fi
}

# Runs after a change of directory.
__aws_switch_moved() {
    \builtin declare -f +i __aws_switch_is_loaded && __aws_switch_is_loaded || \builtin return 0
    # A cd that is typed comes after the start, even where somebody took our hook out of PROMPT_COMMAND.
    [[ -n ${FUNCNAME[2]-} ]] || __aws_switch_event=change
    __aws_switch_update || \builtin :
}

# Has a --for end before a command line too: by bash-preexec, or by the trap of DEBUG where the user has none.
__aws_switch_watch() { # WHEN-IT-WOULD-HAVE-ENDED
    __aws_switch_guard='set'
    if \builtin declare -f +i __bp_preexec_invoke_exec; then
        [[ ${preexec_functions[*]-} == *__aws_switch_before* ]] || preexec_functions+=(__aws_switch_before)
    elif [[ $__aws_switch_ends != prompt ]]; then
        # Before 4.4 a function cannot set it for its caller.
        \builtin trap '__aws_switch_before "$_" || { \builtin trap - DEBUG; \builtin : "$__aws_switch_last"; }' DEBUG
    elif [[ $1 != prompt ]]; then
        __aws_switch_pending+=$'aws-switch: warning: a DEBUG trap is set, so --for ends only at the next prompt\n'
    fi
}

# Runs before each command (under functrace before ours too), asks before the first of a line, fails once not needed.
__aws_switch_before() { # LAST-ARGUMENT
    [[ ${FUNCNAME[1]-} != __aws_switch* ]] || \builtin return 0
    __aws_switch_is_loaded || \builtin return
    __aws_switch_last=$1
    [[ $__aws_switch_guard != waiting ]] || __aws_switch_update || \builtin :
    __aws_switch_guard=${__aws_switch_recheck:+set}
    [[ -n $__aws_switch_guard ]]
}

# The command: what must change this shell is captured and assigned; all else passes through.
function aws-switch {
    \builtin local answer word status=0 through='' program="${__aws_switch_program:-aws-switch}"
    # rbash cannot look for it without a process.
    if [[ $- != *r* ]] && ! \builtin type -P "$program" >/dev/null; then
        \builtin printf 'aws-switch: error: cannot find %s; nothing changed; check PATH, or install it again\n' "$program" >&2
        \builtin return 127
    fi
    if ! \builtin declare -f +i __aws_switch_is_loaded || ! __aws_switch_is_loaded; then
        # The helper reports that it cannot switch without the integration.
        (\builtin exec "$program" "$@")
        \builtin return
    fi
    for word in list show current resolve whoami exec env login configure doctor init setup completions man help ls; do
        \builtin [ "$word" != "${1-}" ] || through=yes
    done
    for word in "$@"; do
        [[ $word != -- ]] || \builtin break
        [[ $word != -[hV] && $word != --help && $word != --version ]] || through=yes
    done
    # Without a word a profile is picked, where the terminal is there for it.
    [[ $# != 0 || (-t 0 && -t 1 && -t 2 && ${TERM-} != dumb) ]] || through=yes
    if [[ -n $through ]]; then
        \builtin local -x __AWS_SWITCH_LOADED=''
        [[ ${1-} != doctor ]] || __AWS_SWITCH_LOADED="3 bash$(__aws_switch_parts)"
        (__aws_switch_helper '' "$@")
        \builtin return
    fi
    __aws_switch_observe
    answer=$(__aws_switch_helper 3 "$@") || status=$?
    if [[ $answer == "aws-switch 3"$'\n'*$'\n'end ]]; then
        __aws_switch_apply "$answer" || status=1
        __aws_switch_print
    elif [[ $answer != 'aws-switch 3 failed' ]]; then
        \builtin printf 'aws-switch: error: the helper does not answer; nothing changed; start a new shell\n' >&2
        [[ $status != 0 ]] || status=1
    fi
    \builtin return "$status"
}

# Reports to `doctor` which parts of the integration are in place.
__aws_switch_parts() {
    \builtin local name code rebuilt=''
    # VS Code and starship move what was in PROMPT_COMMAND elsewhere, and run it.
    [[ ${PROMPT_COMMAND[*]-}${__vsc_original_prompt_command[*]-}${STARSHIP_PROMPT_COMMAND-} != *__aws_switch_hook* ]] || \builtin printf ' prompt'
    # Only in this subshell: a prompt that was rebuilt after our hook gets the segment.
    [[ ${PS1-} == *AWS_SWITCH_SEGMENT* ]] || rebuilt=' rebuilt'
    __aws_switch_prompt
    [[ -n $__aws_switch_shown ]] || rebuilt=' left'
    \builtin printf '%s' "$rebuilt"
    [[ -n ${__aws_switch_again-} ]] || \builtin printf ' traced'
    for name in cd pushd popd; do
        code=$(\builtin alias "$name" 2>&- || \builtin declare -f "$name") || \builtin :
        # The alias of fnm 1.38, loaded below our line, is the name of a function that calls ours as \cd.
        [[ $code != alias* ]] || { code=${code#*\'} code=$(\builtin declare -f "${code%\'}") || \builtin :; }
        [[ $code != *"\\$name "* ]] || code=$(\builtin declare -f "$name") || \builtin :
        [[ $code != *__aws_switch_moved* ]] || \builtin printf ' %s' "$name"
    done
}

# Completes the line up to the cursor: the helper parses it and answers with words that are quoted for it.
__aws_switch_complete() {
    \builtin local answer first=1
    COMPREPLY=()
    \builtin declare -f +i __aws_switch_is_loaded && __aws_switch_is_loaded || \builtin return 0
    { answer=$(__aws_switch_helper 3 __complete bash --word-breaks "${COMP_WORDBREAKS-}" \
        --readline "${COMP_TYPE-}" --columns "${COLUMNS-}" -- "${COMP_LINE:0:COMP_POINT}"); } </dev/null 2>&- || \builtin :
    case $answer in
        'aws-switch 3 words'$'\n'*) __aws_switch_split "${answer#*$'\n'}" ;;
        'aws-switch 3 files') __aws_switch_complete_file default ;;
        'aws-switch 3 directories') __aws_switch_complete_file dirnames ;;
        'aws-switch 3 command')
            # The command after the first --: by bash-completion where it is loaded, else names of commands, then files.
            while [[ $first -lt $COMP_CWORD && ${COMP_WORDS[first - 1]} != -- ]]; do first=$((first + 1)); done
            if \builtin declare -f +i _command_offset; then
                _command_offset "$first" || \builtin :
            elif [[ $COMP_CWORD == "$first" && ${COMP_WORDS[first]} != */* ]]; then
                __aws_switch_split "$(\builtin compgen -c -- "${COMP_WORDS[first]}")"
            else
                __aws_switch_complete_file default
            fi
            ;;
    esac
}

# Completes a file or a directory: by readline, or by names in bash before 4.0, which has no compopt.
__aws_switch_complete_file() { # default|dirnames
    \builtin compopt +o noquote -o "$1" 2>&- && \builtin return 0
    \builtin local word="${COMP_WORDS[COMP_CWORD]-}"
    __aws_switch_split "$(\builtin compgen -o "$1" -- "$word")"
    # The second name keeps readline from a space after a directory.
    [[ ${#COMPREPLY[@]} != 1 || ! -d ${COMPREPLY[0]} ]] || COMPREPLY=("${COMPREPLY[0]}"/{,.})
    [[ ${#COMPREPLY[@]} == 0 || $word == [\'\"]* ]] || __aws_switch_split "$(\builtin printf '%q\n' "${COMPREPLY[@]}")"
}

# Hooks into an interactive shell; done twice is done once.
__aws_switch_load() {
    # A user's own stay; the prompt then catches what they do. rbash has no cd.
    [[ $- == *r* ]] || {
        \builtin declare -f +i cd || \builtin alias cd || function cd { \builtin cd "$@" && { ! \builtin declare -f +i __aws_switch_moved || __aws_switch_moved; }; }
        \builtin declare -f +i pushd || \builtin alias pushd || function pushd { \builtin pushd "$@" && { ! \builtin declare -f +i __aws_switch_moved || __aws_switch_moved; }; }
        \builtin declare -f +i popd || \builtin alias popd || function popd { \builtin popd "$@" && { ! \builtin declare -f +i __aws_switch_moved || __aws_switch_moved; }; }
    } >/dev/null 2>&1
    # The words are quoted already: ble.sh (0.4) would quote them again. bash before 4.3 does not know the option.
    \builtin complete -o noquote -F __aws_switch_complete aws-switch 2>&- ||
        \builtin complete -F __aws_switch_complete aws-switch 2>&- || \builtin :
    # bash without readline would print the marks of what is invisible.
    [[ -o emacs || -o vi ]] || __aws_switch_mark=${__aws_switch_mark//\\[[\]]/}
    __aws_switch_update || \builtin :
    # VS Code takes the prompt as it is now for the user's, and would add its own marks again when it changes. Elsewhere
    # the hook puts the segment there: without it, none is better than one that nothing keeps up to date.
    __aws_switch_shown=AWS_SWITCH_SEGMENT
    [[ ${TERM_PROGRAM-} != vscode ]] || __aws_switch_prompt
    # The hook runs first, so that what draws a prompt finds the right profile, and again if what runs then changed the
    # profile or the prompt: the words of a loop find that out, as no trap of DEBUG sees a loop without words. A function
    # does not see that trap, so the hook gets it. A child shell may inherit PROMPT_COMMAND without the functions.
    \builtin local call='\builtin declare -f +i __aws_switch_is_loaded __aws_switch_hook && __aws_switch_hook' changed
    # shellcheck disable=SC2016
    call+=' "${__aws_switch_trap-$(\builtin trap -p DEBUG)}"'
    changed=$'${__aws_switch_guard-}${PS1##*${__aws_switch_shown-}*}${__aws_switch_variables##"${AWS_PROFILE-}"$\'\\n\'"${AWS_DEFAULT_PROFILE-}"$\'\\n\'"${AWS_REGION-}"$\'\\n\'"${AWS_DEFAULT_REGION-}"$\'\\n\'"${AWS_ACCESS_KEY_ID:+k}${AWS_WEB_IDENTITY_TOKEN_FILE:+w}${AWS_ROLE_ARN:+r}${NO_COLOR:+n}"$\'\\n\'*}'
    changed="\${__aws_switch_again:+\${__aws_switch_again##1$changed}}"
    __aws_switch_again_command="for __aws_switch_step in $changed; do $call; done"
    __aws_switch_command="__aws_switch_status=\$? && $call" __aws_switch_again=1
    { [[ ${PROMPT_COMMAND[*]-} == *__aws_switch_hook* ]] || ! __aws_switch_is_free PROMPT_COMMAND; } && \builtin return 0
    if [[ -z ${PROMPT_COMMAND[*]-} ]]; then
        # Nothing runs after the hook, so it need not know the trap until a --for asks.
        PROMPT_COMMAND=$__aws_switch_command __aws_switch_trap=''
    elif ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501)) && [[ ${PROMPT_COMMAND[*]@a} == *a* ]]; then
        # Into the first, which bash-preexec below us takes for the whole.
        PROMPT_COMMAND[0]=$__aws_switch_command${PROMPT_COMMAND:+$'\n'$PROMPT_COMMAND}
        PROMPT_COMMAND+=("$__aws_switch_again_command")
    else
        # shellcheck disable=SC2128,SC2178
        PROMPT_COMMAND=$__aws_switch_command${PROMPT_COMMAND:+$'\n'$PROMPT_COMMAND$'\n'$__aws_switch_again_command}
    fi
}

__aws_switch_event=load
if [[ $- == *i* ]]; then __aws_switch_load; else __aws_switch_ends=never; fi
[[ $__aws_switch_options != *:allexport:* ]] || \builtin set -a
[[ $__aws_switch_options != *:posix:* ]] || \builtin set -o posix
\builtin unset -v __aws_switch_options
