# What every script here begins with: a home of its own, the helper on PATH, and the words for checks.
# tests/windows/run sets AWS_SWITCH_TEST_HELPER to the helper's path and AWS_SWITCH_TEST_SCRATCH to an empty folder.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [Text.UTF8Encoding]::new()

$scratch = (Get-Item -LiteralPath $env:AWS_SWITCH_TEST_SCRATCH).FullName
$failed = 0
foreach ($name in @(Get-ChildItem Env: | ForEach-Object Name) -match '^(__)?AWS_') {
    if ($name -notlike 'AWS_SWITCH_TEST_*') { Remove-Item -LiteralPath "Env:$name" }
}
$env:USERPROFILE = Join-Path $scratch 'home'
$env:APPDATA = Join-Path $scratch 'roaming'
$env:LOCALAPPDATA = Join-Path $scratch 'local'
$bin = Join-Path $scratch 'a bin [1]'
$env:PATH = "$bin;$env:PATH"
$null = New-Item -ItemType Directory -Path $env:USERPROFILE, $env:APPDATA, $env:LOCALAPPDATA, $bin, "$env:USERPROFILE\.aws"
$helper = Join-Path $bin 'aws-switch.exe'
Copy-Item -LiteralPath $env:AWS_SWITCH_TEST_HELPER -Destination $helper

# One line for each check; anything but $true is a failure, and is shown.
function Check([string] $Name, $Seen, $Wanted = $true) {
    if ($null -ne $Seen -and [string]::Equals([string] $Seen, [string] $Wanted)) {
        Write-Output "ok $Name"
    } else {
        Write-Output "not ok $Name - seen <$Seen>, wanted <$Wanted>"
        $script:failed++
    }
}

# Files as they stand, without a BOM, whatever the version.
function Set-Text([string] $Path, [string] $Text) {
    [IO.File]::WriteAllText($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path), $Text)
}

function Set-Profiles([string[]] $Names, [string] $Region = '') {
    $text = foreach ($name in $Names) { "[profile $name]"; if ($Region) { "region = $Region" } }
    Set-Text "$env:USERPROFILE\.aws\config" (($text -join "`n") + "`n")
}

# Loads the integration as a user's profile does.
function Import-Integration {
    Invoke-Expression (& { (& $helper init powershell | Out-String) })
}

# The segment of the next prompt, which is drawn in this call.
function Get-DrawnSegment {
    $drawn = prompt 6>&1 | Where-Object { $_ -is [Management.Automation.InformationRecord] }
    "$drawn"
}

# What is written on stderr meanwhile.
function Get-Told([scriptblock] $Action) {
    $kept = [Console]::Error
    $written = [IO.StringWriter]::new()
    [Console]::SetError($written)
    try { $null = & $Action } finally { [Console]::SetError($kept) }
    $written.ToString() -replace "`r", '' -replace "`n\z", ''
}

function Exit-Tests {
    [Console]::Out.Flush()
    exit [Math]::Min($failed, 100)
}
