# The start of every script here: a temporary home, the helper on PATH, and functions for checks.
# tests/windows/run names the helper in AWS_SWITCH_TEST_HELPER, and an empty directory in AWS_SWITCH_TEST_SCRATCH.
# These files are ASCII alone, as Windows PowerShell reads other bytes in another encoding.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [Text.UTF8Encoding]::new()

$onWindows = [IO.Path]::DirectorySeparatorChar -eq '\'
$isCore = $PSVersionTable.PSVersion.Major -ge 7
$failed = 0

foreach ($name in @(Get-ChildItem -Path Env: | ForEach-Object Name) -match '\A(__)?AWS_') {
    if ($name -notlike 'AWS_SWITCH_TEST_*') { Remove-Item -LiteralPath "Env:$name" }
}
$scratch = (Get-Item -LiteralPath $env:AWS_SWITCH_TEST_SCRATCH).FullName
# A path with special characters.
$bin = Join-Path $scratch "it's a bin [1]"
$userHome = Join-Path $scratch 'home'
$env:HOME = $env:USERPROFILE = $userHome
$env:APPDATA = $env:XDG_CONFIG_HOME = Join-Path $scratch 'config'
$env:LOCALAPPDATA = $env:XDG_STATE_HOME = Join-Path $scratch 'state'
$env:NO_COLOR = 1
$env:PATH = $bin + [IO.Path]::PathSeparator + $env:PATH
$null = New-Item -ItemType Directory -Path $bin, "$userHome/.aws", $env:APPDATA, $env:LOCALAPPDATA
$helper = Join-Path $bin (Split-Path -Leaf $env:AWS_SWITCH_TEST_HELPER)
Copy-Item -LiteralPath $env:AWS_SWITCH_TEST_HELPER -Destination $helper

# One line for each check: the seen value, as text, must equal the wanted one, or match a pattern.
function Check([string] $Name, $Seen, $Wanted = $true, [string] $Match) {
    if ($Match) { $Wanted = "a match of $Match" }
    $right = if ($Match) { "$Seen" -cmatch $Match } else { [string]::Equals([string] $Seen, [string] $Wanted) }
    if ($right) {
        [Console]::Out.WriteLine("ok $Name")
    } else {
        [Console]::Out.WriteLine("not ok ${Name}: saw <$Seen>, wanted <$Wanted>")
        $script:failed++
    }
}

# The value of an environment variable in <>; `none` when it is not set.
function Get-Env([string] $Name) { if (Test-Path -LiteralPath "Env:$Name") { "<$([Environment]::GetEnvironmentVariable($Name))>" } else { 'none' } }

# Ends the script, and the shell with it, after its last check.
function Exit-Script {
    [Console]::Out.WriteLine('done')
    exit [int] ($script:failed -gt 0)
}

# Writes a file without a byte order mark.
function Write-Text([string] $Path, [string] $Text) {
    $null = New-Item -ItemType Directory -Force -Path (Split-Path $Path)
    [IO.File]::WriteAllText($Path, $Text)
}

# Writes ~/.aws/config: a profile for each name, with the region if there is one.
function Write-Profile([string[]] $Names, [string] $Region) {
    $text = foreach ($name in $Names) {
        if ($name -match '\A[\w.:@/-]+\z') { "[profile $name]" } else { '[profile "{0}"]' -f ($name -replace '(["\\])', '\$1') }
        if ($Region) { "region = $Region" }
    }
    Write-Text "$userHome/.aws/config" (($text -join "`n") + "`n")
}

# Replaces the helper with a program that prints $Answer and exits with $Status, and logs each start.
# With -Then it runs the real helper instead, and after its answer copies the first file of -Copy over the second.
function Set-Helper([string] $Answer, [int] $Status, [switch] $Then, [string[]] $Copy, [switch] $Hang) {
    $log = Join-Path $scratch 'log'
    Write-Text $log ''
    Write-Text "$scratch/answer" $Answer
    $real = Join-Path $scratch (Split-Path -Leaf $helper)
    if (-not (Test-Path -LiteralPath $real)) { Move-Item -LiteralPath $helper -Destination $real }
    $fake = Join-Path $bin 'aws-switch'
    if ($onWindows) {
        $then_ = if ($Hang) { ":again`r`n@goto again" } elseif ($Then) { "@`"$real`" %*" } else { "@type `"$scratch\answer`"`r`n@exit $Status" }
        if ($Copy) { $then_ += "`r`n@copy /y `"$($Copy[0])`" `"$($Copy[1])`" >nul" }
        Write-Text "$fake.cmd" "@echo started>>`"$log`"`r`n$then_`r`n"
    } else {
        $then_ = if ($Hang) { 'sleep 600' } elseif ($Then) { "'$real' `"`$@`"" } else { "cat '$scratch/answer'; exit $Status" }
        if ($Copy) { $then_ += "`ncp '$($Copy[0])' '$($Copy[1])'" }
        Write-Text $fake "#!/bin/sh`necho started >>'$log'`n$then_`n"
        chmod +x $fake
    }
}

# The number of starts of that program.
function Get-StartCount { @(Get-Content -LiteralPath "$scratch/log").Count }

# Restores the real helper.
function Reset-Helper {
    Get-ChildItem -LiteralPath $bin | Remove-Item
    Move-Item -LiteralPath (Join-Path $scratch (Split-Path -Leaf $helper)) -Destination $helper
}

# Loads the integration, as the line in a user's profile does.
function Import-Integration {
    Invoke-Expression (& { (& $helper init powershell | Out-String) })
}

# Renders the next prompt, as the shell does, and returns its text.
function Show-Prompt { (prompt 6>&1) -join '' }

# Changes the directory. Windows PowerShell follows at the next prompt.
function Enter-Directory([string] $Path) {
    Set-Location -LiteralPath $Path
    if (-not $isCore) { $null = Show-Prompt }
}

# The text that an action writes to [Console]::Error; that of the helper itself is not included.
function Get-Notice([scriptblock] $Action) {
    $console = [Console]::Error
    $written = [IO.StringWriter]::new()
    [Console]::SetError($written)
    try { $null = & $Action } finally { [Console]::SetError($console) }
    $written.ToString() -replace "`r?`n\z" -replace "`r"
}
