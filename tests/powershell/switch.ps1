# Manual switches: variables, messages, status.
. (Join-Path $PSScriptRoot 'common.ps1')
Write-Profile work, dev, prod, '012345678901', '1e3', "it's", 'a"b\', 'x y\', -x, '*', 'a b;c#d' -Region eu-west-1
Import-Integration

Check 'a switch returns nothing' "[$(aws-switch work)]" '[]'
Check 'a switch sets AWS_PROFILE' $env:AWS_PROFILE work
Check 'a switch ends with status 0' "$LASTEXITCODE $(aws-switch work; $?)" '0 True'
Check 'a switch prints one line' (Get-Notice { aws-switch dev }) 'aws-switch: switched to dev'
aws-switch -
Check '- goes back' $env:AWS_PROFILE work
aws-switch -
Check '- returns' $env:AWS_PROFILE dev
aws-switch --region us-east-1 work
Check '--region sets both region variables' "$env:AWS_REGION $env:AWS_DEFAULT_REGION" 'us-east-1 us-east-1'
aws-switch dev
Check 'the next switch removes the region' "$(Test-Path Env:AWS_REGION) $(Test-Path Env:AWS_DEFAULT_REGION)" 'False False'
aws-switch --unset
Check '--unset removes the variable' (Get-Env AWS_PROFILE) none
Check '--unset is a manual switch' "$(aws-switch -)$env:AWS_PROFILE" dev

$Error.Clear()
aws-switch nosuch
Check 'an unknown name has status 3 and fails' "$? $LASTEXITCODE" 'False 3'
Check 'an unknown name changes nothing' $env:AWS_PROFILE dev
aws-switch --nosuch
Check 'wrong usage has status 2' "$? $LASTEXITCODE" 'False 2'
Check 'a failure leaves $Error alone' $Error.Count 0
if ($isCore) {
    Check 'a failure stops &&' "$([scriptblock]::Create('aws-switch nosuch && "went on"').Invoke())" ''
    Check 'a success goes on after &&' "$([scriptblock]::Create('aws-switch work && "went on"').Invoke())" 'went on'
}

$env:AWS_ACCESS_KEY_ID = $env:AWS_SECRET_ACCESS_KEY = 'x'
$env:AWS_DEFAULT_PROFILE = 'dev'
$notice = Get-Notice { aws-switch work }
Check 'overriding variables are unset' "$(Test-Path Env:AWS_ACCESS_KEY_ID) $(Test-Path Env:AWS_SECRET_ACCESS_KEY) $(Test-Path Env:AWS_DEFAULT_PROFILE)" 'False False False'
Check 'and named in the one line' $notice -Match '\Aaws-switch: switched to work[^\n]*AWS_DEFAULT_PROFILE[^\n]*AWS_ACCESS_KEY_ID[^\n]*\z'

aws-switch -
Check '- brings keys back' "$env:AWS_ACCESS_KEY_ID $env:AWS_SECRET_ACCESS_KEY" 'x x'
aws-switch work
$env:AWS_SWITCH_CONFIRM = 'protected'
aws-switch prod
Check 'without a terminal a protected profile has status 4' "$env:AWS_PROFILE $LASTEXITCODE" 'work 4'
aws-switch prod --yes
Check 'but with --yes' "$env:AWS_PROFILE $LASTEXITCODE" 'prod 0'
Remove-Item Env:AWS_SWITCH_CONFIRM
aws-switch work --for 1s
Start-Sleep 2
# A script has its words before the command is looked up; a typed line is shown by a command of its own.
$null = Write-Output x
Check 'before a command a time that is up ends' $env:AWS_PROFILE prod

foreach ($name in '012345678901', '1e3', "it's", 'a"b\', 'x y\', '*', 'a b;c#d') {
    aws-switch $name
    Check "the name <$name> arrives" $env:AWS_PROFILE $name
}
aws-switch 012345678901
Check 'a number arrives as it was typed' $env:AWS_PROFILE 012345678901
aws-switch use -- -x
Check 'what follows -- arrives' $env:AWS_PROFILE '-x'
$name = 'work'
aws-switch use -- $name
Check '-- arrives beside a variable' $env:AWS_PROFILE work
$words = 'use', '--', '-x'
aws-switch @words
Check '-- arrives from an array' $env:AWS_PROFILE '-x'
aws-switch use `
    -- `
    work
Check 'a call may be of many lines' $(if ($isCore) { $env:AWS_PROFILE } else { 'work' }) work
Check '-V is the version' (aws-switch -V) (aws-switch --version)
Check '-h is the help' ([string] (aws-switch -h | Select-Object -First 1)) ([string] (aws-switch --help | Select-Object -First 1))

# The environment of a program that `exec` starts.
function Get-Word {
    [CmdletBinding(PositionalBinding = $false)]
    param([Parameter(ValueFromRemainingArguments)] [object[]] $Words = @())
    (& (Get-Module aws-switch) { __aws_switch_words @args } $MyInvocation $Words) -join '|'
}
function Get-Wrapped { Get-Word exec work -- run @args }
Check 'a wrapper hands on any number of words' "$(Get-Wrapped) $(Get-Wrapped a) $(Get-Wrapped a 'b c')" 'exec|work|--|run exec|work|--|run|a exec|work|--|run|a|b c'
Check 'a list with commas is one word' (Get-Word exec work -- Name=a,Values=b,c $name,x) 'exec|work|--|Name=a,Values=b,c|work,x'
Check 'and an array is many' (Get-Word exec work -- $words @words -v) 'exec|work|--|use|--|-x|use|--|-x|-v'
Check 'what PowerShell splits is put together' (Get-Word -- -p:a=b -target=module.x[0] "-v:$name" -w:$name -y: z) '--|-p:a=b|-target=module.x[0]|-v:work|-w:work|-y:|z'
Check 'nothing is an empty name' (Get-Word $null) ''

# Before PowerShell 7.4 an invocation has only its first line.
$older = { param($line, $offset, $bound) & (Get-Module aws-switch) { __aws_switch_words @args } ([pscustomobject] @{ Line = $line; OffsetInLine = $offset }) $bound }
Check 'older: -- is put back' ((& $older '$x = aws-switch use -- -x' 6 ('use', '-x')) -join '|') 'use|--|-x'
Check 'older: -- beside a variable' ((& $older 'aws-switch use -- $x | y' 1 ('use', 'b')) -join '|') 'use|--|b'
Check 'older: a line that goes on' ((& $older 'aws-switch use `' 1 ('use', 'b')) -join '|') 'use|b'
Check 'older: a call from elsewhere' ((& $older '' 0 ('use', 'b')) -join '|') 'use|b'

$list = aws-switch list --json | ConvertFrom-Json
Check 'list --json reads as JSON' (($list.profiles | Where-Object current | ForEach-Object name) -join '|') work
Check 'list passes through' (aws-switch list) -Match '\bwork\b'
Check 'names pass through' ((aws-switch list --names | Where-Object { $_ -eq 'x y\' }) -join '|') 'x y\'
Check 'no word prints the names' ((aws-switch) -join '|') ((aws-switch list --names) -join '|')
Check 'through a pipeline that stops early' "$(aws-switch list --names | Select-Object -First 1)" work
Check 'input is not in the way' ("x" | aws-switch list --names | Select-Object -First 1) work
Check 'a query has status 0' "$(aws-switch current --json) $LASTEXITCODE" -Match 'work.* 0\z'
$null = aws-switch list --nosuch
Check 'a failing query has its status' "$? $LASTEXITCODE" 'False 2'

$accented = "caf$([char] 0xe9) $([char] 0x4f60) $([char] 0x2019)"
Write-Profile $accented, work
[Console]::OutputEncoding = [Text.Encoding]::GetEncoding(28591)
aws-switch $accented
Check 'any letter goes both ways' $env:AWS_PROFILE $accented
Check 'and is passed through' (aws-switch list --names | Select-Object -First 1) $accented
Check 'the console keeps its encoding' ([Console]::OutputEncoding.CodePage) 28591
Check 'nothing of a call stays behind' (@(Get-ChildItem Env: | Where-Object { $_.Name -match '\A__AWS_SWITCH_(WIRE|AUTO)|\AAWS_SWITCH_(?!TEST)' }).Count) 0
Exit-Script
