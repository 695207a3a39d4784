# Loading: what it leaves in the session, and where and how often it may be done.
. (Join-Path $PSScriptRoot 'common.ps1')
Write-Profile work, dev
$project = (New-Item -ItemType Directory -Path "$scratch/project").FullName
Write-Text "$project/.awsprofile" 'work'
Set-Location -LiteralPath $project
$null = & $helper --version
$global:LASTEXITCODE = 0
# Functions shadow every cmdlet that is used, and all preferences are verbose.
foreach ($name in 'Get-Module', 'Remove-Item', 'Write-Host', 'Get-Variable', 'Select-Object', 'Where-Object', 'New-Module') {
    Set-Item -Path "Function:global:$name" -Value { throw 'not me' }
}
foreach ($name in 'VerbosePreference', 'DebugPreference', 'WarningPreference') { Set-Variable -Scope Global -Name $name -Value Continue }
$global:ErrorActionPreference = 'Stop'

$names = { Get-ChildItem -Path Variable:, Function:, Alias: | ForEach-Object { "$($_.PSPath)" -replace '\A.*::' } | Sort-Object -Unique }
$script = & $helper init powershell | Out-String
$seen = $before = $after = $null
$before = & $names
$seen = Invoke-Expression $script *>&1
$after = & $names
Check 'loads in silence' "<$seen>" '<>'
Check 'leaves one function and one variable' (@($after | Microsoft.PowerShell.Core\Where-Object { $before -notcontains $_ }) -join ' ') 'AWS_SWITCH_SEGMENT aws-switch'
Check 'no private command' (@(Get-Command -Name '*__aws_switch*' -ErrorAction Ignore).Count) 0
Check 'no job, no event for all to see' "$(@(Get-Job).Count) $(@(Get-EventSubscriber).Count)" '0 0'
Check 'the directory profile is active at once' $env:AWS_PROFILE work
Check 'its line follows at the first prompt' (Get-Notice { $null = Show-Prompt }) -Match '\Aaws-switch: work is active \(.*\.awsprofile\)\z'
Check 'and never again' (Get-Notice { $null = Show-Prompt }) ''
$env:AWS_PROFILE = 'dev'
$null = Show-Prompt

$prompt = "$function:prompt"
Check 'a second time in silence' "<$(Invoke-Expression $script *>&1)>" '<>'
Check 'with the same prompt' ([string]::Equals("$function:prompt", $prompt))
Check 'and the segment once' ((Show-Prompt) -replace 'PS .*', '') '(aws:dev) '
aws-switch work
Check 'and the function works' $env:AWS_PROFILE work
Check 'and the helper is not asked twice' (Get-Notice { Set-Location -LiteralPath $scratch; Set-Location -LiteralPath $project }) ''
Check 'no variable of init stays' (@(Microsoft.PowerShell.Utility\Get-Variable -Name '__aws*').Count) 0
Check 'no error is left in $Error' "$($Error -join '|')" ''
if ($isCore) {
    $action = $ExecutionContext.SessionState.InvokeCommand.LocationChangedAction
    Check 'one hook on directories' $action.GetInvocationList().Count 1
}

# As a company's machine may have it.
$restricted = [PowerShell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
$restricted.Runspace.SessionStateProxy.LanguageMode = 'ConstrainedLanguage'
$null = $restricted.AddScript($script).Invoke()
Check 'where .NET may not be called there is one warning' "$($restricted.Streams.Warning)" -Match '\Aaws-switch: not loaded: .*ConstrainedLanguage'
Check 'and nothing else is said' "$($restricted.Streams.Error)$($restricted.Runspace.SessionStateProxy.GetVariable('Error'))" ''

# A shell that is not interactive gets only the function. Its command line decides whether it is.
$is = { & (Microsoft.PowerShell.Core\Get-Module aws-switch) { __aws_switch_is_interactive $args } @args }
foreach ($words in @(
        @(), @('-NoLogo'), @('-NoProfile', '-NoExit', '-File', 'x.ps1'), @('-noe', '-c', 'x'), @('-WorkingDirectory', '~'), @('-wd', 'x', '-nol'), @('-ExecutionPolicy', 'Bypass'),
        @('-ep', 'Bypass', '-NoLogo'), @('-Login'), @('-Interactive'), @('-ConfigurationName', 'x'), @('-CustomPipeName', 'x'), @('-Version', '5.1'), @('-WindowStyle', 'Hidden'), @('-NoExit', 'x.ps1')
    )) {
    Check "interactive: pwsh $words" (& $is @words)
}
foreach ($words in @(
        @('x.ps1'), @('/home/x/y.ps1'), @('-File', 'x.ps1'), @('-f', 'x'), @('-c', 'x'), @('-com', 'x'), @('/Command', 'x'), @('--command', 'x'), @('-NoProfile', '-Command', '-NoExit'.Substring(0, 1)),
        @('-EncodedCommand', 'eA=='), @('-e', 'eA=='), @('-ec', 'eA=='), @('-NonInteractive'), @('-noni'), @('-ep', 'Bypass', 'x.ps1'), @('-wd', 'x', '-c', 'y'), @('-cwa', 'x', 'y'), @('-')
    )) {
    Check "not interactive: pwsh $words" (& $is @words) $false
}
Exit-Script
