# Not interactive: tests/windows/run starts this one without -NoExit. Only the function is there, and it works.
. (Join-Path $PSScriptRoot 'common.ps1')
Write-Profile work, dev
$project = (New-Item -ItemType Directory -Path "$scratch/project").FullName
Write-Text "$project/.awsprofile" 'work'
Set-Location -LiteralPath $project
$prompt = "$function:prompt"
Check 'loads in silence' "<$(Import-Integration *>&1)>" '<>'
Check 'the file is not followed' (Get-Env AWS_PROFILE) none
Check 'the prompt is as it was' ([string]::Equals("$function:prompt", $prompt))
if ($isCore) { Check 'no hook on directories' ($null -eq $ExecutionContext.SessionState.InvokeCommand.LocationChangedAction) }
Check 'nothing is completed' (@((TabExpansion2 'aws-switch wo' 13).CompletionMatches | Where-Object ListItemText -eq work).Count) 0
Set-Location -LiteralPath $scratch
aws-switch dev
Check 'the function switches' $env:AWS_PROFILE dev
Check 'and lists' ((aws-switch list --names) -join ' ') 'work dev'
aws-switch work --for 1s
Start-Sleep -Seconds 2
$null = Get-Location
Check 'a --for ends before the next command' $env:AWS_PROFILE dev
Exit-Script
