# A helper that is missing, fails, lies or hangs: one line, nothing assigned, and the shell lives.
. (Join-Path $PSScriptRoot 'common.ps1')
Write-Profile work, dev
$project = (New-Item -ItemType Directory -Path "$scratch/project").FullName
Write-Text "$project/.awsprofile" 'work'
Set-Location -LiteralPath $scratch
Import-Integration
aws-switch dev
$null = Show-Prompt
$stays = 'aws-switch: error: the helper is missing or does not answer; AWS_PROFILE stays dev; if this repeats, check PATH and start a new shell'

foreach ($case in @(
        @('with no answer', '', 1), @('with another protocol', "aws-switch 4`nset AWS_PROFILE x`nend`n", 0), @('with an answer cut short', "aws-switch 3`nset AWS_PROFILE x`n", 0),
        @('with an answer of another system', "aws-switch 3`r`nset AWS_PROFILE x`r`nend`r`n", 0), @('with noise before', "hello`naws-switch 3`nset AWS_PROFILE x`nend`n", 0)
    )) {
    Set-Helper $case[1] $case[2]
    Check "a hook $($case[0]) warns" (Get-Notice { Enter-Directory $project }) $stays
    Check "a hook $($case[0]) warns once" (Get-Notice { $null = Show-Prompt; $null = Show-Prompt }) ''
    Check "a hook $($case[0]) assigns nothing" $env:AWS_PROFILE dev
    Check 'and the prompt shows an unknown profile' (Show-Prompt) -Match '\A\(aws:dev \?\) '
    $notice = Get-Notice { aws-switch work }
    Check "a switch $($case[0])" "$LASTEXITCODE $env:AWS_PROFILE $notice" -Match '\A1 dev aws-switch: error: the helper does not answer; nothing changed'
    Reset-Helper
    Enter-Directory $scratch
    $null = Show-Prompt
}

Set-Helper @"
aws-switch 3
set AWS_PROFILE `$(exit 9)
unset AWS_CONFIG_*
swap `$(exit 9)
nosuch PATH x
state 1:x
segment (aws:`$(exit 9))
style `$(exit 9)
recheck `$(exit 9)
print `$(exit 9) 'it''s'
end

"@.Replace("`r", '') 0
Set-Helper ([IO.File]::ReadAllText("$scratch/answer").TrimEnd() + "`n") 0
$path = $env:PATH
$env:AWS_CONFIG_FILE = 'stays'
$notice = Get-Notice { aws-switch work }
Check 'an answer is assigned unchanged' $env:AWS_PROFILE '$(exit 9)'
Check 'and printed unchanged' $notice 'aws-switch: $(exit 9) ''it''''s'''
Check 'and nothing in it is a pattern or a command' "$([string]::Equals($env:PATH, $path)) $env:AWS_CONFIG_FILE" 'True stays'
Remove-Item Env:AWS_CONFIG_FILE
Check 'and rendered unchanged' (Show-Prompt) -Match '\A\(aws:\$\(exit 9\)( \?)?\) '
Reset-Helper
$env:AWS_PROFILE = 'dev'
$null = Show-Prompt

Set-Helper -Hang
$clock = [Diagnostics.Stopwatch]::StartNew()
Check 'a hook does not wait for a helper that hangs' (Get-Notice { Enter-Directory $project }) $stays
Check 'for more than some seconds' ($clock.Elapsed.TotalSeconds -lt 6)
Reset-Helper
Enter-Directory $scratch
$null = Show-Prompt

# Ctrl-C ends the helper, and then this shell's command: here while that restores the variables that the helper had.
function Get-Variables { (Get-ChildItem Env: | Sort-Object Name | ForEach-Object { "$($_.Name)=$($_.Value)" }) -join "`n" }
$before = Get-Variables
$runspace = [RunspaceFactory]::CreateRunspace()
$runspace.Open()
$isRestoring = [Threading.ManualResetEvent]::new($false)
$runspace.SessionStateProxy.SetVariable('isRestoring', $isRestoring)
$runspace.SessionStateProxy.SetVariable('definitions', (& $helper init powershell | Out-String))
$other = [PowerShell]::Create().AddScript({
        $AWS_SWITCH_CONFIRM = 'off'
        Invoke-Expression $definitions
        & (Get-Module aws-switch) {
            $script:export = $function:__aws_switch_export
            function script:__aws_switch_export([string] $name, $value) {
                if ($name -eq '__AWS_SWITCH_WIRE' -and $env:__AWS_SWITCH_WIRE -and $isRestoring.Set()) { Start-Sleep -Seconds 1 }
                & $export $name $value
            }
        }
        aws-switch nosuch
    }.ToString())
$other.Runspace = $runspace
$null = $other.BeginInvoke()
Check 'Ctrl-C while variables are restored' $isRestoring.WaitOne(20000)
$other.Stop()
Check 'restores them all' (Get-Variables) $before
$runspace.Dispose()

Move-Item -LiteralPath $helper -Destination "$scratch/away"
Check 'a missing helper is reported at a change' (Get-Notice { Enter-Directory $project }) $stays
Check 'and not at each prompt' (Get-Notice { $null = Show-Prompt; $null = Show-Prompt }) ''
Check 'a switch without the helper' "$(Get-Notice { aws-switch work }) $LASTEXITCODE $env:AWS_PROFILE" -Match '\Aaws-switch: .*cannot find.* 127 dev\z'
Check 'a query without the helper' "$(Get-Notice { aws-switch list }) $LASTEXITCODE" -Match '\Aaws-switch: .*cannot find.* 127\z'
Check 'a Tab without it' ((TabExpansion2 'aws-switch wo' 13).CompletionMatches[0].CompletionText) wo
Move-Item -LiteralPath "$scratch/away" -Destination $helper
aws-switch work
Check 'back again' "$env:AWS_PROFILE $LASTEXITCODE" 'work 0'
Check 'no error is left in $Error' "$($Error -join '|')" ''
Exit-Script
