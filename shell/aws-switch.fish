# aws-switch for fish 3.6 and later.
#
# What the helper answers is data: it is compared and assigned here, never evaluated.

# The variables that an answer may change.
set -g __aws_switch_names AWS_PROFILE AWS_DEFAULT_PROFILE AWS_REGION AWS_DEFAULT_REGION AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY \
    AWS_SESSION_TOKEN AWS_SECURITY_TOKEN AWS_CREDENTIAL_EXPIRATION AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_ARN

if not builtin functions -q __aws_switch_hook
    set -g __aws_switch_auto # on or off, once `aws-switch auto` said so in this shell
    set -g __aws_switch_pending # lines kept for the next prompt
    set -g __aws_switch_noticed none # the place whose refusal has been told; no place has this name
    # Place and variables at the last question: nothing yet, but an inherited state has to be settled.
    set -g __aws_switch_seen "$__AWS_SWITCH_STATE;;;;;;"
    set -g __aws_switch_left 0 # looks until a question without an answer is put again; 0: never
    set -g __aws_switch_distance 0 # how many those were at first
    set -g __aws_switch_until # when the choice ends by itself, and how many minutes that were at the last question
    set -eg __aws_switch_kept_$__aws_switch_names # the variables that `-` brings back
    set -gu AWS_SWITCH_SEGMENT
    set -g __aws_switch_folder '' # the folder that __aws_switch_above was made for
    set -g __aws_switch_parent none # and the one that it is in
end

# Runs the helper, under the settings of this shell, exported or not.
function __aws_switch_helper # PROTOCOL ARGUMENT...
    set -l program aws-switch
    test -n "$__aws_switch_program"; and set program $__aws_switch_program
    if not command -q $program[1]
        # fish would tell of it in a dozen lines, wherever stderr goes.
        builtin printf 'aws-switch: %s: there is no such program: install it again\n' $program[1] >&2
        return 127
    end
    set -l kept
    set -qg __aws_switch_kept_$__aws_switch_names
    # That many are not there; most often it is all of them.
    if test $status != 11
        for name in $__aws_switch_names
            set -qg __aws_switch_kept_$name; and set -a kept $name
        end
    end
    AWS_SWITCH_AUTO="$AWS_SWITCH_AUTO" AWS_SWITCH_PROMPT="$AWS_SWITCH_PROMPT" \
        AWS_SWITCH_NOTICES="$AWS_SWITCH_NOTICES" AWS_SWITCH_PROTECT="$AWS_SWITCH_PROTECT" \
        AWS_SWITCH_CONFIRM="$AWS_SWITCH_CONFIRM" __AWS_SWITCH_AUTO="$__aws_switch_auto" \
        __AWS_SWITCH_KEPT="$kept" __AWS_SWITCH_WIRE=$argv[1] command $program[1] $argv[2..]
end

# Sets __aws_switch_place to the .awsprofile that governs this folder and what it holds, and
# __aws_switch_env to the variables that the helper judges by; with a word to these alone.
function __aws_switch_look # [WORD]
    if not set -q argv[1]
        set -g __aws_switch_place
        test "$PWD" = "$__aws_switch_folder"; or __aws_switch_climb
        switch "$__aws_switch_auto:$AWS_SWITCH_AUTO:$__aws_switch_setting_auto"
            case 'off:*' ":off:$__aws_switch_setting_auto" ::off
            case '*'
                # One test of all folders above is far quicker than a loop, which only runs to find which.
                if test $__aws_switch_tests
                    for file in $__aws_switch_above
                        test -e $file -o -L $file; or continue
                        # Nothing but a regular file is opened, and no more than a valid one holds is read;
                        # the kernel's own files, which may block, have no size.
                        set -l content
                        test -f $file -a -s $file -a -r $file; and read -z -n 4097 content <$file 2>/dev/null
                        set -g __aws_switch_place $file "$content"
                        break
                    end
                end
        end
    end
    set -l keys
    if test -n "$AWS_ACCESS_KEY_ID$AWS_SECRET_ACCESS_KEY$AWS_WEB_IDENTITY_TOKEN_FILE$AWS_ROLE_ARN"
        test -n "$AWS_ACCESS_KEY_ID"; and set keys k
        test -n "$AWS_SECRET_ACCESS_KEY"; and set -a keys s
        test -n "$AWS_WEB_IDENTITY_TOKEN_FILE"; and set -a keys w
        test -n "$AWS_ROLE_ARN"; and set -a keys r
    end
    set -g __aws_switch_profile "$AWS_PROFILE"
    set -g __aws_switch_env ";$AWS_PROFILE;$AWS_DEFAULT_PROFILE;$AWS_REGION;$AWS_DEFAULT_REGION;$keys;"
end

# Lists where a .awsprofile may be, from this folder up, once for each folder.
function __aws_switch_climb
    # A match that names its parts costs a quarter of a command substitution, which would split a name at a
    # line break, too.
    set -l parent
    string match -rq '(?s)^(?<parent>.*)/' -- "$PWD"
    test "$PWD" = /; and set parent none
    if test "$parent" = "$__aws_switch_parent" -a "$parent" != none
        # What it shares with the last one stays.
        set -g __aws_switch_above[1] $PWD/.awsprofile
        set -g __aws_switch_tests[2 5] $PWD/.awsprofile $PWD/.awsprofile
    else
        set -l parts
        set -l above ''
        set -l tests
        string match -raq '/(?<parts>[^/]+)' -- "$PWD"
        for part in $parts
            set -p above $above[1]/$part
        end
        set above $above/.awsprofile
        for file in $above
            set -a tests -e $file -o -L $file -o
        end
        set -e tests[-1]
        set -g __aws_switch_above $above
        set -g __aws_switch_tests $tests
    end
    set -g __aws_switch_folder "$PWD"
    set -g __aws_switch_parent "$parent"
end

# Assigns what the helper answered, and keeps what it says until __aws_switch_tell.
function __aws_switch_apply # LINE...
    set -l failed
    set -l say
    set -l verb
    set -l rest
    set -l name
    set -l value
    # What another variable would hide is found before the first change, so that nothing changes by halves.
    for line in $argv
        string match -rq '^(?<verb>set|unset|swap) (?<name>AWS_[A-Z_]+)' -- $line; or continue
        if set -ql $name
            set failed "$name: it is a local variable here, which hides the shell's own: not switched"
            # Outside it is no more.
            set -g __aws_switch_left 1
        else if test $verb != set; and set -qU $name; and not set -qg __aws_switch_kept_$name
            set failed "$name: it is a universal variable, which no one shell can hide: run 'set -eU $name' first"
        end
    end
    for line in $argv
        test -z "$failed"; or break
        # A match that names its parts costs a quarter of a command substitution.
        string match -rq '(?s)^(?<verb>\S+) (?<rest>.*)' -- $line; or continue
        switch $verb
            case set
                string match -rq '(?s)^(?<name>AWS_(DEFAULT_)?(PROFILE|REGION)) (?<value>.*)' -- $rest; or continue
                set -gx $name $value
            case unset
                builtin contains -- "$rest" $__aws_switch_names; or continue
                set -eg $rest
            case forget
                set -eg __aws_switch_kept_$__aws_switch_names
            case swap
                builtin contains -- "$rest" $__aws_switch_names; or continue
                __aws_switch_swap $rest
            case until
                set -g __aws_switch_until (string match -r '^[1-9]\d* \d+$' -- $rest)
            case state
                set -gx __AWS_SWITCH_STATE $rest
                test -n "$rest"; or set -eg __AWS_SWITCH_STATE
            case auto
                set -g __aws_switch_auto $rest
            case segment
                set -g __aws_switch_text $rest
            case look
                set -g __aws_switch_colour $rest
            case say
                set -a say "aws-switch: $rest"
            case notice
                test "$__aws_switch_noticed" = "$__aws_switch_place"; or set -a say "aws-switch: $rest"
                set -g __aws_switch_noticed "$__aws_switch_place"
        end
    end
    __aws_switch_clock
    # Only what took is told.
    test -n "$failed"; and set say "aws-switch: $failed"
    # Of the start, only what came last.
    test "$__aws_switch_event" = load -a -n "$say"; and set -g __aws_switch_pending
    set -a __aws_switch_pending $say
    test -z "$failed"
end

# Exchanges a variable with what this shell keeps of it, in its memory alone; either may be nothing.
function __aws_switch_swap # VARIABLE
    # No trace shows a key.
    set -l fish_trace
    set -l kept __aws_switch_kept_$argv[1]
    set -l had
    set -q $argv[1]; and set had yes
    set -l value "$$argv[1]"
    set -eg $argv[1]
    set -q $kept; and set -gx $argv[1] $$kept
    set -eg $kept
    test -n "$had"; and set -gu $kept $value
end

# Sets AWS_SWITCH_SEGMENT, with the minutes that are left where the choice ends by itself. Once none
# are, the helper is asked anew.
function __aws_switch_clock
    set -gu AWS_SWITCH_SEGMENT "$__aws_switch_text"
    set -q __aws_switch_until[1]; or return 0
    # fish has no clock but the age of a file.
    set -l now (builtin math (builtin path mtime /) + (builtin path mtime -R /))
    set -l left (builtin math -s 0 "max(0, ceil(("(string split ' ' -- $__aws_switch_until)[1]" - $now) / 60))")
    test "$left" -gt 0; or set -g __aws_switch_seen
    test -n "$AWS_SWITCH_SEGMENT"; and set -g AWS_SWITCH_SEGMENT (string replace -r '\)$' " $left"'m)' -- "$AWS_SWITCH_SEGMENT")
end

# Prints what was kept for later.
function __aws_switch_tell
    set -q __aws_switch_pending[1]; or return 0
    builtin printf '%s\n' $__aws_switch_pending >&2
    set -g __aws_switch_pending
end

# Asks the helper once when the place or the variables are not what they were.
function __aws_switch_follow
    __aws_switch_look
    test "$__aws_switch_place$__aws_switch_env" = "$__aws_switch_seen" -a $__aws_switch_left = 0; and return
    set -l pending $__aws_switch_pending
    if test "$__aws_switch_place$__aws_switch_env" != "$__aws_switch_seen"
        set -g __aws_switch_distance 0
    else
        __aws_switch_is_due; or return 0
        # If it answers now, nobody needs to be told that it did not.
        set pending
    end
    # Remembered first: a helper that Ctrl-C ends is asked once, not at every prompt.
    set -g __aws_switch_seen "$__aws_switch_place$__aws_switch_env"
    set -g __aws_switch_left 0
    test "$__aws_switch_place" = "$__aws_switch_noticed"; or set -g __aws_switch_noticed none
    # Said first, too, as Ctrl-C at a helper that hangs ends this function.
    __aws_switch_fail
    # What is captured is wanted by lines, here and below, whatever IFS the user has.
    set -l IFS \n
    set -l answer (__aws_switch_helper 2 __hook $__aws_switch_event </dev/null 2>/dev/null)
    if test "$answer[1]" = 'aws-switch 2' -a "$answer[-1]" = end
        set -g __aws_switch_pending $pending
        __aws_switch_apply $answer
    else
        set -g __aws_switch_left (builtin math "max(1, 2 * $__aws_switch_distance)")
        set -g __aws_switch_distance $__aws_switch_left
    end
    # A file that has changed meanwhile is seen at the next look.
    __aws_switch_look variables
    set -g __aws_switch_seen "$__aws_switch_place$__aws_switch_env"
    # While the shell starts the line waits for the prompt; in a command substitution, which moves
    # the shell itself, it goes without saying.
    if status is-command-substitution
        set -g __aws_switch_pending $pending
    else if test $__aws_switch_event != load
        __aws_switch_tell
    end
end

# Whether a question that had no answer is to be put again: after 1 look, 2, 4, and so on.
function __aws_switch_is_due
    set -g __aws_switch_left (builtin math $__aws_switch_left - 1)
    test $__aws_switch_left = 0
end

# Without an answer the profile stays, and the prompt shows it unchecked; said once.
function __aws_switch_fail
    set -l name (string replace -ar '[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]' '?' -- "$AWS_PROFILE")
    set -g __aws_switch_text
    test -n "$name"; and set -g __aws_switch_text "(aws:$name ?)"
    set -g AWS_SWITCH_SEGMENT $__aws_switch_text
    set -g __aws_switch_colour problem
    test -n "$name"; or set name unset
    test $__aws_switch_distance != 0
    or set -a __aws_switch_pending "aws-switch: the helper does not answer: AWS_PROFILE stays $name for now: if it stays so, start a new shell"
end

# Puts the segment into the prompt, or leaves the prompt to whoever draws one already.
function __aws_switch_prompt
    # Our fish_prompt says that it drew; silence means that another one has taken its place.
    set -eg __aws_switch_drawn; and return
    set -l body (builtin functions fish_prompt)
    string match -qr '__aws_switch_user_prompt|starship|_omp_|POSH_|_tide_' -- $body; and return
    if builtin functions -q __aws_switch_user_prompt
        # One that was put around ours, and did not come to draw it, would call itself once it is wrapped.
        fish_prompt >/dev/null 2>&1
        set -eg __aws_switch_drawn; and return
        builtin functions -e __aws_switch_user_prompt
    end
    builtin functions -c fish_prompt __aws_switch_user_prompt
    function fish_prompt
        # The user's own comes first of all, as it may show $status and $pipestatus, which `switch` leaves alone.
        switch "$AWS_PROFILE$AWS_SWITCH_SEGMENT"
            case ''
                __aws_switch_user_prompt $argv
                set -g __aws_switch_drawn
                return
        end
        # One line more, so that no line break is lost at the end.
        set -l IFS \n
        set -l drawn (__aws_switch_user_prompt $argv; builtin printf '\nend')
        set -e drawn[-1]
        set -g __aws_switch_drawn
        # Another function of this event may have set the profile that is drawn now.
        test "$AWS_PROFILE" = "$__aws_switch_profile"; or __aws_switch_follow
        if test -n "$AWS_SWITCH_SEGMENT" -a "$AWS_SWITCH_PROMPT" != off
            and test -n "$AWS_SWITCH_PROMPT" -o "$__aws_switch_setting_prompt" != off
            # Below the line breaks that a prompt may begin with, and what VS Code has put before them.
            while builtin contains -- "$drawn[1]" '' \e']633;A'\a; and set -q drawn[2]
                builtin echo "$drawn[1]"
                set -e drawn[1]
            end
            switch "$__aws_switch_colour"
                case protected
                    builtin set_color -o red
                case problem
                    builtin set_color yellow
                case plain
                    builtin set_color cyan
            end
            builtin printf '%s' $AWS_SWITCH_SEGMENT
            builtin set_color normal
            builtin printf ' '
        end
        builtin printf '%s' $drawn[1] \n$drawn[2..]
    end
end

# What a prompt runs.
function __aws_switch_hook
    set -q __aws_switch_until[1]; and __aws_switch_clock
    __aws_switch_follow
    set -g __aws_switch_event change
    set -q __aws_switch_pending[1]; and __aws_switch_tell
    __aws_switch_prompt
end

# The command. What must change this shell is answered and assigned; all else passes through.
function aws-switch
    set -l through
    set -l known variables
    for word in $argv
        switch $word
            case --
                break
            case pin auto
                set known
            case -h --help -V --version
                set through yes
        end
    end
    switch "$argv[1]"
        case list show current resolve whoami exec login configure doctor init setup completions man
            set through yes
    end
    # Without a word a profile is picked, where the terminal is there for it.
    if not builtin count $argv >/dev/null
        test -t 0 -a -t 1 -a -t 2 -a "$TERM" != dumb; or set through yes
    end
    if test -n "$through"
        # What of the integration is in place.
        set -l loaded
        builtin functions -q __aws_switch_prompted; and set -a loaded prompt
        builtin functions -q __aws_switch_moved; and set -a loaded cd pushd popd
        set -lx __AWS_SWITCH_LOADED 2 fish $loaded
        __aws_switch_helper '' $argv
        return
    end
    set -l IFS \n
    set -l answer (__aws_switch_helper 2 $argv)
    set -l result $status
    if test "$answer[1]" = 'aws-switch 2' -a "$answer[-1]" = end
        __aws_switch_apply $answer; or set result 1
        # What was looked at last still holds, but where the command is for the place itself.
        __aws_switch_look $known
        set -g __aws_switch_seen "$__aws_switch_place$__aws_switch_env"
        test "$__aws_switch_place" = "$__aws_switch_noticed"; or set -g __aws_switch_noticed none
        __aws_switch_tell
    else if test $result = 0
        builtin printf 'aws-switch: the helper does not answer: nothing is switched: start a new shell\n' >&2
        set result 1
    end
    return $result
end

# What Tab asks for: the helper names the candidates, and fish quotes them as the line wants.
function __aws_switch_complete
    set -l IFS \n
    set -l words (builtin commandline -opc; builtin commandline -ct)
    # What the word says so far: a quote may be open, or a backslash at its end.
    set -l typed "$words[-1]"
    set -e words[-1]
    if string match -rq '[^a-zA-Z0-9_.:/@-]' -- $typed
        set -l token (string replace -r '(?<!\\\\)((\\\\\\\\)*)\\\\$' '$1' -- $typed)
        set typed (string unescape -- $token; or string unescape -- $token\'; or string unescape -- $token\")
    end
    # There may be thousands of candidates: `read` takes them faster than a command substitution, and
    # `complete` has them from the variable, which follows what is printed here: for words an empty one.
    set -gu __aws_switch_words ''
    # fish would find what has been typed in a description too, and put in a name that is unlike it.
    __aws_switch_helper 2 __complete --match within -- $words[2..] "$typed" </dev/null 2>/dev/null | read -gz -d \n -a __aws_switch_words
    set -l kind "$__aws_switch_words[1]"
    if test "$kind" = 'aws-switch 2 words'
        # The last is what follows the last line break.
        set -eg __aws_switch_words[1 -1]
        builtin echo
        return
    end
    set -g __aws_switch_words ''
    switch $kind
        case 'aws-switch 2 files'
            __fish_complete_path (builtin commandline -ct)
        case 'aws-switch 2 folders'
            __fish_complete_directories (builtin commandline -ct)
        case 'aws-switch 2 command'
            __aws_switch_command
    end
end

# Completes the command after the first -- as fish would if nothing stood before it.
function __aws_switch_command
    set -l line (builtin commandline -cp | string collect)
    builtin complete -C (string replace -r '(?s)^.*?\s--\s+' '' -- "$line" | string collect)
end

# Hooks into an interactive shell; done twice is done once.
function __aws_switch_load
    # What a change of folder runs.
    function __aws_switch_moved --on-variable PWD
        __aws_switch_follow
    end
    function __aws_switch_prompted --on-event fish_prompt
        __aws_switch_hook
    end
    # What a command line runs before it: a choice whose time is up ends first.
    function __aws_switch_before --on-event fish_preexec
        # Whoever shows, edits or saves the prompt is to find the user's own.
        switch "$argv"
            case '*func*fish_prompt*' '*fish_config*'
                if builtin functions fish_prompt | string match -q '*__aws_switch_user_prompt*'
                    builtin functions -e fish_prompt
                    builtin functions -c __aws_switch_user_prompt fish_prompt
                    builtin functions -e __aws_switch_user_prompt
                    set -eg __aws_switch_drawn
                end
        end
        set -q __aws_switch_until[1]; or return 0
        __aws_switch_clock
        __aws_switch_follow
    end
    builtin complete -c aws-switch -f -k -a '(__aws_switch_complete)$__aws_switch_words'
    __aws_switch_moved
end

set -g __aws_switch_event load
if status is-interactive
    __aws_switch_load
end
