# Folders: whose profile is in force where, from when on, and what is said of it.
. (Join-Path $PSScriptRoot 'common.ps1')
Write-Profile work, dev, other, prod, "it's"
$tree = Join-Path $scratch 'tree'
$outside = (New-Item -ItemType Directory -Path "$tree/outside").FullName
$project = (New-Item -ItemType Directory -Path "$tree/project").FullName
$deep = (New-Item -ItemType Directory -Path "$project/a/b").FullName
$inner = (New-Item -ItemType Directory -Path "$project/inner").FullName
$guarded = (New-Item -ItemType Directory -Path "$tree/guarded").FullName
$odd = (New-Item -ItemType Directory -Path "$tree/[od]d ``'`$x caf$([char] 0xe9)").FullName
Write-Text "$project/.awsprofile" 'work'
Write-Text "$inner/.awsprofile" "`r`n# why`r`n dev `r`neu-west-1`r`n"
Write-Text "$guarded/.awsprofile" 'prod'
Write-Text "$odd/.awsprofile" "it's"
Set-Location -LiteralPath $outside
Import-Integration
$null = Show-Prompt

if ($isCore) { Check 'in force in the same line' (& { Set-Location $project; $env:AWS_PROFILE }) work } else { Enter-Folder $project }
Check 'in force in its folder' $env:AWS_PROFILE work
Enter-Folder $deep
Check 'and below it' $env:AWS_PROFILE work
Enter-Folder $inner
Check 'a nearer file comes before it, with its region' "$env:AWS_PROFILE $env:AWS_REGION $env:AWS_DEFAULT_REGION" 'dev eu-west-1 eu-west-1'
Enter-Folder $project
Check 'back under the outer one' "$env:AWS_PROFILE $(Test-Path Env:AWS_REGION)" 'work False'
Enter-Folder $outside
Check 'leaving removes what was not there' (Get-Env AWS_PROFILE) none
Enter-Folder $odd
Check 'a folder of any name' $env:AWS_PROFILE "it's"
Enter-Folder $outside
$env:AWS_DEFAULT_PROFILE = 'other'; $env:AWS_REGION = 'us-east-1'
Enter-Folder $inner
Check 'the other variable is set aside' "$(Test-Path Env:AWS_DEFAULT_PROFILE) $env:AWS_REGION" 'False eu-west-1'
Enter-Folder $outside
Check 'and comes back' "$(Test-Path Env:AWS_PROFILE) $env:AWS_DEFAULT_PROFILE $env:AWS_REGION $(Test-Path Env:AWS_DEFAULT_REGION)" 'False other us-east-1 False'
Remove-Item Env:AWS_DEFAULT_PROFILE, Env:AWS_REGION
$null = Show-Prompt

Write-Text "$scratch/newer" 'other'
Set-Helper -Then -Copy (Join-Path $scratch newer), (Join-Path $project .awsprofile)
Enter-Folder $project
Reset-Helper
$null = Show-Prompt
Check 'a file written once the helper has read the last one is asked about' $env:AWS_PROFILE other
Write-Text "$project/.awsprofile" 'work'
Enter-Folder $outside
$null = Show-Prompt

Check 'entering is told in one line' (Get-Told { Enter-Folder $project }) -Match '\Aaws-switch: now work: from .*[\\/]project[\\/]\.awsprofile\z'
Check 'staying is not told' (Get-Told { Enter-Folder $deep; $null = Show-Prompt }) ''
Check 'leaving is told in one line' (Get-Told { Enter-Folder $outside }) -Match '\Aaws-switch: now no profile: .*[\\/]project[\\/]\.awsprofile'
Push-Location -LiteralPath $project; $null = if (-not $isCore) { Show-Prompt }
Check 'Push-Location' $env:AWS_PROFILE work
Pop-Location; $null = if (-not $isCore) { Show-Prompt }
Check 'Pop-Location' (Get-Env AWS_PROFILE) none

Enter-Folder $project
aws-switch other
Enter-Folder $deep
Check 'a choice by hand stands under the same file' $env:AWS_PROFILE other
Write-Text "$project/.awsprofile" 'dev'
$null = Show-Prompt
Check 'while that file changes, too' $env:AWS_PROFILE other
Enter-Folder $inner
Check 'a nearer file ends it' $env:AWS_PROFILE dev
Enter-Folder $outside
Check 'outside it is the base' $env:AWS_PROFILE other
Enter-Folder $project
Check 'coming back applies the file' $env:AWS_PROFILE dev
$env:AWS_PROFILE = 'work'
$null = Show-Prompt
Enter-Folder $deep
Check 'a variable set by hand is a choice by hand' $env:AWS_PROFILE work
aws-switch auto
Check 'auto ends it' $env:AWS_PROFILE dev
aws-switch auto off
Check 'auto off leaves the folder' $env:AWS_PROFILE work
Enter-Folder $outside
Enter-Folder $project
Check 'and follows no other' $env:AWS_PROFILE work
aws-switch auto on
Check 'auto on follows again' $env:AWS_PROFILE dev
Enter-Folder $outside
aws-switch --unset

Write-Text "$outside/.awsprofile" 'dev'
$null = Show-Prompt
Check 'a new file counts at the next prompt' $env:AWS_PROFILE dev
Write-Text "$outside/.awsprofile" 'work'
$null = Show-Prompt
Check 'an edited one' $env:AWS_PROFILE work
Remove-Item -Force -LiteralPath "$outside/.awsprofile"
$null = Show-Prompt
Check 'a deleted one' (Get-Env AWS_PROFILE) none
$told = Get-Told { aws-switch pin dev; $null = Show-Prompt }
Check 'pin' "$env:AWS_PROFILE $([IO.File]::ReadAllText("$outside/.awsprofile"))" "dev dev`n"
aws-switch pin --remove
Check 'pin --remove' (Get-Env AWS_PROFILE) none

$told = Get-Told { Enter-Folder $guarded }
Check 'a protected profile waits to be allowed' "$(Test-Path Env:AWS_PROFILE) $told" -Match '\AFalse .*\.awsprofile: not followed: .*allow.*\z'
Check 'which is said once' (Get-Told { $null = Show-Prompt; $null = Show-Prompt }) ''
aws-switch allow
Check 'allow' "$env:AWS_PROFILE $LASTEXITCODE" 'prod 0'
aws-switch deny
Check 'deny' (Get-Env AWS_PROFILE) none
Check 'auto on a denied file has status 4' "$(aws-switch auto)$LASTEXITCODE" 4
Enter-Folder $outside
$env:AWS_SWITCH_AUTO = 'trusted'
Enter-Folder $project
Check 'AWS_SWITCH_AUTO=trusted wants every file allowed' (Get-Env AWS_PROFILE) none
Remove-Item Env:AWS_SWITCH_AUTO
Enter-Folder $outside

foreach ($case in @(
        @('an unknown profile', 'nosuch'), @('an empty file', ''), @('one line too many', "a`nb`nc"), @('a NUL', "a`0"), @('what is too long', ('#' * 5000))
    )) {
    Write-Text "$project/.awsprofile" $case[1]
    $told = Get-Told { Enter-Folder $project }
    Check "refused: $($case[0])" "$(Test-Path Env:AWS_PROFILE) $told" -Match '\AFalse [^\n]*\.awsprofile: not followed: [^\n]*\z'
    Enter-Folder $outside
}
Remove-Item -Force -LiteralPath "$project/.awsprofile"
$null = New-Item -ItemType Directory -Path "$project/.awsprofile"
Enter-Folder $deep
Check 'refused: a folder of that name' (Get-Env AWS_PROFILE) none
Enter-Folder $outside
Remove-Item -Force -LiteralPath "$project/.awsprofile"
Write-Text "$project/.awsprofile" 'work'

Enter-Folder $project
$env:AWS_ACCESS_KEY_ID = $env:AWS_SECRET_ACCESS_KEY = 'x'
$told = Get-Told { Enter-Folder $inner }
Check 'keys keep folders from switching' "$env:AWS_PROFILE $told" -Match '\Awork .*AWS_ACCESS_KEY_ID'
Remove-Item Env:AWS_ACCESS_KEY_ID, Env:AWS_SECRET_ACCESS_KEY
$null = Show-Prompt
Check 'and the next prompt settles it' $env:AWS_PROFILE dev
Enter-Folder $outside

if ($onWindows) {
    Enter-Folder $project
    Set-Location HKCU:; $null = Show-Prompt
    Check 'in the registry nothing governs' (Get-Env AWS_PROFILE) none
    aws-switch other
    Check 'a switch works there' $env:AWS_PROFILE other
    Enter-Folder $project
    Check 'and ends when coming back' $env:AWS_PROFILE work
    Enter-Folder $outside
    aws-switch --unset
    Set-Location Env:; $null = Show-Prompt
    Check 'nor among variables' (Get-Env AWS_PROFILE) none
    Set-Location -LiteralPath $outside
    # A UNC path: wine has one of its own, Windows its administrative share.
    $share = @('\\?\unix\tmp', '\\localhost\c$') | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
    $clock = [Diagnostics.Stopwatch]::StartNew()
    Enter-Folder $share
    $null = Show-Prompt
    aws-switch other
    Check 'a switch works on a UNC path' "$env:AWS_PROFILE $LASTEXITCODE" 'other 0'
    Set-Location -LiteralPath '\\no-such-machine.invalid\share' -ErrorAction Ignore
    $null = Show-Prompt
    Check 'which stalls nothing' ($clock.Elapsed.TotalSeconds -lt 10)
    Enter-Folder $outside
    aws-switch --unset
}
$null = New-PSDrive -Name Tree -PSProvider FileSystem -Root $tree -Scope Global
Enter-Folder 'Tree:/project'
Check 'on a drive of one''s own' $env:AWS_PROFILE work
Enter-Folder $outside
Check 'and leaving it' (Get-Env AWS_PROFILE) none

Write-Text "$outside/.awsprofile" 'dev'
$stream = [IO.File]::Open("$outside/.awsprofile", 'Open', 'ReadWrite', 'None')
$null = Show-Prompt
Check 'a locked file ends nothing' (Show-Prompt) -Match '> \z'
$stream.Dispose()
Remove-Item -Force -LiteralPath "$outside/.awsprofile"
$null = Show-Prompt
Check 'no error was kept of all that' "$($Error -join '|')" ''
Exit-Script
