
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'aws-switch' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'aws-switch'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'aws-switch' {
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Pick a profile from a list; start with this query')
            [CompletionResult]::new('--pick', '--pick', [CompletionResultType]::ParameterName, 'Pick a profile from a list; start with this query')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Use this region too, until the next switch')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Use this region too, until the next switch')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Switch back after this time, such as 30m, 1h30m or 2d (7d at most)')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Switch back after this time, such as 30m, 1h30m or 2d (7d at most)')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Switch to no profile: unset AWS_PROFILE')
            [CompletionResult]::new('--unset', '--unset', [CompletionResultType]::ParameterName, 'Switch to no profile: unset AWS_PROFILE')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Switch to a protected profile without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Switch to a protected profile without asking')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Log in first, if the profile needs it')
            [CompletionResult]::new('--login', '--login', [CompletionResultType]::ParameterName, 'Log in first, if the profile needs it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('use', 'use', [CompletionResultType]::ParameterValue, 'Switch to a profile named like a command, or beginning with ''-''')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all profiles')
            [CompletionResult]::new('ls', 'ls', [CompletionResultType]::ParameterValue, 'List all profiles')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one profile in full, secrets masked')
            [CompletionResult]::new('current', 'current', [CompletionResultType]::ParameterValue, 'Show the active profile and where it comes from')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'Show which .awsprofile applies to a directory, and whether it is active')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Ask AWS who you are: account, ARN and user id')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run one command under a profile, without switching this shell')
            [CompletionResult]::new('env', 'env', [CompletionResultType]::ParameterValue, 'Print the variables of a profile, for processes without the shell integration')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Log in with ''aws sso login'' or ''aws login'', if the profile needs it')
            [CompletionResult]::new('configure', 'configure', [CompletionResultType]::ParameterValue, 'Create or change a profile with ''aws configure'', then check it')
            [CompletionResult]::new('auto', 'auto', [CompletionResultType]::ParameterValue, 'Activate the directory profile again, or pause directory profiles in this shell')
            [CompletionResult]::new('pin', 'pin', [CompletionResultType]::ParameterValue, 'Write .awsprofile in this directory, and trust it')
            [CompletionResult]::new('allow', 'allow', [CompletionResultType]::ParameterValue, 'Trust a .awsprofile with its present content')
            [CompletionResult]::new('deny', 'deny', [CompletionResultType]::ParameterValue, 'Ignore a .awsprofile, whatever its content')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Report every problem, with file, line and fix')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Print the shell integration, for a line in a start-up file')
            [CompletionResult]::new('setup', 'setup', [CompletionResultType]::ParameterValue, 'Load the shell integration in every new shell')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print completions of commands and options, for packagers')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Show this help, or the help of a command')
            break
        }
        'aws-switch;use' {
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Use this region too, until the next switch')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Use this region too, until the next switch')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Switch back after this time, such as 30m, 1h30m or 2d (7d at most)')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Switch back after this time, such as 30m, 1h30m or 2d (7d at most)')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Switch to a protected profile without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Switch to a protected profile without asking')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Log in first, if the profile needs it')
            [CompletionResult]::new('--login', '--login', [CompletionResultType]::ParameterName, 'Log in first, if the profile needs it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'aws-switch;list' {
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--names', '--names', [CompletionResultType]::ParameterName, 'Print only the names, one per line')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'aws-switch;ls' {
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--names', '--names', [CompletionResultType]::ParameterName, 'Print only the names, one per line')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'aws-switch;show' {
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'aws-switch;current' {
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Print only the name')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'aws-switch;resolve' {
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'aws-switch;whoami' {
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait this long for an answer [default: 10, or 60 for a profile with mfa_serial]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'aws-switch;exec' {
            [CompletionResult]::new('--here', '--here', [CompletionResultType]::ParameterName, 'Use the profile of the .awsprofile that applies here')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Ask AWS first, and run the command only in the expected account')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Run it under a protected profile without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Run it under a protected profile without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'aws-switch;env' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print them in this form')
            [CompletionResult]::new('--here', '--here', [CompletionResultType]::ParameterName, 'Use the profile of the .awsprofile that applies here')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Print those of a protected profile without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Print those of a protected profile without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'aws-switch;login' {
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Log in even if the session is still valid')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'aws-switch;configure' {
            [CompletionResult]::new('--sso', '--sso', [CompletionResultType]::ParameterName, 'Run ''aws configure sso'' [default: if the profile has SSO settings]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'aws-switch;auto' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'aws-switch;pin' {
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Write this region too')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Write this region too')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Write the account of the profile too, so that the file is ignored if the profile belongs to another')
            [CompletionResult]::new('--remove', '--remove', [CompletionResultType]::ParameterName, 'Remove .awsprofile instead')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'aws-switch;allow' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'aws-switch;deny' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'aws-switch;doctor' {
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'aws-switch;init' {
            [CompletionResult]::new('--cmd', '--cmd', [CompletionResultType]::ParameterName, 'Define NAME as a second name for aws-switch, such as ''asw''')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'aws-switch;setup' {
            [CompletionResult]::new('--shell', '--shell', [CompletionResultType]::ParameterName, 'Set up only this shell [default: every installed one]')
            [CompletionResult]::new('--undo', '--undo', [CompletionResultType]::ParameterName, 'Remove what setup added')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only print which files would change')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'aws-switch;completions' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'aws-switch;man' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'aws-switch;help' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
