# A helper that is not on PATH, and settings of the file: what `aws-switch init` assigns before the script.
. (Join-Path $PSScriptRoot 'common.ps1')
Write-Profile work, dev
$project = (New-Item -ItemType Directory -Path "$scratch/project").FullName
Write-Text "$project/.awsprofile" 'work'
$env:PATH = $env:PATH.Substring($bin.Length + 1)
Write-Text "$env:APPDATA/aws-switch/settings.ini" "auto = off`r`nprompt = off`r`n"
$script = & $helper init powershell | Out-String
Check 'the file is among what is assigned' $script -Match '(?m)^\$__aws_switch_setting_auto = ''off'''
# In a scope of its own, as a profile that loads other files does.
function Import-There {
    # With -WhatIf and -Confirm preferences, and verbose ones.
    $WhatIfPreference = $true
    $ConfirmPreference = 'Low'
    Invoke-Expression $script
    @(Get-Variable -Name '__aws*' -Scope 0).Count
}
$global:PSDefaultParameterValues = @{ '*:Verbose' = $true }
$seen = Import-There 4>&1
$global:PSDefaultParameterValues = @{}
Check 'nothing stays in that scope either, and nothing is said' "$seen" 0
$thrown = try { & $helper env nobody --format powershell 2>$null | Out-String | Invoke-Expression } catch { "$_" }
Check 'what env prints after an error throws' $thrown 'aws-switch env failed with status 3'
Set-Location -LiteralPath $project
Check 'auto = off of the file' (Get-Env AWS_PROFILE) none
aws-switch dev
Check 'the helper is found where it is' $env:AWS_PROFILE dev
Check 'prompt = off of the file' (Show-Prompt) -Match '\APS '
$global:AWS_SWITCH_PROMPT = 'on'
Check 'a variable overrides it' (Show-Prompt) -Match '\A\(aws:dev\) PS '
$global:AWS_SWITCH_AUTO = 'on'
Check 'not exported, too' "$(Show-Prompt)$env:AWS_PROFILE" "$(Show-Prompt)work"
$global:AWS_SWITCH_NOTICES = 'off'
Check 'and the helper sees it' (Get-Notice { Set-Location -LiteralPath $scratch; $null = Show-Prompt }) ''
Remove-Variable -Scope Global -Name AWS_SWITCH_NOTICES, AWS_SWITCH_AUTO
$env:AWS_SWITCH_AUTO = 'on'
Check 'exported, it stays as it was' "$(Enter-Directory $project)$env:AWS_PROFILE $env:AWS_SWITCH_AUTO" 'work on'
Exit-Script
