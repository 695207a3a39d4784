# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_aws_switch_global_optspecs
    string join \n unset region= for= yes login h/help V/version
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

complete -c aws-switch -n "__fish_aws_switch_needs_command" -l region -d 'Set AWS_REGION and AWS_DEFAULT_REGION too, until the next switch' -r
complete -c aws-switch -n "__fish_aws_switch_needs_command" -l for -d 'Switch back after this time, such as 30m, 1h30m or 2d (7d at most)' -r
complete -c aws-switch -n "__fish_aws_switch_needs_command" -l unset -d 'No profile: remove AWS_PROFILE'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -l yes -d 'Do not ask before a switch to a protected profile'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -l login -d 'Log in first, where the profile needs that'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -s V -l version -d 'Print version'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "use" -d 'Switch to a profile that is named like a command, or begins with \'-\' (after --)'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "list" -d 'List every profile'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "show" -d 'Show one profile in full, secrets masked'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "current" -d 'Say which profile commands run under now, and why'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "resolve" -d 'Say which .awsprofile governs a folder, and whether it is in force'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "whoami" -d 'Ask AWS who commands run as: account, ARN and user id'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "exec" -d 'Run one command under a profile; this shell stays as it is'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "login" -d 'Log in to IAM Identity Center, or with `aws login`, where the profile needs that'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "configure" -d 'Make or change a profile with `aws configure`, then tell what is wrong with it'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "auto" -d 'Put the folder\'s profile in force again (on), or pause following folders in this shell (off)'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "pin" -d 'Write .awsprofile in this folder, and trust it'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "allow" -d 'Trust a .awsprofile, with the content that it has now'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "deny" -d 'Never follow a .awsprofile, whatever its content'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "doctor" -d 'Tell every fault that it finds, with file, line and what to do about it'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "init" -d 'Print the shell integration'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "setup" -d 'Load the integration in every new shell: adds a marked block to the shells\' start-up files'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "completions" -d 'Print completions of commands and options, for packagers'
complete -c aws-switch -n "__fish_aws_switch_needs_command" -f -a "man" -d 'Print the manual page, for `man -l -` and for packagers'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand use" -l region -d 'Set AWS_REGION and AWS_DEFAULT_REGION too, until the next switch' -r
complete -c aws-switch -n "__fish_aws_switch_using_subcommand use" -l for -d 'Switch back after this time, such as 30m, 1h30m or 2d (7d at most)' -r
complete -c aws-switch -n "__fish_aws_switch_using_subcommand use" -l yes -d 'Do not ask before a switch to a protected profile'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand use" -l login -d 'Log in first, where the profile needs that'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand use" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand list" -l json -d 'Print JSON'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand list" -l names -d 'Print the names alone, one a line'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand list" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand show" -l json -d 'Print JSON'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand show" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand current" -l json -d 'Print JSON'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand current" -l name -d 'Print the name alone'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand current" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand resolve" -l json -d 'Print JSON'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand resolve" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand whoami" -l timeout -d 'How long to wait for an answer [default: 10, or 60 for a role with an mfa_serial]' -r
complete -c aws-switch -n "__fish_aws_switch_using_subcommand whoami" -l json -d 'Print JSON'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand whoami" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand exec" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand login" -l force -d 'Log in even if the session is still good'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand login" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand configure" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand auto" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand pin" -l remove -d 'Remove .awsprofile instead'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand pin" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand allow" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand deny" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand doctor" -l json -d 'Print JSON'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand setup" -l shell -d 'This shell only [default: every one that is installed]' -r -f -a "bash\t'bash 3.2 and later'
zsh\t'zsh 5.8 and later'
fish\t'fish 3.6 and later'
powershell\t'Windows PowerShell 5.1 and PowerShell 7'"
complete -c aws-switch -n "__fish_aws_switch_using_subcommand setup" -l undo -d 'Take the block out again'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand setup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c aws-switch -n "__fish_aws_switch_using_subcommand man" -s h -l help -d 'Print help'
