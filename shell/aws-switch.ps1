# aws-switch for Windows PowerShell 5.1 and PowerShell 7.
#
# What the helper answers is data: it is compared and assigned here, never evaluated.
# A module keeps private names private; full names of cmdlets reach past aliases and functions of
# the same name. Only ASCII stands here: Windows PowerShell would misread anything else.

Microsoft.PowerShell.Core\New-Module -Name aws-switch -ArgumentList @(
    # What `aws-switch init` assigned, and what this shell remembers if this file is loaded again.
    Microsoft.PowerShell.Utility\Get-Variable -Name __aws_switch_program, __aws_switch_setting_* -ErrorAction Ignore
    Microsoft.PowerShell.Core\Get-Module -Name aws-switch | Microsoft.PowerShell.Core\ForEach-Object {
        & $_ {
            Microsoft.PowerShell.Utility\Get-Variable -Scope Script -ErrorAction Ignore -Name @(
                '__aws_switch_auto', '__aws_switch_pending', '__aws_switch_noticed', '__aws_switch_seen'
            )
        }
    }
) -ScriptBlock {
    $__aws_switch_program = 'aws-switch'
    $__aws_switch_setting_auto = ''
    $__aws_switch_setting_prompt = ''
    $__aws_switch_auto = ''                # on or off, once `aws-switch auto` said so in this shell
    $__aws_switch_pending = @()            # lines kept for the next prompt
    $__aws_switch_noticed = ''             # the place whose refusal has been told
    $__aws_switch_seen = "`n`n`n`n`n"      # place and variables at the last question: nothing yet
    foreach ($given in $args) {
        Microsoft.PowerShell.Utility\Set-Variable -Name $given.Name -Value $given.Value
    }
    $__aws_switch_place = ''
    $__aws_switch_env = ''
    $__aws_switch_event = 'load'
    $__aws_switch_colour = ''
    $__aws_switch_status = 0
    $__aws_switch_prompts = @()            # the prompt functions that ours was put before
    $__aws_switch_depth = 0                # how many of them are drawing
    $__aws_switch_drawn = 0                # the command line that ours was last drawn for

    # What the user prefers for scripts would have a helper that fails, or says a word on stderr,
    # end ours. In every version programs then take a command line as it was quoted here.
    $ErrorActionPreference = 'Continue'
    $PSNativeCommandUseErrorActionPreference = $false
    $PSNativeCommandArgumentPassing = 'Legacy'

    # The value of a setting's variable, exported or not.
    function __aws_switch_setting([string] $name) {
        $value = [Environment]::GetEnvironmentVariable($name)
        if (-not $value) { $value = $ExecutionContext.SessionState.PSVariable.GetValue("global:$name", '') }
        [string] $value
    }

    # Sets or removes an environment variable.
    function __aws_switch_export([string] $name, [string] $value) {
        if ($value) {
            [Environment]::SetEnvironmentVariable($name, $value)
        } else {
            Microsoft.PowerShell.Management\Remove-Item -LiteralPath "Env:$name" -ErrorAction Ignore
        }
    }

    # Runs the helper, under the settings of this shell, exported or not. With a protocol it gives
    # the answer and leaves the status in __aws_switch_status; without one, what it prints is
    # printed, and the status is in LASTEXITCODE.
    function __aws_switch_helper([string] $wire, [string[]] $words, [switch] $quietly, [object[]] $piped) {
        $script:__aws_switch_status = 127
        $program = $ExecutionContext.InvokeCommand.GetCommand($script:__aws_switch_program, 'Application')
        if (-not $program) { return }
        $path = $ExecutionContext.SessionState.Path
        $variables = @{
            __AWS_SWITCH_WIRE = $wire
            __AWS_SWITCH_AUTO = $script:__aws_switch_auto
            PWD = $path.CurrentFileSystemLocation.ProviderPath
        }
        # In the registry, say, no folder governs.
        if ($path.CurrentLocation.Provider.Name -ne 'FileSystem') { $variables.__AWS_SWITCH_AUTO = 'off' }
        foreach ($name in 'AUTO', 'PROMPT', 'NOTICES', 'PROTECT', 'CONFIRM') {
            $variables["AWS_SWITCH_$name"] = __aws_switch_setting "AWS_SWITCH_$name"
        }
        # As the C runtime reads a command line, and so every program of ours on any platform.
        $quoted = foreach ($word in $words) {
            '"' + ($word -replace '(\\*)"', '$1$1\"' -replace '(\\+)\z', '$1$1') + '"'
        }
        $kept = @{}
        try {
            foreach ($name in $variables.Keys) {
                $kept[$name] = [Environment]::GetEnvironmentVariable($name)
                __aws_switch_export $name $variables[$name]
            }
            if ($wire) {
                __aws_switch_answer $program.Path ($quoted -join ' ') $variables.PWD $quietly
            } elseif ($null -ne $piped) {
                $piped | & $program $quoted
            } else {
                & $program $quoted
            }
        } finally {
            foreach ($name in $kept.Keys) { __aws_switch_export $name $kept[$name] }
        }
    }
    }
} | Microsoft.PowerShell.Core\Import-Module -Global -DisableNameChecking
