# Directory profiles: where and when they are active, and the notices.
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

if ($isCore) { Check 'active in the same line' (& { Set-Location $project; $env:AWS_PROFILE }) work } else { Enter-Directory $project }
Check 'active in its directory' $env:AWS_PROFILE work
Enter-Directory $deep
Check 'and below it' $env:AWS_PROFILE work
Enter-Directory $inner
Check 'a nearer file applies, with its region' "$env:AWS_PROFILE $env:AWS_REGION $env:AWS_DEFAULT_REGION" 'dev eu-west-1 eu-west-1'
Enter-Directory $project
Check 'back under the outer one' "$env:AWS_PROFILE $(Test-Path Env:AWS_REGION)" 'work False'
Enter-Directory $outside
Check 'leaving unsets a variable that was not set' (Get-Env AWS_PROFILE) none
Enter-Directory $odd
Check 'a directory of any name' $env:AWS_PROFILE "it's"
Enter-Directory $outside
$env:AWS_DEFAULT_PROFILE = 'other'; $env:AWS_REGION = 'us-east-1'
Enter-Directory $inner
Check 'the other variable is unset' "$(Test-Path Env:AWS_DEFAULT_PROFILE) $env:AWS_REGION" 'False eu-west-1'
Enter-Directory $outside
Check 'and restored' "$(Test-Path Env:AWS_PROFILE) $env:AWS_DEFAULT_PROFILE $env:AWS_REGION $(Test-Path Env:AWS_DEFAULT_REGION)" 'False other us-east-1 False'
Remove-Item Env:AWS_DEFAULT_PROFILE, Env:AWS_REGION
$null = Show-Prompt

Write-Text "$scratch/newer" 'other'
Set-Helper -Then -Copy (Join-Path $scratch newer), (Join-Path $project .awsprofile)
Enter-Directory $project
Reset-Helper
$null = Show-Prompt
Check 'a file written once the helper has read the last one is asked about' $env:AWS_PROFILE other
Write-Text "$project/.awsprofile" 'work'
Enter-Directory $outside
$null = Show-Prompt

Check 'entering prints one line' (Get-Notice { Enter-Directory $project }) -Match '\Aaws-switch: work is active \(.*[\\/]project[\\/]\.awsprofile\)\z'
Check 'staying prints nothing' (Get-Notice { Enter-Directory $deep; $null = Show-Prompt }) ''
Check 'leaving prints one line' (Get-Notice { Enter-Directory $outside }) -Match '\Aaws-switch: back to no profile \(left .*[\\/]project\)\z'
Push-Location -LiteralPath $project; $null = if (-not $isCore) { Show-Prompt }
Check 'Push-Location' $env:AWS_PROFILE work
Pop-Location; $null = if (-not $isCore) { Show-Prompt }
Check 'Pop-Location' (Get-Env AWS_PROFILE) none

Enter-Directory $project
aws-switch other
Enter-Directory $deep
Check 'a manual switch stays active under the same file' $env:AWS_PROFILE other
Write-Text "$project/.awsprofile" 'dev'
$null = Show-Prompt
Check 'while that file changes, too' $env:AWS_PROFILE other
Enter-Directory $inner
Check 'a nearer file ends it' $env:AWS_PROFILE dev
Enter-Directory $outside
Check 'outside it is the base' $env:AWS_PROFILE other
Enter-Directory $project
Check 'coming back applies the file' $env:AWS_PROFILE dev
$env:AWS_PROFILE = 'work'
$null = Show-Prompt
Enter-Directory $deep
Check 'an assignment is a manual switch' $env:AWS_PROFILE work
aws-switch auto
Check 'auto ends it' $env:AWS_PROFILE dev
aws-switch auto off
Check 'auto off ends the directory profile' $env:AWS_PROFILE work
Enter-Directory $outside
Enter-Directory $project
Check 'and follows no other' $env:AWS_PROFILE work
aws-switch auto on
Check 'auto on follows again' $env:AWS_PROFILE dev
Enter-Directory $outside
aws-switch --unset

Write-Text "$outside/.awsprofile" 'dev'
$null = Show-Prompt
Check 'a new file applies at the next prompt' $env:AWS_PROFILE dev
Write-Text "$outside/.awsprofile" 'work'
$null = Show-Prompt
Check 'an edited one' $env:AWS_PROFILE work
Remove-Item -Force -LiteralPath "$outside/.awsprofile"
$null = Show-Prompt
Check 'a deleted one' (Get-Env AWS_PROFILE) none
$notice = Get-Notice { aws-switch pin dev; $null = Show-Prompt }
Check 'pin' "$env:AWS_PROFILE $([IO.File]::ReadAllText("$outside/.awsprofile"))" "dev dev`n"
aws-switch pin --remove
Check 'pin --remove' (Get-Env AWS_PROFILE) none

$notice = Get-Notice { Enter-Directory $guarded }
Check 'a protected profile must be allowed' "$(Test-Path Env:AWS_PROFILE) $notice" -Match '\AFalse aws-switch: warning: ignored .*\.awsprofile: .* is protected; .*allow.*\z'
Check 'which is reported once' (Get-Notice { $null = Show-Prompt; $null = Show-Prompt }) ''
aws-switch allow
Check 'allow' "$env:AWS_PROFILE $LASTEXITCODE" 'prod 0'
aws-switch deny
Check 'deny' (Get-Env AWS_PROFILE) none
Check 'auto on a denied file has status 4' "$(aws-switch auto)$LASTEXITCODE" 4
Enter-Directory $outside
$env:AWS_SWITCH_AUTO = 'trusted'
Enter-Directory $project
Check 'AWS_SWITCH_AUTO=trusted wants every file allowed' (Get-Env AWS_PROFILE) none
Remove-Item Env:AWS_SWITCH_AUTO
Enter-Directory $outside

foreach ($case in @(
        @('an unknown profile', 'nosuch'), @('an empty file', ''), @('one line too many', "a`nb`nc"), @('a NUL', "a`0"), @('what is too long', ('#' * 5000))
    )) {
    Write-Text "$project/.awsprofile" $case[1]
    $notice = Get-Notice { Enter-Directory $project }
    Check "ignored: $($case[0])" "$(Test-Path Env:AWS_PROFILE) $notice" -Match '\AFalse aws-switch: warning: ignored [^\n]*\.awsprofile: [^\n]*\z'
    Enter-Directory $outside
}
Remove-Item -Force -LiteralPath "$project/.awsprofile"
$null = New-Item -ItemType Directory -Path "$project/.awsprofile"
Enter-Directory $deep
Check 'ignored: a directory of that name' (Get-Env AWS_PROFILE) none
Enter-Directory $outside
Remove-Item -Force -LiteralPath "$project/.awsprofile"
Write-Text "$project/.awsprofile" 'work'

Enter-Directory $project
$env:AWS_ACCESS_KEY_ID = $env:AWS_SECRET_ACCESS_KEY = 'x'
$notice = Get-Notice { Enter-Directory $inner }
Check 'keys block the file' "$env:AWS_PROFILE $notice" -Match '\Awork .*AWS_ACCESS_KEY_ID'
Remove-Item Env:AWS_ACCESS_KEY_ID, Env:AWS_SECRET_ACCESS_KEY
$null = Show-Prompt
Check 'and the next prompt settles it' $env:AWS_PROFILE dev
Enter-Directory $outside

if ($onWindows) {
    Enter-Directory $project
    Set-Location HKCU:; $null = Show-Prompt
    Check 'no file applies in the registry' (Get-Env AWS_PROFILE) none
    aws-switch other
    Check 'a switch works there' $env:AWS_PROFILE other
    Enter-Directory $project
    Check 'and ends when coming back' $env:AWS_PROFILE work
    Enter-Directory $outside
    aws-switch --unset
    Set-Location Env:; $null = Show-Prompt
    Check 'nor among variables' (Get-Env AWS_PROFILE) none
    Set-Location -LiteralPath $outside
    # A UNC path: wine has one of its own, Windows its administrative share.
    $share = @('\\?\unix\tmp', '\\localhost\c$') | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
    $clock = [Diagnostics.Stopwatch]::StartNew()
    Enter-Directory $share
    $null = Show-Prompt
    aws-switch other
    Check 'a switch works on a UNC path' "$env:AWS_PROFILE $LASTEXITCODE" 'other 0'
    Set-Location -LiteralPath '\\no-such-machine.invalid\share' -ErrorAction Ignore
    $null = Show-Prompt
    Check 'which stalls nothing' ($clock.Elapsed.TotalSeconds -lt 10)
    Enter-Directory $outside
    aws-switch --unset
}
$null = New-PSDrive -Name Tree -PSProvider FileSystem -Root $tree -Scope Global
Enter-Directory 'Tree:/project'
Check 'on a drive of one''s own' $env:AWS_PROFILE work
Enter-Directory $outside
Check 'and leaving it' (Get-Env AWS_PROFILE) none

Write-Text "$outside/.awsprofile" 'dev'
$stream = [IO.File]::Open("$outside/.awsprofile", 'Open', 'ReadWrite', 'None')
$null = Show-Prompt
Check 'a locked file ends nothing' (Show-Prompt) -Match '> \z'
$stream.Dispose()
Remove-Item -Force -LiteralPath "$outside/.awsprofile"
$null = Show-Prompt

$gone = (New-Item -ItemType Directory -Path "$outside/gone").FullName
Enter-Directory $gone
[IO.Directory]::Delete($gone)
aws-switch pin work
Check 'pin does not work in a directory that was removed' $LASTEXITCODE 1
Check 'nor in the one above it' (Test-Path -LiteralPath "$outside/.awsprofile") $false
Enter-Directory $outside
Check 'no error is left in $Error' "$($Error -join '|')" ''
Exit-Script
