# The profile of the shell that tests/windows/typed types into: a home of its own, and the integration.
. (Join-Path $PSScriptRoot '../powershell/common.ps1')
Set-StrictMode -Off
$ErrorActionPreference = 'Continue'
Write-Profile work, 'two words', "it's"
$project = (New-Item -ItemType Directory -Path "$scratch/project").FullName
Write-Text "$project/.awsprofile" 'work'
Set-Location -LiteralPath $scratch

# Reports a value to tests/windows/typed, as the next line of the file that it reads.
function report { [IO.File]::AppendAllText("$scratch/reports", "$args`n") }

function show { report "<$((prompt 6>&1) -join '')>" }
function profile { report "<$env:AWS_PROFILE>" }

Import-Integration
# A tool that is loaded later and replaces our prompt.
function prompt { report "prompt $? $LASTEXITCODE"; 'later> ' }
$global:LASTEXITCODE = 0
