# lint.ps1 ANALYZER FILE...: one line for each finding of PSScriptAnalyzer, whose module is in the directory ANALYZER:
# its usual rules, and features that Windows PowerShell 5.1 lacks.
param([string] $Analyzer, [Parameter(ValueFromRemainingArguments)] [string[]] $Files)
$ErrorActionPreference = 'Stop'
Import-Module -Name (Get-ChildItem -LiteralPath $Analyzer -Recurse -Filter PSScriptAnalyzer.psd1 | Select-Object -First 1).FullName
$oldest = 'win-48_x64_10.0.17763.0_5.1.17763.316_x64_4.0.30319.42000_framework'
$settings = @{
    # The functions have the names of the other shells, and global variables.
    ExcludeRules = 'PSUseApprovedVerbs', 'PSAvoidGlobalVars', 'PSAvoidUsingPositionalParameters', 'PSUseDeclaredVarsMoreThanAssignments',
    'PSUseProcessBlockForPipelineCommand', 'PSReviewUnusedParameter'
    Rules = @{
        PSUseCompatibleSyntax = @{ Enable = $true; TargetVersions = '5.1', '7.0' }
        # Functions of the shell itself are not in the list of its commands.
        PSUseCompatibleCommands = @{ Enable = $true; TargetProfiles = @($oldest); IgnoreCommands = @('prompt', 'TabExpansion2') }
        # The event of a changed directory, which the script looks up before it uses it.
        PSUseCompatibleTypes = @{ Enable = $true; TargetProfiles = @($oldest); IgnoreTypes = @('Management.Automation.LocationChangedEventArgs') }
    }
}
$ours = $settings.ExcludeRules
foreach ($file in $Files) {
    # The tests evaluate lines, which the script must never do.
    $settings.ExcludeRules = if ($file -match '[\\/]shell[\\/]') { $ours } else { $ours + @('PSAvoidUsingInvokeExpression', 'PSUseShouldProcessForStateChangingFunctions') }
    foreach ($finding in Invoke-ScriptAnalyzer -Path $file -Settings $settings) {
        [Console]::Out.WriteLine("not ok $($finding.ScriptName):$($finding.Line): $($finding.RuleName): $($finding.Message)")
    }
    [Console]::Out.WriteLine("ok $(Split-Path -Leaf $file) was read")
}
[Console]::Out.WriteLine('done')
