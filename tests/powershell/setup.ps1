# `setup` into the profiles of PowerShell 7 and of Windows PowerShell, and out again to the byte.
. (Join-Path $PSScriptRoot 'common.ps1')
Write-Profile work
$files = @("$PROFILE")
if ($onWindows) { $files += "$PROFILE" -replace '\\PowerShell\\(?=[^\\]+\z)', '\WindowsPowerShell\' }
$kept = @{}
foreach ($file in $files) { if (Test-Path -LiteralPath $file) { $kept[$file] = [IO.File]::ReadAllBytes($file) } }

function Get-Bytes([string] $Path) { [BitConverter]::ToString([IO.File]::ReadAllBytes($Path)) }

try {
    foreach ($file in $files) {
        $null = New-Item -ItemType Directory -Force -Path (Split-Path $file)
        [IO.File]::WriteAllText($file, "# mine`r`n", [Text.UnicodeEncoding]::new($false, $true))
    }
    $before = Get-Bytes $files[0]
    $null = & $helper setup --shell powershell
    Check 'setup has status 0' $LASTEXITCODE 0
    foreach ($file in $files) {
        $text = [IO.File]::ReadAllText($file)
        Check 'the encoding is unchanged' ((Get-Bytes $file).StartsWith($before))
        Check 'and so are the line ends' ([regex]::Matches($text, '(?<!\r)\n').Count) 0
        Check 'the block is there' $text -Match '(?s)\A# mine\r\n# >>> aws-switch >>>\r\n.*init powershell.*# <<< aws-switch <<<\r\n\z'
    }
    $once = Get-Bytes $files[0]
    $null = & $helper setup --shell powershell
    Check 'twice is once' (Get-Bytes $files[0]) $once
    $null = & $helper setup --shell powershell --undo
    foreach ($file in $files) { Check 'undone to the byte' (Get-Bytes $file) $before }

    Remove-Item -LiteralPath $files
    $null = & $helper setup --shell powershell
    foreach ($file in $files) { Check 'a missing one is made' (Test-Path -LiteralPath $file) }
    . $files[0]
    Check 'which loads the integration' (Get-Command -Name aws-switch | ForEach-Object CommandType | Select-Object -First 1) Function
    $null = aws-switch work
    Check 'that switches' $env:AWS_PROFILE work
    $null = & $helper setup --shell powershell --undo
    foreach ($file in $files) { Check 'and gone again' (Test-Path -LiteralPath $file) $false }
} finally {
    foreach ($file in $kept.Keys) { [IO.File]::WriteAllBytes($file, $kept[$file]) }
}
Exit-Script
