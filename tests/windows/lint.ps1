# lint.ps1 ANALYZER FILE...: prints one line for each problem that PSScriptAnalyzer, in the directory ANALYZER, reports by
# its default rules, or because Windows PowerShell 5.1 lacks something.
param([string] $Analyzer, [Parameter(ValueFromRemainingArguments)] [string[]] $Files)
$ErrorActionPreference = 'Stop'
Import-Module -Name (Get-ChildItem -LiteralPath $Analyzer -Recurse -Filter PSScriptAnalyzer.psd1 | Select-Object -First 1).FullName
$oldest = 'win-48_x64_10.0.17763.0_5.1.17763.316_x64_4.0.30319.42000_framework'
$settings = @{
    # The names are those of the other shells', and a value of theirs is global.
    ExcludeRules = 'PSUseApprovedVerbs', 'PSAvoidGlobalVars', 'PSAvoidUsingPositionalParameters', 'PSUseDeclaredVarsMoreThanAssignments',
    'PSUseProcessBlockForPipelineCommand', 'PSReviewUnusedParameter'
    Rules = @{
        PSUseCompatibleSyntax = @{ Enable = $true; TargetVersions = '5.1', '7.0' }
        # Functions of its own are not on the list of what it has.
        PSUseCompatibleCommands = @{ Enable = $true; TargetProfiles = @($oldest); IgnoreCommands = @('prompt', 'TabExpansion2') }
        # The script tests whether the event exists before it uses it.
        PSUseCompatibleTypes = @{ Enable = $true; TargetProfiles = @($oldest); IgnoreTypes = @('Management.Automation.LocationChangedEventArgs') }
    }
}
$ours = $settings.ExcludeRules
foreach ($file in $Files) {
    # What no script of ours may do, its tests have to: they evaluate lines.
    $settings.ExcludeRules = if ($file -match '[\\/]shell[\\/]') { $ours } else { $ours + @('PSAvoidUsingInvokeExpression', 'PSUseShouldProcessForStateChangingFunctions') }
    foreach ($problem in Invoke-ScriptAnalyzer -Path $file -Settings $settings) {
        [Console]::Out.WriteLine("not ok $($problem.ScriptName):$($problem.Line): $($problem.RuleName): $($problem.Message)")
    }
    [Console]::Out.WriteLine("ok $(Split-Path -Leaf $file) was read")
}
[Console]::Out.WriteLine('done')
