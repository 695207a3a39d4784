# Tab: what it offers, and that what it inserts switches to exactly that profile.
. (Join-Path $PSScriptRoot 'common.ps1')
$quotes = 0x2018, 0x2019, 0x201a, 0x201b, 0x201c, 0x201d, 0x201e | ForEach-Object { [char] $_ }
$hostile = @(
    'two words', ' space', "it's", 'say "so"', 'dollar$HOME', '$(exit 9)', '$x', 'back`tick', '`', 'a[b]', '[', '*', 'st*r', '?', 'a;b', 'a#b', '#x', '@x', 'a@b',
    'a{b}', '{', '}', '(x)', 'a,b', 'a|b', 'a&b', '&', '<x>', '>', 'a:b', 'C:\x\', '\\', 'a%b', '%', '~', '^', '!', 'a=b', '=', '+', '007', '1e3', '0x10', '12gb', '1.0',
    'true', '$null', "caf$([char] 0xe9)", "$([char] 0x4f60)$([char] 0x597d)", "$([char]::ConvertFromUtf32(0x1f600)) x", "$([char] 0x2013)dash", "a$([char] 0xad)b",
    'ab', '::', 'if', "x'", '"', "'", "''", "a''b"
) + ($quotes | ForEach-Object { "q$_"; "$_" })
$dashed = '-x', '--unset', '--%', "-$($quotes[1])y"
Write-Profile ($hostile + 'work', 'list' + $dashed) -Region eu-west-1
Import-Integration

# The line after Tab at its end, with the candidate shown as this text.
function Complete-Line([string] $Line, [string] $Shown) {
    $found = TabExpansion2 $Line $Line.Length
    $match = @($found.CompletionMatches | Where-Object { [string]::Equals($_.ListItemText, $Shown) })
    if ($match.Count -ne 1) { return "$($match.Count) candidates" }
    $Line.Remove($found.ReplacementIndex, $found.ReplacementLength).Insert($found.ReplacementIndex, $match[0].CompletionText)
}

# Which profile a line switches to, when it is typed.
function Invoke-Line([string] $Line) {
    Remove-Item Env:AWS_PROFILE -ErrorAction Ignore
    try { $null = [scriptblock]::Create($Line).Invoke() } catch { return "$_" }
    $env:AWS_PROFILE
}

function Get-Offered([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches | ForEach-Object ListItemText }

# The names that a line which Tab completed does not switch to.
function Get-Missed([string[]] $Names, [scriptblock] $Typed) {
    $missed = foreach ($name in $Names) {
        if (-not [string]::Equals((Invoke-Line (Complete-Line ('aws-switch ' + (& $Typed $name)) $name)), $name)) { "<$name>" }
    }
    "$missed"
}

# The first letter, which may be of two characters.
function Get-First([string] $Name) { [Globalization.StringInfo]::GetNextTextElement($Name) }

Check "each of $($hostile.Count) names, nothing typed" (Get-Missed $hostile { '' }) ''
$few = 'two words', "it's", 'say "so"', 'dollar$HOME', 'back`tick', 'a[b]', 'st*r', 'a;b', '#x', '@x', "$([char]::ConvertFromUtf32(0x1f600)) x", "q$($quotes[1])", $quotes[5]
Check 'some of them, a quote open' (Get-Missed $few { "'" + ((Get-First $args[0]) -replace "(['$($quotes[0..3] -join '')])", '$1$1') }) ''
Check 'or a double quote' (Get-Missed $few { '"' + ((Get-First $args[0]) -replace "([`"``$($quotes[4..6] -join '')`$])", '`$1') }) ''
Check 'names that begin with - after use --' (Get-Missed $dashed { 'use -- ' }) ''
Check 'the same, a dash typed' (Get-Missed $dashed { 'use -- -' }) ''
foreach ($case in @(
        @('two', 'two words'), @('two` w', 'two words'), @("'two w", 'two words'), @("'two w'", 'two words'), @('"two w', 'two words'), @('dol', 'dollar$HOME'),
        @('a[', 'a[b]'), @('st*', 'st*r'), @('00', '007'), @('a@', 'a@b'), @('a:', 'a:b')
    )) {
    Check "typed: $($case[0])" (Invoke-Line (Complete-Line "aws-switch $($case[0])" $case[1])) $case[1]
}
Check 'one named like a command after use' (Invoke-Line (Complete-Line 'aws-switch use li' 'list')) list
Check 'but not before' (@(Get-Offered 'aws-switch ') -eq 'list') ''
Check 'nothing that was typed was run' "$(Test-Path Variable:x) $($Error -join '|')" 'False '

Check 'nothing typed: profiles alone' (@(Get-Offered 'aws-switch ') -match '\A(doctor|resolve)\z') ''
Check 'a letter typed: commands too' ((Get-Offered 'aws-switch res') -join ' ') resolve
Check 'options' ((Get-Offered 'aws-switch --un') -join ' ') '--unset'
Check 'options of a command' ((Get-Offered 'aws-switch list --') -join ' ') '--json --names --help'
Check 'after a dash alone' (@(Get-Offered 'aws-switch -') -match '\A(--region|-Verbose)\z') --region
Check 'after a profile' (@(Get-Offered 'aws-switch work --r') -join ' ') '--region'
Check 'regions' ((Get-Offered 'aws-switch work --region eu-west-') -join ' ') 'eu-west-1 eu-west-2 eu-west-3'
Check 'shells' ((Get-Offered 'aws-switch init p') -join ' ') powershell
Check 'in a later command of the line' ((Get-Offered 'Get-Date; aws-switch wor') -join ' ') work
Check 'files for allow' ((Get-Offered "aws-switch allow '$userHome/.a") -join ' ') .aws
Check 'directories for resolve' ((Get-Offered "aws-switch resolve '$userHome/.a") -join ' ') .aws
Check 'no file where none fits' (@(Get-Offered 'aws-switch nosuch') -join ' ') nosuch
$all = (TabExpansion2 'aws-switch ' 11).CompletionMatches
Check 'a tooltip for each' @($all | Where-Object { -not $_.ToolTip.Trim() }).Count 0
Check 'the region beside it' @($all | Where-Object ListItemText -eq 'work').ToolTip 'eu-west-1'
Set-Helper -Then
$null = TabExpansion2 'aws-switch wo' 13
Check 'one start for one Tab' (Get-StartCount) 1
Set-Helper 'nonsense' 0
Check 'a helper that fails offers nothing' (@(Get-Offered 'aws-switch wo') -join ' ') wo
Reset-Helper
Check 'the status stays' "$(& { $global:LASTEXITCODE = 5; $null = TabExpansion2 'aws-switch wo' 13; $LASTEXITCODE }) $($Error -join '|')" '5 '
Exit-Script
