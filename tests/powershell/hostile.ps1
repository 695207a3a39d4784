# Names made up at random, through every door: none is run, none steers the terminal, each is the profile that it names.
. (Join-Path $PSScriptRoot 'common.ps1')
$count = 200
$seed = if ($env:AWS_SWITCH_TEST_SEED) { [int] $env:AWS_SWITCH_TEST_SEED } else { Get-Random -Maximum 1000000 }
$random = [Random]::new($seed)
[Console]::Out.WriteLine("$count hostile names: AWS_SWITCH_TEST_SEED=$seed")
$pieces = '$(New-Item canary)', '`New-Item canary`', '${HOME}', '$HOME', '@(New-Item canary)', "';New-Item canary;'", '";New-Item canary;"', '&{ni canary}', '|ni canary', "'", "''", '"', '\',
'\\', '`', '``', '*', '?', '[a-z]', '[', ']', '{', '}', '(', ')', '~', '#', '%', '%PATH%', '^', '&', ';', '<', '>', '=', ':', '@', ',', '-', '--', '--%', '+', '/', '..', ' ', '  ', 'work', '007',
"caf$([char] 0xe9)", "$([char] 0x2019)", "$([char] 0x201d)", "$([char] 0x2013)x"
# Each within marks that stand nowhere else.
$steering = 0x1b, 0x07, 0x08, 0x09, 0x01, 0x7f, 0x9b, 0x90, 0x202e, 0x2066, 0x200f, 0x2028, 0x61c | ForEach-Object { "qz$([char] $_)zq" }

$names = @()
while ($names.Count -lt $count) {
    $name = ''
    for ($part = 0; $part -le $random.Next(4); $part++) {
        $from = if ($names.Count % 3 -eq 0 -and $random.Next(2)) { $steering } else { $pieces }
        $name += $from[$random.Next($from.Count)]
    }
    if ($name -ne '-' -and $names -cnotcontains $name) { $names += $name }
}
Write-Profile $names -Region eu-west-1
Import-Integration
$directories = Join-Path $scratch 'directories'

# The names for which something is not as it should be.
function Get-Wrong([string[]] $Of, [scriptblock] $IsRight) {
    $wrong = foreach ($name in $Of) { if (-not (& $IsRight $name)) { "<$name>" } }
    "$wrong"
}

# Whether a text has characters that control a terminal.
function Test-Steering([string] $Text) { @($steering | Where-Object { $Text.Contains($_) }).Count -gt 0 }

Check 'each switches' (Get-Wrong $names {
        $name = $args[0]
        $null = Get-Notice { aws-switch use -- $name }
        [string]::Equals($env:AWS_PROFILE, $name)
    }) ''
Check 'none controls the terminal where it is printed' (Get-Wrong $names {
        $name = $args[0]
        $notice = Get-Notice { aws-switch use -- $name }
        -not (Test-Steering ($notice + (Show-Prompt)))
    }) ''
Check 'none steers where it is listed' (Test-Steering (((aws-switch list), (aws-switch list --json), (aws-switch doctor), (aws-switch doctor --json) | ForEach-Object { $_ }) -join "`n")) $false
$fitting = @($names | Where-Object { $_.Trim(' ', "`t") -ceq $_ -and -not $_.StartsWith('#') })
Check 'each in a directory' (Get-Wrong $fitting {
        $directory = Join-Path $directories ([Array]::IndexOf($names, $args[0]))
        Write-Text "$directory/.awsprofile" "$($args[0])`n"
        $null = Get-Notice { aws-switch --unset; Enter-Directory $directory; $null = Show-Prompt }
        [string]::Equals($env:AWS_PROFILE, $args[0])
    }) ''
Set-Location -LiteralPath $scratch
$typed = @($names | Where-Object { -not (Test-Steering $_) })
Check 'Tab makes a line of each' (Get-Wrong $typed {
        $name = $args[0]
        $line = 'aws-switch use -- '
        $match = @((TabExpansion2 $line $line.Length).CompletionMatches | Where-Object { [string]::Equals($_.ListItemText, $name) })
        if ($match.Count -ne 1) { return $false }
        $env:AWS_PROFILE = 'none'
        $null = Get-Notice { [scriptblock]::Create($line + $match[0].CompletionText).Invoke() }
        [string]::Equals($env:AWS_PROFILE, $name)
    }) ''
Check 'and offers none that steers' @((TabExpansion2 'aws-switch use -- ' 18).CompletionMatches | Where-Object { Test-Steering $_.CompletionText }).Count 0
Move-Item -LiteralPath $helper -Destination "$scratch/away"
Check 'none steers without a helper' (Get-Wrong @($names | Where-Object { Test-Steering $_ }) {
        $env:AWS_PROFILE = $args[0]
        -not (Test-Steering ((Get-Notice { $script:drawn = Show-Prompt }) + $script:drawn))
    }) ''
Check 'none was run' @(Get-ChildItem -LiteralPath $scratch -Recurse -Filter canary*).Count 0
Exit-Script
