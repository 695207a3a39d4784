# aws-switch as a PowerShell module: `Import-Module aws-switch` in $PROFILE loads the shell integration.
# Without the helper on PATH nothing is loaded, silently. The script comes from the helper, so that
# both are of one version and the settings file is read.

$helper = Microsoft.PowerShell.Core\Get-Command -Name aws-switch -CommandType Application -ErrorAction Ignore |
    Microsoft.PowerShell.Utility\Select-Object -First 1
if ($helper) {
    . ([scriptblock]::Create((& $helper init powershell | Microsoft.PowerShell.Utility\Out-String)))
}
