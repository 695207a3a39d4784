# The profile of the shell that tests/windows/typed types into: a home of its own, and the integration.
. (Join-Path $PSScriptRoot '../powershell/common.ps1')
Set-StrictMode -Off
$ErrorActionPreference = 'Continue'
Write-Profile work, 'two words', "it's"
$project = (New-Item -ItemType Directory -Path "$scratch/project").FullName
Write-Text "$project/.awsprofile" 'work'
Set-Location -LiteralPath $scratch

# Tells the other side a value, on the next line of the file that it reads.
function tell { [IO.File]::AppendAllText("$scratch/told", "$args`n") }

function show { tell "<$((prompt 6>&1) -join '')>" }
function profile { tell "<$env:AWS_PROFILE>" }

Import-Integration
# A tool that comes later and knows nothing of ours.
function prompt { tell "prompt $? $LASTEXITCODE"; 'later> ' }
$global:LASTEXITCODE = 0
