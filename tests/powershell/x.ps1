. (Join-Path $PSScriptRoot 'common.ps1')
Set-Profiles work, dev, prod
$work = "$scratch\w"; $null = New-Item -ItemType Directory "$work\a\b", "$work\a\in", "$work\plain"
Set-Text "$work\a\.awsprofile" "work`n"
Set-Text "$work\a\in\.awsprofile" "dev`neu-west-1`n"
$before = Get-Variable | % Name; $fb = Get-Command -CommandType Function | % Name
Set-Location "$work\plain"
Import-Integration
"leaks: $((Get-Variable | % Name) | ? { $before -notcontains $_ }) / $((Get-Command -CommandType Function | % Name) | ? { $fb -notcontains $_ })"
"prompt: [$(prompt)] seg [$(Get-DrawnSegment)]"
cd "$work\a"; "1 $env:AWS_PROFILE"
"seg [$(Get-DrawnSegment)]"
cd in; "2 $env:AWS_PROFILE $env:AWS_REGION"
"seg [$(Get-DrawnSegment)]"
cd ..; "3 $env:AWS_PROFILE [$env:AWS_REGION]"
cd HKCU:; "4 [$env:AWS_PROFILE]"
cd "$work\a\b"; "5 $env:AWS_PROFILE"
cd "$work\plain"; "6 $(Test-Path Env:AWS_PROFILE)"
Push-Location "$work\a"; "7 $env:AWS_PROFILE"; Pop-Location; "8 [$env:AWS_PROFILE]"
aws-switch prod
"seg [$(Get-DrawnSegment)]"
"err [$($Error -join '|')]"
foreach ($l in 'aws-switch ','aws-switch w','aws-switch --','aws-switch -','aws-switch use -- -','aws-switch a -',"aws-switch 'd",'aws-switch --region eu-w','aws-switch zz','aws-switch work ','aws-switch resolve ') {
 $r = TabExpansion2 $l $l.Length; "[$l] $($r.ReplacementIndex) $($r.ReplacementLength): " + (($r.CompletionMatches | select -First 5 | % { "$($_.CompletionText)|$($_.ToolTip)" }) -join ' , ') }
Exit-Tests
