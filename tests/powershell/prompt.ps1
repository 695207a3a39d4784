# The prompt: what it shows, what it leaves alone, and that drawing it starts nothing.
. (Join-Path $PSScriptRoot 'common.ps1')
Write-Profile work, prod -Region us-east-1
$project = (New-Item -ItemType Directory -Path "$scratch/project").FullName
Write-Text "$project/.awsprofile" 'work'
Set-Location -LiteralPath $scratch

$global:drawn = @()
$global:failing = $null
$global:code = $null
function global:prompt {
    $global:failing = -not $?
    $global:code = $global:LASTEXITCODE
    $global:drawn += 'mine'
    '$ '
}
if ($isCore) {
    $global:moves = 0
    $session = $ExecutionContext.SessionState.InvokeCommand
    $session.LocationChangedAction = [EventHandler[Management.Automation.LocationChangedEventArgs]] { $global:moves++ }
}
Import-Integration

# A profile that activates a Python environment and changes the directory; the user deactivates it later.
Copy-Item -Path Function:prompt -Destination Function:global:kept_prompt
function global:prompt { "(venv) $(kept_prompt)" }
Set-Location -LiteralPath $project
Set-Location -LiteralPath $scratch
Check 'one that was put around ours before it was drawn' (Show-Prompt) '(venv) $ '
Copy-Item -Path Function:kept_prompt -Destination Function:global:prompt
Remove-Item -Path Function:kept_prompt
Check 'and that gives it back' (Show-Prompt) '$ '
Set-Location -LiteralPath $project
Check 'which draws the segment' (Show-Prompt) '(aws:work) $ '
Set-Location -LiteralPath $scratch

Check 'no profile, no segment' (Show-Prompt) '$ '
Check 'and an empty variable' "<$AWS_SWITCH_SEGMENT>" '<>'
aws-switch work
Check 'the profile' (Show-Prompt) '(aws:work) $ '
Check 'as a plain variable' "$AWS_SWITCH_SEGMENT $(Test-Path Env:AWS_SWITCH_SEGMENT)" '(aws:work) False'
$env:AWS_PROFILE = 'prod'
Check 'after an assignment' (Show-Prompt) '(aws:prod #) $ '
$env:AWS_REGION = 'eu-west-1'
Check 'with a region of another kind' (Show-Prompt) '(aws:prod@eu-west-1 #) $ '
Remove-Item Env:AWS_REGION
$env:AWS_PROFILE = 'nosuch'
Check 'one that does not exist' (Show-Prompt) '(aws:nosuch !) $ '
$env:AWS_PROFILE = 'work'
$env:AWS_ACCESS_KEY_ID = $env:AWS_SECRET_ACCESS_KEY = 'x'
Check 'overridden' (Show-Prompt) '(aws:work !) $ '
Remove-Item Env:AWS_ACCESS_KEY_ID, Env:AWS_SECRET_ACCESS_KEY
Check 'no longer' (Show-Prompt) '(aws:work) $ '
$env:AWS_PROFILE = "a$([char] 27)[31m`$(x)b"
Check 'nothing that steers a terminal' (Show-Prompt) '(aws:a\u{1b}[31m$(x)b !) $ '
Remove-Item Env:AWS_PROFILE
Check 'after Remove-Item' (Show-Prompt) '$ '

Remove-Item -Path Env:NO_COLOR
$colour = { param($name) aws-switch $name; (prompt 6>&1)[0].MessageData.ForegroundColor }
Check 'the colour of a plain one' (& $colour work) Cyan
Check 'of a protected one' (& $colour prod) Red
$env:AWS_PROFILE = 'nosuch'
Check 'of a problem' ((prompt 6>&1)[0].MessageData.ForegroundColor) Yellow
aws-switch work
$null = Show-Prompt

Set-Helper -Then
1..5 | ForEach-Object { $null = Show-Prompt }
if ($isCore) { Set-Location -LiteralPath $userHome; Set-Location -LiteralPath $scratch }
Check 'nothing changed, nothing started' (Get-StartCount) 0
& (Get-Module aws-switch) {
    __aws_switch_await 1
    __aws_switch_export __AWS_SWITCH_TEST $null
    __aws_switch_await 0
}
Check 'what assigns an answer asks for no other' (Get-StartCount) 0
Enter-Directory $project
$null = Show-Prompt
$null = Show-Prompt
Check 'one change, one start' (Get-StartCount) 1
Enter-Directory $scratch
$null = Show-Prompt
Check 'and one for the way back' (Get-StartCount) 2
Reset-Helper
aws-switch work
$null = Show-Prompt

$Error.Clear()
$global:LASTEXITCODE = 7
Get-Item -LiteralPath "$scratch/nosuch" -ErrorAction SilentlyContinue
$null = prompt 6>&1
Check 'the prompt sees that a command failed' $failing
Check 'and the status of a program' "$code $LASTEXITCODE" '7 7'
$null = Get-Item -LiteralPath $scratch
$null = prompt 6>&1
Check 'and that one succeeded' $failing $false
$encoding = [Console]::OutputEncoding
Enter-Directory $project
$null = Show-Prompt
Enter-Directory $scratch
$null = Show-Prompt
Check 'a changed directory leaves the status alone' $LASTEXITCODE 7
Check 'and the errors' "$($Error.Count) $($Error[0].FullyQualifiedErrorId)" '1 PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand'
Check 'and the encoding' ([object]::ReferenceEquals([Console]::OutputEncoding, $encoding))
$after = @(Set-Location -LiteralPath $project; $?)
Check 'cd succeeds and returns nothing' "$after" True
Set-Location -LiteralPath $scratch
if ($isCore) { Check 'the hook of another tool still runs' ($moves -gt 4) }

$env:AWS_SWITCH_PROMPT = 'off'
Check 'AWS_SWITCH_PROMPT=off' (Show-Prompt) '$ '
Check 'the variable stays' $AWS_SWITCH_SEGMENT '(aws:work)'
Remove-Item Env:AWS_SWITCH_PROMPT
$global:AWS_SWITCH_PROMPT = 'off'
Check 'not exported, too' (Show-Prompt) '$ '
Remove-Variable -Scope Global AWS_SWITCH_PROMPT
Check 'on again' (Show-Prompt) '(aws:work) $ '
$env:STARSHIP_SHELL = 'pwsh'
Check 'an inherited variable proves nothing' (Show-Prompt) '(aws:work) $ '

# As a tool that prefixes the prompt does: it keeps a copy of the one that was there.
$mine = $function:prompt
$null = New-Item -Path Function: -Name global:kept_prompt -Value $mine -Force
function global:prompt { "(venv) $(kept_prompt)" }
Check 'one that calls ours' (Show-Prompt) '(aws:work) (venv) $ '
Check 'which doctor does not report' ((aws-switch doctor) -match 'prompt-not-hooked') ''
Check 'once' (@($drawn)[-1]) mine
& (Get-Module aws-switch) { $script:__aws_switch_drawn = -1 }
Check 'but of one that does not' @((aws-switch doctor) -match 'prompt-not-hooked').Count 1
Set-Location -LiteralPath $userHome
Set-Location -LiteralPath $scratch
if ($isCore) {
    Check 'ours around one that calls ours' (Show-Prompt) '(aws:work) (venv) $ '
    function global:prompt { 'other> ' }
    & (Get-Module aws-switch) { $script:__aws_switch_drawn = -1 }
    Set-Location -LiteralPath $project
    Check 'one that took our place' (Show-Prompt) '(aws:work) other> '
    Set-Location -LiteralPath $scratch
}
Check 'doctor reports no other tool' @((aws-switch doctor) -match 'left to another tool').Count 0
$null = New-Module -Name starship { function global:prompt { 'star> ' } }
& (Get-Module aws-switch) { __aws_switch_wrap }
Check 'starship draws it' (Show-Prompt) 'star> '
Check 'which doctor says' @((aws-switch doctor) -match 'the prompt is left to another tool').Count 1
Exit-Script
