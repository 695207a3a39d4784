# The module for the PowerShell Gallery: its manifest, and what importing it does.
. (Join-Path $PSScriptRoot 'common.ps1')
Write-Profile work, dev
$project = (New-Item -ItemType Directory -Path "$scratch/project").FullName
Write-Text "$project/.awsprofile" 'work'
Set-Location -LiteralPath $scratch
$source = Join-Path $PSScriptRoot '../../packaging/powershell'
# Windows reads a path of Wine's as well.
$manifest = (Get-Item -LiteralPath (Join-Path $source 'aws-switch/aws-switch.psd1')).FullName
$tested = Test-ModuleManifest -Path $manifest
Check 'the manifest is sound' "$($tested.Name) $($tested.PowerShellVersion)" 'aws-switch 5.1'
Check 'it exports nothing itself' $tested.ExportedCommands.Count 0
Check 'its version is the helper''s' "aws-switch $($tested.Version)" (& $helper --version)

# Installed in a directory of the module path, with spaces in it.
$modules = Join-Path $scratch "it's a module path"
Copy-Item -LiteralPath $source -Destination $modules -Recurse
$env:PSModulePath = $modules + [IO.Path]::PathSeparator + $env:PSModulePath

$real = Join-Path $scratch (Split-Path -Leaf $helper)
Move-Item -LiteralPath $helper -Destination $real
Check 'without the helper nothing is said' "<$(Import-Module aws-switch *>&1)>" '<>'
Check 'and no function made' (@(Get-Command -Name aws-switch -ErrorAction Ignore).Count) 0
Remove-Module aws-switch
Move-Item -LiteralPath $real -Destination $helper

Check 'it is imported in silence' "<$(Import-Module aws-switch *>&1)>" '<>'
Check 'it brings the function' (Get-Command -Name aws-switch).CommandType 'Function'
aws-switch work
Check 'which switches' $env:AWS_PROFILE work
Check 'and shows it in the prompt' ((Show-Prompt) -replace 'PS .*', '') '(aws:work) '
Check 'and completes' ((TabExpansion2 'aws-switch wo' 13).CompletionMatches.CompletionText -join ' ') 'work'
Check 'a second time in silence' "<$(Import-Module aws-switch *>&1)>" '<>'
Check 'with one prompt' ((Show-Prompt) -replace 'PS .*', '') '(aws:work) '

# A job, or another runspace, may be given the functions without the module.
$functions = & (Get-Module -Name aws-switch | Where-Object { $_.Path -notlike "$modules*" }) { Get-ChildItem -Path Function:*aws*switch* }
foreach ($given in @($functions | Where-Object Name -eq 'aws-switch'), $functions) {
    $definitions = @($given | ForEach-Object { "function $($_.Name) {$($_.Definition)}" }) -join "`n"
    foreach ($line in 'aws-switch dev', 'aws-switch --unset') {
        $env:AWS_ACCESS_KEY_ID = 'key'
        $other = [PowerShell]::Create().AddScript("$definitions`n$line`n`"status `$LASTEXITCODE`"")
        Check "functions alone: $line fails" "$($other.Invoke())" 'status 1'
        Check "functions alone: $line reports that, in one line" ($other.Streams.Error -join '|') -Match '\Aaws-switch: error: cannot switch this shell: the shell integration is not loaded[^|]+\z'
        Check "functions alone: $line changes nothing" "$env:AWS_PROFILE $env:AWS_ACCESS_KEY_ID" 'work key'
        $env:AWS_ACCESS_KEY_ID = $null
    }
    $other = [PowerShell]::Create().AddScript("$definitions`naws-switch list --names")
    Check 'functions alone: a query is answered' "$($other.Invoke())" 'work dev'
}

Check 'no private name is left' (@(Get-Command -Name '*__aws_switch*' -ErrorAction Ignore).Count + @(Get-Variable -Name '__aws*').Count) 0
Check 'by force, too' "<$(Import-Module aws-switch -Force *>&1)>" '<>'

# An environment keeps a copy of ours, and may outlive the module.
Copy-Item -Path Function:prompt -Destination Function:global:kept_prompt
function global:prompt { "(venv) $(kept_prompt)" }
Check 'it is removed in silence' "<$(Remove-Module aws-switch *>&1)>" '<>'
Check 'with its function and its variable' "$(Test-Path Function:aws-switch) $(Test-Path Variable:AWS_SWITCH_SEGMENT)" 'False False'
Check 'from under a prompt that calls ours' (Show-Prompt) -Match '\A\(venv\) PS '
$env:AWS_PROFILE = 'dev'
Set-Location -LiteralPath $project
Check 'which follows no file' "$(Show-Prompt)$env:AWS_PROFILE" -Match 'dev\z'
if ($isCore) { Check 'nor does the shell' $ExecutionContext.SessionState.InvokeCommand.LocationChangedAction '' }
Remove-Item -Path Function:prompt
function global:prompt { 'mine> ' }
Import-Module aws-switch
Check 'imported anew it follows' "$(Set-Location -LiteralPath $scratch; Set-Location -LiteralPath $project; Show-Prompt)" '(aws:work) mine> '
Remove-Module aws-switch
Check 'and the prompt is given back' "$function:prompt".Trim() "'mine> '"
Check 'no error is left in $Error' "$($Error -join '|')" ''
Exit-Script
