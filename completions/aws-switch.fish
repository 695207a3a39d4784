# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_aws_switch_global_optspecs
    string join \n u/unset i/pick= r/region= f/for= y/yes l/login h/help V/version
end

function __fish_aws_switch_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_aws_switch_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_aws_switch_using_subcommand
    set -l cmd (__fish_aws_switch_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c aws-switch -n "__fish_aws_switch_needs_command" -s i -l pick -d 'Pick a profile from a list; start with this query' -r
complete -c aws-switch -n "__fish_aws_switch_needs_command" -s r -l region -d 'Use this region too, until the next switch' -r
complete -c aws-switch -n "__fish_aws_switch_needs_command" -s f -l for -d 'Switch back after this time, such as 30m, 1h30m or 2d (7d at most)' -r
complete -c aws-switch -n "__fish_aws_switch_needs_command" -s u -l unset -d 'Switch to no profile: unset AWS_PROFILE'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -s y -l yes -d 'Switch to a protected profile without asking'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -s l -l login -d 'Log in first, if the profile needs it'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -s V -l version -d 'Print version'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "use" -d 'Switch to a profile named like a command, or beginning with \'-\''
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "list" -d 'List all profiles'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "ls" -d 'List all profiles'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "show" -d 'Show one profile in full, secrets masked'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "current" -d 'Show the active profile and where it comes from'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "resolve" -d 'Show which .awsprofile applies to a directory, and whether it is active'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "whoami" -d 'Ask AWS who you are: account, ARN and user id'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "exec" -d 'Run one command under a profile, without switching this shell'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "env" -d 'Print the variables of a profile, for processes without the shell integration'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "login" -d 'Log in with \'aws sso login\' or \'aws login\', if the profile needs it'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "configure" -d 'Create or change a profile with \'aws configure\', then check it'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "auto" -d 'Activate the directory profile again, or pause directory profiles in this shell'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "pin" -d 'Write .awsprofile in this directory, and trust it'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "allow" -d 'Trust a .awsprofile with its present content'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "deny" -d 'Ignore a .awsprofile, whatever its content'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "doctor" -d 'Report every problem, with file, line and fix'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "init" -d 'Print the shell integration, for a line in a start-up file'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "setup" -d 'Load the shell integration in every new shell'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "completions" -d 'Print completions of commands and options, for packagers'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "man" -d 'Print the manual page'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "help" -d 'Show this help, or the help of a command'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand use" -s r -l region -d 'Use this region too, until the next switch' -r
complete -c aws-switch -n "__fish_aws_switch_using_subcommand use" -s f -l for -d 'Switch back after this time, such as 30m, 1h30m or 2d (7d at most)' -r
complete -c aws-switch -n "__fish_aws_switch_using_subcommand use" -s y -l yes -d 'Switch to a protected profile without asking'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand use" -s l -l login -d 'Log in first, if the profile needs it'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand use" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand list" -l json -d 'Print JSON'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand list" -l names -d 'Print only the names, one per line'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand list" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand ls" -l json -d 'Print JSON'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand ls" -l names -d 'Print only the names, one per line'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand ls" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand show" -l json -d 'Print JSON'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand show" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand current" -l json -d 'Print JSON'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand current" -l name -d 'Print only the name'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand current" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand resolve" -l json -d 'Print JSON'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand resolve" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand whoami" -l timeout -d 'Wait this long for an answer [default: 10, or 60 for a profile with mfa_serial]' -r
complete -c aws-switch -n "__fish_aws_switch_using_subcommand whoami" -l json -d 'Print JSON'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand whoami" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand exec" -l here -d 'Use the profile of the .awsprofile that applies here'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand exec" -l check -d 'Ask AWS first, and run the command only in the expected account'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand exec" -s y -l yes -d 'Run it under a protected profile without asking'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand exec" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand env" -l format -d 'Print them in this form' -r -f -a "sh\t'For eval in sh, bash and zsh'
fish\t'For source in fish'
powershell\t'For Invoke-Expression'
json\t'An object of variables'
dotenv\t'NAME=VALUE lines, for a file'"
complete -c aws-switch -n "__fish_aws_switch_using_subcommand env" -l here -d 'Use the profile of the .awsprofile that applies here'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand env" -s y -l yes -d 'Print those of a protected profile without asking'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand env" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand login" -l force -d 'Log in even if the session is still valid'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand login" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand configure" -l sso -d 'Run \'aws configure sso\' [default: if the profile has SSO settings]'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand configure" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand auto" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand pin" -s r -l region -d 'Write this region too' -r
complete -c aws-switch -n "__fish_aws_switch_using_subcommand pin" -l account -d 'Write the account of the profile too, so that the file is ignored if the profile belongs to another'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand pin" -l remove -d 'Remove .awsprofile instead'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand pin" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand allow" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand deny" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand doctor" -l json -d 'Print JSON'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand init" -l cmd -d 'Define NAME as a second name for aws-switch, such as \'asw\'' -r
complete -c aws-switch -n "__fish_aws_switch_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand setup" -l shell -d 'Set up only this shell [default: every installed one]' -r -f -a "bash\t'bash 3.2 and later'
zsh\t'zsh 5.8 and later'
fish\t'fish 3.6 and later'
powershell\t'Windows PowerShell 5.1 and PowerShell 7'"
complete -c aws-switch -n "__fish_aws_switch_using_subcommand setup" -l undo -d 'Remove what setup added'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand setup" -l dry-run -d 'Only print which files would change'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand setup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand man" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand help" -s h -l help -d 'Print help'
