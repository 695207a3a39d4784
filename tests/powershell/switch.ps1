# A choice by hand: the variables, the messages, the exit statuses.
. (Join-Path $PSScriptRoot 'common.ps1')
Set-Profiles work, dev, 007, '012345678901', "it's"
Check 'loads in silence' "[$(Import-Integration *>&1)]" '[]'
aws-switch work
Check 'switch sets AWS_PROFILE' $env:AWS_PROFILE work
Check 'switch has status 0' "$? $LASTEXITCODE" 'True 0'
aws-switch dev
aws-switch -
Check 'a dash swaps' $env:AWS_PROFILE work
aws-switch 012345678901
Check 'a number stays as it was typed' $env:AWS_PROFILE 012345678901
aws-switch nosuch
Check 'unknown status' "$? $LASTEXITCODE" 'False 3'
Check 'unknown changes nothing' $env:AWS_PROFILE '012345678901'
aws-switch --unset
Check 'unset removes' (Test-Path Env:AWS_PROFILE) $false
"[$($Error -join '|')]"
aws-switch list --json | ConvertFrom-Json | % { $_.profiles.name }
aws-switch list
aws-switch --version
aws-switch -V
aws-switch use -- "it's"
$env:AWS_PROFILE
Exit-Tests
