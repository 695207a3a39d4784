# aws-switch for fish 3.6 and later.
# The helper's answer is data: it is compared and assigned here, never evaluated.

if not builtin functions -q __aws_switch_helper
    set -g __aws_switch_auto # on or off, once `aws-switch auto` set it in this shell
    set -g __aws_switch_pending # lines for the next prompt
    # File and variables of the last question: none yet, but an inherited state must be checked.
    set -g __aws_switch_seen "$__AWS_SWITCH_STATE; ; ; ; ; ; ;"
    set -g __aws_switch_recheck # when to ask again although nothing changed, in seconds since 1970
    set -g __aws_switch_style # the colour of the segment, as the numbers of an escape sequence
    # The names of the variables that `-` restores; their values are in __aws_switch_saved_NAME.
    set -g __aws_switch_saved
    set -eg (set -ng | string match '__aws_switch_saved_*') 2>/dev/null
    set -gu AWS_SWITCH_SEGMENT
end

# Runs the helper under this shell's settings, exported or not.
function __aws_switch_helper # PROTOCOL ARGUMENT...
    set -l program $__aws_switch_program aws-switch
    # An empty one may be inherited.
    test -n "$program[1]"; or set -e program[1]
    # fish itself would print a dozen lines, wherever stderr goes.
    command -q $program[1]; or return 127
    AWS_SWITCH_AUTO="$AWS_SWITCH_AUTO" AWS_SWITCH_PROMPT="$AWS_SWITCH_PROMPT" \
        AWS_SWITCH_NOTICES="$AWS_SWITCH_NOTICES" AWS_SWITCH_PROTECT="$AWS_SWITCH_PROTECT" \
        AWS_SWITCH_CONFIRM="$AWS_SWITCH_CONFIRM" __AWS_SWITCH_AUTO="$__aws_switch_auto" \
        __AWS_SWITCH_SAVED="$__aws_switch_saved" __AWS_SWITCH_ENDS=(status is-interactive; or builtin echo never) \
        __AWS_SWITCH_WIRE=$argv[1] command $program[1] $argv[2..]
end

# Sets __aws_switch_file to the nearest .awsprofile and its content, and __aws_switch_variables.
function __aws_switch_observe
    set -g __aws_switch_file
    set -l directory "$PWD/"
    string match -rq '^:{0,2}off(:|$)' -- "$__aws_switch_auto:$AWS_SWITCH_AUTO:$__aws_switch_setting_auto"; and set directory
    # A match that names its parts costs a quarter of a command substitution, which would split a name at a line break.
    while string match -rq '(?s)^(?<directory>.*)/' -- "$directory"
        set -l file $directory/.awsprofile
        test -e $file -o -L $file; or continue
        # A pipe would block, and so may the kernel's own files, which have no size. A valid file has 4,096 bytes at most.
        set -l content
        test -f $file -a -s $file -a -r $file; and read -z -n 4097 content <$file 2>/dev/null
        set -g __aws_switch_file "$file;$content"
        break
    end
    # The helper looks where this shell really is: elsewhere, once its directory has been renamed.
    test "$PWD" -ef .; or set -g __aws_switch_file "$PWD;$__aws_switch_file"
    __aws_switch_observe_variables
end

# Sets __aws_switch_variables to what else decides.
function __aws_switch_observe_variables
    # No trace shows a key.
    set -l fish_trace
    set -l keys
    for name in AWS_ACCESS_KEY_ID AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_ARN NO_COLOR
        test -n "$$name"; and set -a keys $name
    end
    set -g __aws_switch_variables "$AWS_PROFILE;" "$AWS_DEFAULT_PROFILE;" "$AWS_REGION;" "$AWS_DEFAULT_REGION;" "$keys;" \
        "$DIRENV_DIFF;" "$__MISE_DIFF;"
end

# Assigns an answer, all of it or nothing.
function __aws_switch_apply # LINE...
    set -l IFS \n
    for line in (string match -r '^(?:set|unset|swap) .*' -- $argv)
        set -l name
        string match -rq '^\w+ (?<name>[A-Z_]*AWS[A-Z_]*)(?: |$)' -- $line; or return
        if set -ql $name
            set -a __aws_switch_pending "aws-switch: error: $name is a local variable here; nothing changed"
            # It no longer is once the function that has it returns.
            set -g __aws_switch_recheck 0
            return 1
        else if not string match -q 'set *' -- $line; and set -qU $name; and not set -qg __aws_switch_saved_$name
            set -a __aws_switch_pending "aws-switch: error: $name is a universal variable; run 'set -eU $name' first"
            set -g __aws_switch_seen "$__aws_switch_file$__aws_switch_variables"
            return 1
        end
    end
    # A match sets them all; a command substitution would take four times as long.
    set -l verb
    set -l rest
    set -l name
    set -l value
    for line in (string match '* *' -- $argv)
        string match -rq '(?s)^(?<verb>\S+) (?<rest>(?<name>[^ ]*) ?(?<value>.*))' -- $line
        switch $verb
            case set
                set -gx $name $value
            case unset
                set -eg $name
            case swap
                __aws_switch_swap $name
            case discard
                set -eg __aws_switch_saved_$__aws_switch_saved __aws_switch_saved
            case auto style recheck
                set -g __aws_switch_$verb $rest
            case segment
                set -g AWS_SWITCH_SEGMENT $rest
            case print
                # While the shell starts, a later line replaces an earlier one: config.fish may set the profile after us.
                test "$__aws_switch_event" = load; and set -g __aws_switch_pending
                set -a __aws_switch_pending "aws-switch: $rest"
        end
    end
    # The file as it was before the question: one that has changed since is asked about at the next prompt.
    __aws_switch_observe_variables
    set -g __aws_switch_seen "$__aws_switch_file$__aws_switch_variables"
    return 0
end

# Exchanges a variable with its saved value, which only this shell's memory has; either may be unset.
function __aws_switch_swap # VARIABLE
    # No trace shows a key.
    set -l fish_trace
    set -l IFS \n
    set -l saved __aws_switch_saved_$argv[1]
    set -l value $$argv[1]
    set -eg $argv[1]
    set -q $saved; and set -gx $argv[1] $$saved
    set -eg $saved
    set -g __aws_switch_saved (string match -v -- $argv[1] $__aws_switch_saved)
    set -q value[1]; and set -gu $saved "$value"; and set -a __aws_switch_saved $argv[1]
end

# Asks the helper once when file or variables are not those of the last question, or the recheck moment has come.
function __aws_switch_update
    # Command substitutions are split into lines, whatever IFS the user has.
    set -l IFS \n
    __aws_switch_observe
    set -l view "$__aws_switch_file$__aws_switch_variables"
    if builtin contains -- "$__aws_switch_seen" "$view" "$view;$PWD"
        test -n "$__aws_switch_recheck"; or return 0
        # fish has no clock but the age of a file.
        set -l now (builtin math (builtin path mtime /) + (builtin path mtime -R /))
        test $now -ge $__aws_switch_recheck; or return 0
        # Without an answer, which brings a moment of its own, the question is repeated: the --for may be over.
        set -g __aws_switch_recheck (builtin math $now + 60)
    end
    set -l pending $__aws_switch_pending
    set -l name (string replace -ar '[^a-zA-Z0-9_.:/@%+=-]' '?' -- "$AWS_PROFILE")
    # All this first, as Ctrl-C at a helper that hangs ends this function: the question is not repeated at every
    # prompt, only in another directory, and the profile is shown unchecked.
    set -g __aws_switch_seen "$view;$PWD"
    set -g __aws_switch_style
    set -g AWS_SWITCH_SEGMENT (string replace -r '.+' '(aws:$0 ?)' -- "$name")
    test -n "$name"; or set name unset
    set -a __aws_switch_pending "aws-switch: error: the helper is missing or does not answer; AWS_PROFILE stays $name; if this repeats, check PATH and start a new shell"
    set -l event $__aws_switch_event change
    set -l answer (__aws_switch_helper 3 __hook $event[1] </dev/null 2>/dev/null)
    if test "$answer[1]" = 'aws-switch 3' -a "$answer[-1]" = end
        set -g __aws_switch_pending $pending
        __aws_switch_apply $answer
    end
    # A command substitution, which moves the shell itself, prints nothing; a shell that starts does at its prompt.
    status is-command-substitution; and set -g __aws_switch_pending $pending
    test $event[1] = load; or __aws_switch_print
end

function __aws_switch_print
    set -q __aws_switch_pending[1]; and builtin printf '%s\n' $__aws_switch_pending >&2
    set -g __aws_switch_pending
end

# Puts the segment into the prompt, or leaves the prompt to who draws one already.
function __aws_switch_prompt
    # Our fish_prompt leaves this when it draws; without it another one has been defined.
    set -eg __aws_switch_drawn; and return
    set -l drawn __aws_switch_user_prompt starship _omp_ POSH_
    # This loads fish_prompt, which sets tide's items.
    set -l code (builtin functions fish_prompt)
    # tide 6 and pure 4 show the profile if the user wants it; tide drops the item where no program aws is.
    builtin contains aws $_tide_left_items $_tide_right_items; and set -a drawn _tide_
    test "$pure_enable_aws_profile" = true; and set -a drawn _pure_prompt
    string match -qr (string join '|' $drawn) -- $code; and return
    if builtin functions -q __aws_switch_user_prompt
        # One around ours, such as a virtual environment's, would call itself once it is wrapped.
        fish_prompt >/dev/null 2>&1
        set -eg __aws_switch_drawn; and return
        builtin functions -e __aws_switch_user_prompt
    end
    builtin functions -c fish_prompt __aws_switch_user_prompt
    function fish_prompt
        # First of all, as it may show $status; with one line more, so that no line break at the end is lost.
        set -l IFS \n
        set -l lines (__aws_switch_user_prompt $argv; builtin printf '\nend')
        set -e lines[-1]
        set -g __aws_switch_drawn
        # A function that ran after our hook may have set the profile, the region or keys.
        set -l before $__aws_switch_variables[1..5]
        __aws_switch_observe_variables
        test "$before" = "$__aws_switch_variables[1..5]"
        or not builtin functions -q __aws_switch_moved; or __aws_switch_moved
        if test -n "$AWS_SWITCH_SEGMENT"
            and not string match -rq '^:?off(:|$)' -- "$AWS_SWITCH_PROMPT:$__aws_switch_setting_prompt"
            # Below the line breaks that a prompt begins with, and behind the marks of terminals there.
            set -l rest
            set -l mark
            while string match -rq '^(?<mark>(?:\e\][^\a\e]*(?:\a|\e\\\\))*)(?<rest>.*)' -- "$lines[1]"
                builtin printf '%s' $mark
                set lines[1] $rest
                test -z "$rest"; and set -q lines[2]; or break
                builtin echo
                set -e lines[1]
            end
            set -l segment "$AWS_SWITCH_SEGMENT "
            test -n "$__aws_switch_style"; and set segment \e"[$__aws_switch_style"m$AWS_SWITCH_SEGMENT\e'[0m '
            # A line as wide as the terminal, such as tide's, has no room: fish would cut its left part off.
            set -l at 1
            test (string length -V -- "$segment$lines[1]") -gt "0$COLUMNS"; and set at -1
            set lines[$at] $segment$lines[$at]
        end
        builtin printf '%s' $lines[1] \n$lines[2..]
    end
end

# The command: what must change this shell is captured and assigned; all else passes through.
function aws-switch
    set -l program $__aws_switch_program aws-switch
    # An empty one may be inherited.
    test -n "$program[1]"; or set -e program[1]
    if not command -q $program[1]
        builtin printf 'aws-switch: error: cannot find %s; nothing changed; check PATH, or install it again\n' $program[1] >&2
        return 127
    end
    if not builtin functions -q "$__aws_switch_functions[1]" $__aws_switch_functions
        # The helper reports that it cannot switch without the integration.
        command $program[1] $argv
        return
    end
    set -l queries list show current resolve whoami exec env login configure doctor init setup completions man help ls
    set -l through
    builtin contains -- "$argv[1]" $queries; and set through yes
    for word in $argv
        test "$word" = --; and break
        builtin contains -- "$word" -h --help -V --version; and set through yes
    end
    # Without a word a profile is picked, where the terminal is there for it.
    set -q argv[1]; or test -t 0 -a -t 1 -a -t 2 -a "$TERM" != dumb; or set through yes
    if test -n "$through"
        test "$argv[1]" = doctor; and set -lx __AWS_SWITCH_LOADED "3 fish$(__aws_switch_parts)"
        __aws_switch_helper '' $argv
        return
    end
    __aws_switch_observe
    set -l IFS \n
    set -l answer (__aws_switch_helper 3 $argv)
    set -l result $status
    if test "$answer[1]" = 'aws-switch 3' -a "$answer[-1]" = end
        __aws_switch_apply $answer; or set result 1
        __aws_switch_print
    else if test "$answer" != 'aws-switch 3 failed'
        builtin printf 'aws-switch: error: the helper does not answer; nothing changed; start a new shell\n' >&2
        test $result != 0; or set result 1
    end
    return $result
end

# Reports to `doctor` which parts of the integration are in place.
function __aws_switch_parts
    builtin functions -q __aws_switch_hook; and builtin printf ' prompt'
    builtin functions -q __aws_switch_moved; and builtin printf ' cd pushd popd'
    set -q __aws_switch_drawn; or builtin printf ' left'
end

# Completes the words up to the cursor: the helper answers with candidates. `complete` gets them from a variable: with
# 10,000 profiles output took ten times as long.
function __aws_switch_complete
    builtin functions -q "$__aws_switch_functions[1]" $__aws_switch_functions; or return
    set -l IFS \n
    set -l words (builtin commandline -opc) "$(builtin commandline -ct)"
    __aws_switch_helper 3 __complete fish -- $words[2..] </dev/null 2>/dev/null | read -gz -d \n -a __aws_switch_words
    set -l kind "$__aws_switch_words[1]"
    # The last is what follows the last line break.
    set -eg __aws_switch_words[1 -1]
    test "$kind" = 'aws-switch 3 words'; or set -g __aws_switch_words
    switch "$kind"
        case 'aws-switch 3 files'
            __fish_complete_path $words[-1]
        case 'aws-switch 3 directories'
            __fish_complete_directories $words[-1]
        case 'aws-switch 3 command'
            # The command after the first --, as fish would complete it if nothing stood before it.
            builtin complete -C "$(string replace -r '(?s)^.*?\s--\s+' '' -- "$(builtin commandline -cp)")"
    end
end

# Hooks into an interactive shell; done twice is done once.
function __aws_switch_load
    # Runs at each prompt.
    function __aws_switch_hook --on-event fish_prompt
        builtin functions -q "$__aws_switch_functions[1]" $__aws_switch_functions; or return
        __aws_switch_update
        set -g __aws_switch_event change
        __aws_switch_print
        __aws_switch_prompt
    end
    function __aws_switch_moved --on-variable PWD
        builtin functions -q "$__aws_switch_functions[1]" $__aws_switch_functions; or return
        __aws_switch_update
    end
    # Runs before a command line, so that it does not use a profile whose --for has expired.
    function __aws_switch_before --on-event fish_preexec
        # The shell has started, even where somebody erased our hook.
        set -g __aws_switch_event change
        # A command that shows, edits or saves the prompt must find the user's own.
        if string match -rq '(?s)func.*fish_prompt|fish_config' -- "$argv"
            and builtin functions fish_prompt | string match -q '*__aws_switch_user_prompt*'
            builtin functions -e fish_prompt
            builtin functions -c __aws_switch_user_prompt fish_prompt
            builtin functions -e __aws_switch_user_prompt
            set -eg __aws_switch_drawn
        end
        test -n "$__aws_switch_recheck"; and __aws_switch_moved
    end
    builtin complete -c aws-switch -f -k -a '(__aws_switch_complete) $__aws_switch_words'
    __aws_switch_moved
end

# Whether all are there: tools replay the functions of a shell without its variables, or without names that begin with __.
set -g __aws_switch_functions __aws_switch_{helper,observe,observe_variables,apply,swap,update,print,prompt,parts}
set -g __aws_switch_event load
not status is-interactive; or __aws_switch_load
