# aws-switch for Windows PowerShell 5.1 and PowerShell 7.
#
# What the helper answers is data: it is compared and assigned here, never evaluated.
# A module keeps private names private; full names of cmdlets reach past aliases and functions of
# the same name. Only ASCII stands here: Windows PowerShell would misread anything else.

if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    # Nothing of .NET may be called there, the console's error stream included.
    Microsoft.PowerShell.Utility\Write-Warning "aws-switch: not loaded: this PowerShell is in $($ExecutionContext.SessionState.LanguageMode) mode: use 'aws-switch exec'"
} elseif (-not (Microsoft.PowerShell.Core\Get-Module -Name aws-switch)) { Microsoft.PowerShell.Core\New-Module -Name aws-switch -Verbose:$false -ArgumentList @(
    # What `aws-switch init` assigned, in whatever scope this is.
    Microsoft.PowerShell.Utility\Get-Variable -Name __aws_switch_program, __aws_switch_setting_* -ErrorAction Ignore
) -ScriptBlock {
    $__aws_switch_program = 'aws-switch'
    $__aws_switch_setting_auto = ''
    $__aws_switch_setting_prompt = ''
    foreach ($given in $args) { $ExecutionContext.SessionState.PSVariable.Set($given.Name, $given.Value) }
    $__aws_switch_auto = ''           # on or off, once `aws-switch auto` said so in this shell
    $__aws_switch_pending = @()       # lines kept for the next prompt
    $__aws_switch_noticed = 'none'    # the place whose refusal has been told; no place has this name
    # Place and variables at the last question: nothing yet, but an inherited state has to be settled.
    $__aws_switch_seen = "$env:__AWS_SWITCH_STATE`n`n`n`n`n"
    $__aws_switch_left = 0            # looks until a question without an answer is put again; 0: never
    $__aws_switch_distance = 0        # how many those were at first
    $__aws_switch_until = @()         # when the choice ends by itself, and how many minutes that were then
    $__aws_switch_kept = @{}          # the variables that `-` brings back
    $__aws_switch_text = ''           # what the prompt shows, without the minutes
    $__aws_switch_place = ''
    $__aws_switch_env = ''
    $__aws_switch_event = 'load'
    $__aws_switch_colour = ''
    $__aws_switch_status = 0          # of the helper, when it was last run
    $__aws_switch_prompts = @()       # the prompt functions that ours was put before
    $__aws_switch_depth = 0           # how many of them are drawing now
    $__aws_switch_drawn = 0           # the command line that ours was last drawn for
    # The variables that an answer may change.
    $__aws_switch_names = @(
        'AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY',
        'AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN', 'AWS_CREDENTIAL_EXPIRATION', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'
    )
    $__aws_switch_whole = '\Aaws-switch 2\n(?s:.*\n)?end\n\z' # an answer that was not cut short

    # The user's own preferences would tell of this module's work, and end it where a helper fails.
    $VerbosePreference = 'SilentlyContinue'
    $ErrorActionPreference = 'Continue'
    $PSNativeCommandUseErrorActionPreference = $false
    # Every version then takes words for the helper as they are quoted here.
    $PSNativeCommandArgumentPassing = 'Legacy'

    # The value of a setting's variable, exported or not, else what the settings file says.
    function __aws_switch_setting([string] $name, [string] $otherwise) {
        $value = [Environment]::GetEnvironmentVariable($name)
        if (-not $value) { $value = $ExecutionContext.SessionState.PSVariable.GetValue("global:$name") }
        if ($value) { "$value" } else { $otherwise }
    }

    # Sets an environment variable, or removes it: an empty one is not the same as none.
    function __aws_switch_export([string] $name, $value) {
        if ($null -eq $value) { $value = [NullString]::Value }
        [Environment]::SetEnvironmentVariable($name, $value)
    }

    # Runs the helper, under the settings of this shell, exported or not. With a protocol it gives
    # the answer; without one, what the helper prints passes through. Sets __aws_switch_status, to
    # nothing where it did not run.
    function __aws_switch_helper([string] $wire, [string[]] $words, [object[]] $piped) {
        $script:__aws_switch_status = $null
        $program = $ExecutionContext.InvokeCommand.GetCommand($__aws_switch_program, 'Application')
        if (-not $program) { return }
        $path = $ExecutionContext.SessionState.Path
        # Nothing starts in a folder that is gone; what governs it lies above.
        $folder = $path.CurrentFileSystemLocation.ProviderPath
        while ($folder -and -not [IO.Directory]::Exists($folder)) { $folder = [IO.Path]::GetDirectoryName($folder) }
        $variables = @{
            __AWS_SWITCH_WIRE = $wire
            __AWS_SWITCH_AUTO = $__aws_switch_auto
            __AWS_SWITCH_KEPT = $__aws_switch_kept.Keys -join ' '
            PWD = $folder
        }
        if (-not $wire) {
            # What of the integration is in place.
            $session = $ExecutionContext.SessionState.InvokeCommand
            $action = $session.PSObject.Properties['LocationChangedAction']
            $variables['__AWS_SWITCH_LOADED'] = '2 powershell' +
            # A prompt that came later may call ours, as that of an editor's terminal does.
            $(if ("$function:prompt" -match '__aws_switch_draw' -or $__aws_switch_drawn -eq $MyInvocation.HistoryId) { ' prompt' }) +
            $(if ($action -and $action.Value) { ' cd pushd popd' })
        }
        # In the registry, say, no folder governs.
        if ($path.CurrentLocation.Provider.Name -ne 'FileSystem') { $variables['__AWS_SWITCH_AUTO'] = 'off' }
        foreach ($setting in 'AUTO', 'PROMPT', 'NOTICES', 'PROTECT', 'CONFIRM') {
            $variables["AWS_SWITCH_$setting"] = __aws_switch_setting "AWS_SWITCH_$setting"
        }
        $quoted = foreach ($word in $words) {
            '"' + ($word -replace '(\\*)"', '$1$1\"' -replace '(\\+)\z', '$1$1') + '"'
        }
        $kept = @{}
        $encoding = [Console]::OutputEncoding
        try {
            foreach ($name in $variables.Keys) {
                $kept[$name] = [Environment]::GetEnvironmentVariable($name)
                __aws_switch_export $name $(if ($variables[$name]) { $variables[$name] })
            }
            if ($wire) {
                __aws_switch_ask $program.Path ($quoted -join ' ') $variables['PWD'] ($words[0] -match '\A__')
            } else {
                [Console]::OutputEncoding = [Text.UTF8Encoding]::new()
                if ($null -ne $piped) { $piped | & $program $quoted } else { & $program $quoted }
                $script:__aws_switch_status = $global:LASTEXITCODE
            }
        } finally {
            if (-not $wire) { [Console]::OutputEncoding = $encoding }
            foreach ($name in $kept.Keys) { __aws_switch_export $name $kept[$name] }
        }
    }

    # Gives what a program prints. The call operator would set LASTEXITCODE, decode as the console
    # does, and not be left before a program that hangs.
    function __aws_switch_ask([string] $program, [string] $line, [string] $folder, [bool] $quietly) {
        $start = [Diagnostics.ProcessStartInfo]::new($program, $line)
        $start.WorkingDirectory = $folder
        $start.UseShellExecute = $false
        $start.RedirectStandardOutput = $true
        $start.StandardOutputEncoding = [Text.UTF8Encoding]::new()
        $start.RedirectStandardInput = $quietly
        $start.RedirectStandardError = $quietly
        $process = $null
        try {
            $process = try {
                [Diagnostics.Process]::Start($start)
            } catch {
                # A virus scanner may hold the file, or the system be short of something: once more.
                $global:Error.RemoveAt(0)
                [Threading.Thread]::Sleep(100)
                [Diagnostics.Process]::Start($start)
            }
            if ($quietly) {
                $process.StandardInput.Close()
                $process.BeginErrorReadLine()
            }
            $answer = $process.StandardOutput.ReadToEndAsync()
            # Ctrl-C takes effect between two statements. The helper itself gives up after 2 s.
            for ($tenths = 0; -not $answer.Wait(100); $tenths++) {
                if ($quietly -and $tenths -ge 30) { return }
            }
            $process.WaitForExit()
            $script:__aws_switch_status = $process.ExitCode
            $answer.Result
        } catch {
            # Whatever keeps it from being read, it is no answer.
            $global:Error.RemoveAt(0)
        } finally {
            if ($process) {
                if (-not $process.HasExited) { $process.Kill() }
                $process.Dispose()
            }
        }
    }

    # Sets __aws_switch_place to the .awsprofile that governs this folder and what it holds, and
    # __aws_switch_env to the variables that the helper judges by; with a word to these alone.
    function __aws_switch_look([string] $word) {
        if (-not $word) {
            $script:__aws_switch_place = ''
            $location = $ExecutionContext.SessionState.Path.CurrentLocation
            $auto = $__aws_switch_auto
            if (-not $auto) { $auto = __aws_switch_setting AWS_SWITCH_AUTO $__aws_switch_setting_auto }
            if ($auto -ne 'off' -and $location.Provider.Name -eq 'FileSystem') {
                for ($folder = $location.ProviderPath; $folder; $folder = [IO.Path]::GetDirectoryName($folder)) {
                    $file = [IO.FileInfo]::new([IO.Path]::Combine($folder, '.awsprofile'))
                    if ([int] $file.Attributes -ne -1) {
                        $script:__aws_switch_place = $file.FullName + "`n" + (__aws_switch_content $file)
                        break
                    }
                }
            }
        }
        $values = foreach ($name in 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION') {
            [string] [Environment]::GetEnvironmentVariable($name)
        }
        $keys = foreach ($name in 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN') {
            if ([Environment]::GetEnvironmentVariable($name)) { $name }
        }
        $script:__aws_switch_env = ($values -join "`n") + "`n$keys`n"
    }

    # No more of a file than a valid one holds, and nothing of what is not a regular file.
    function __aws_switch_content([IO.FileInfo] $file) {
        try {
            # Link by link, as one may lead to a machine that does not answer. Windows PowerShell
            # cannot follow one, and sees it as empty.
            for ($links = 0; $file.Attributes -band [IO.FileAttributes]::ReparsePoint; $links++) {
                $file = $file.ResolveLinkTarget($false)
                if ($links -ge 40 -or $file.FullName -match '\A[\\/]{2}') { return }
            }
            # Pipes and devices are of no length.
            if ($file.Attributes -band [IO.FileAttributes]::Directory -or $file.Length -eq 0) { return }
            $stream = $file.Open('Open', 'Read', 'ReadWrite, Delete')
            try {
                $bytes = [byte[]]::new(4097)
                [BitConverter]::ToString($bytes, 0, $stream.Read($bytes, 0, $bytes.Length))
            } finally {
                $stream.Dispose()
            }
        } catch {
            $global:Error.RemoveAt(0)
        }
    }

    # Assigns what the helper answered, and keeps what it says until __aws_switch_tell. No
    # environment variable is readonly, so what is assigned took.
    function __aws_switch_apply([string] $answer) {
        $say = @()
        foreach ($line in $answer.Split("`n")) {
            $verb, $rest = $line -split ' ', 2
            switch -CaseSensitive ($verb) {
                'set' {
                    $name, $value = $rest -split ' ', 2
                    if ($name -cmatch '\AAWS_(DEFAULT_)?(PROFILE|REGION)\z') { __aws_switch_export $name $value }
                }
                'unset' { if ($rest -cin $__aws_switch_names) { __aws_switch_export $rest $null } }
                'forget' { $__aws_switch_kept.Clear() }
                'swap' { if ($rest -cin $__aws_switch_names) { __aws_switch_swap $rest } }
                'until' { $script:__aws_switch_until = @(if ($rest -cmatch '\A[1-9]\d{0,17} \d{1,9}\z') { [long[]] ($rest -split ' ') }) }
                'state' { __aws_switch_export __AWS_SWITCH_STATE $(if ($rest) { $rest }) }
                'auto' { $script:__aws_switch_auto = $rest }
                'segment' { $script:__aws_switch_text = $rest }
                'look' { $script:__aws_switch_colour = $rest }
                'say' { $say += "aws-switch: $rest" }
                'notice' {
                    if (-not [string]::Equals($__aws_switch_noticed, $__aws_switch_place)) { $say += "aws-switch: $rest" }
                    $script:__aws_switch_noticed = $__aws_switch_place
                }
            }
        }
        __aws_switch_clock
        # Of the start only what came last is told.
        if ($say -and $__aws_switch_event -eq 'load') { $script:__aws_switch_pending = @() }
        $script:__aws_switch_pending += $say
    }

    # Exchanges a variable with what this shell keeps of it, in its memory alone; either may be nothing.
    function __aws_switch_swap([string] $name) {
        $back = $__aws_switch_kept[$name]
        $value = [Environment]::GetEnvironmentVariable($name)
        __aws_switch_export $name $back
        if ($null -eq $value) { $__aws_switch_kept.Remove($name) } else { $__aws_switch_kept[$name] = $value }
    }

    # Sets AWS_SWITCH_SEGMENT, with the minutes that are left where the choice ends by itself. Once
    # none are, the helper is asked anew.
    function __aws_switch_clock {
        $global:AWS_SWITCH_SEGMENT = $__aws_switch_text
        $session = $ExecutionContext.SessionState.InvokeCommand
        $others = [Delegate]::Remove($session.PreCommandLookupAction, $__aws_switch_before)
        $session.PreCommandLookupAction = $others
        if (-not $__aws_switch_until) { return }
        # It costs each command a little, so it is there while a choice has an end alone.
        $session.PreCommandLookupAction = [Delegate]::Combine($others, $__aws_switch_before)
        $left = [Math]::Ceiling(($__aws_switch_until[0] - [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()) / 60)
        if ($left -le 0) { $script:__aws_switch_seen = '' }
        if ($__aws_switch_text) { $global:AWS_SWITCH_SEGMENT = $__aws_switch_text -replace '\)\z', " ${left}m)" }
    }

    # Prints what was kept for later.
    function __aws_switch_tell {
        if (-not $__aws_switch_pending) { return }
        $encoding = [Console]::OutputEncoding
        try {
            # The console's own may lack letters of a folder's name.
            [Console]::OutputEncoding = [Text.UTF8Encoding]::new()
            foreach ($line in $__aws_switch_pending) { [Console]::Error.WriteLine($line) }
        } finally {
            [Console]::OutputEncoding = $encoding
        }
        $script:__aws_switch_pending = @()
    }

    # Asks the helper once when the place or the variables are not what they were. -eq would take
    # names that differ in invisible characters for the same.
    function __aws_switch_follow {
        __aws_switch_look
        $pending = $__aws_switch_pending
        if (-not [string]::Equals($__aws_switch_place + $__aws_switch_env, $__aws_switch_seen)) {
            $script:__aws_switch_distance = 0
        } else {
            if ($__aws_switch_left -eq 0 -or -not (__aws_switch_is_due)) { return }
            # If it answers now, nobody needs to be told that it did not.
            $pending = @()
        }
        # Remembered first: a helper that Ctrl-C ends is asked once, not at every prompt.
        $script:__aws_switch_seen = $__aws_switch_place + $__aws_switch_env
        $script:__aws_switch_left = 0
        if (-not [string]::Equals($__aws_switch_place, $__aws_switch_noticed)) { $script:__aws_switch_noticed = 'none' }
        # Said first, too, as Ctrl-C at a helper that hangs ends this function.
        __aws_switch_fail
        $answer = __aws_switch_helper 2 __hook, $__aws_switch_event
        if ($answer -cmatch $__aws_switch_whole) {
            $script:__aws_switch_pending = $pending
            __aws_switch_apply $answer
            # The file that it read may be a newer one, which is then asked about at the next look.
            __aws_switch_look variables
            $script:__aws_switch_seen = $__aws_switch_place + $__aws_switch_env
        } else {
            $script:__aws_switch_left = $script:__aws_switch_distance = [Math]::Max(1, 2 * $__aws_switch_distance)
        }
        # While the shell starts, it goes without saying.
        if ($__aws_switch_event -ne 'load') { __aws_switch_tell }
    }

    # Whether a question that had no answer is to be put again: after 1 look, 2, 4, and so on.
    function __aws_switch_is_due {
        $script:__aws_switch_left--
        $__aws_switch_left -eq 0
    }

    # Without an answer the profile stays, and the prompt shows it unchecked; said once.
    function __aws_switch_fail {
        $name = [string] [Environment]::GetEnvironmentVariable('AWS_PROFILE') -replace '[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]', '?'
        $script:__aws_switch_text = if ($name) { "(aws:$name ?)" } else { '' }
        $global:AWS_SWITCH_SEGMENT = $__aws_switch_text
        $script:__aws_switch_colour = 'problem'
        if ($__aws_switch_distance -ne 0) { return }
        if (-not $name) { $name = 'unset' }
        $script:__aws_switch_pending += "aws-switch: the helper does not answer: AWS_PROFILE stays $name for now: if it stays so, start a new shell"
    }

    # Puts the segment before the prompt, or leaves the prompt to whoever draws one already.
    function __aws_switch_prompt {
        $setting = __aws_switch_setting AWS_SWITCH_PROMPT $__aws_switch_setting_prompt
        if ($setting -eq 'off' -or -not $global:AWS_SWITCH_SEGMENT) { return }
        foreach ($prompt in $__aws_switch_prompts) {
            if ($prompt.Module -and $prompt.Module.Name -match '\A(starship|oh-my-posh)') { return }
        }
        $colour = switch ($__aws_switch_colour) { 'protected' { 'Red' } 'problem' { 'Yellow' } default { 'Cyan' } }
        # Written, not returned: many prompts write themselves too, and return a blank.
        Microsoft.PowerShell.Utility\Write-Host "$global:AWS_SWITCH_SEGMENT " -NoNewline -ForegroundColor $colour
    }

    # What the prompt function runs.
    function __aws_switch_hook {
        try {
            if ($__aws_switch_until) { __aws_switch_clock }
            __aws_switch_follow
            $script:__aws_switch_event = 'change'
            __aws_switch_tell
            __aws_switch_prompt
        } catch {
            $global:Error.RemoveAt(0)
        }
    }

    # Draws ours, and then the prompt that it was put before.
    function __aws_switch_draw($prompt, [bool] $succeeded) {
        $script:__aws_switch_depth++
        try {
            # One that came later may call ours in turn, which then only passes on.
            if ($__aws_switch_depth -eq 1) {
                $script:__aws_switch_drawn = $MyInvocation.HistoryId
                __aws_switch_hook
            }
            # It may show $?, which nothing but a failure makes false.
            if (-not $succeeded) { Microsoft.PowerShell.Utility\Write-Error '' -ErrorAction Ignore }
            & $prompt
        } finally {
            $script:__aws_switch_depth--
        }
    }

    # Puts our prompt function before the one that is there. A closure: each keeps its own, as a tool that put one
    # around ours may give an older one back; and it is not the module's, which would take it along.
    function __aws_switch_wrap {
        if ("$function:prompt" -match '__aws_switch_draw') { return }
        $__aws_switch_prompt = $function:prompt
        $__aws_switch_draw = $function:__aws_switch_draw
        $script:__aws_switch_prompts += $__aws_switch_prompt
        $function:global:prompt = { & $__aws_switch_draw $__aws_switch_prompt $? }.GetNewClosure()
    }

    # The words of a call as they were typed: PowerShell drops the first --, splits -name:value and -name.value
    # behind it, makes an array of a,b, and takes -V and its like for parameters that every function has.
    function __aws_switch_words($call, [object[]] $bound) {
        $text = ''
        if ($call.PSObject.Properties['Statement']) {
            $text = $call.Statement
        } elseif ($call.OffsetInLine -gt 0) {
            $text = $call.Line.Substring($call.OffsetInLine - 1)
        }
        $tree = [Management.Automation.Language.Parser]::ParseInput($text, [ref] $null, [ref] $null)
        $command = $tree.Find({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
        $elements = @(if ($command) { $command.CommandElements | Microsoft.PowerShell.Utility\Select-Object -Skip 1 })
        $typed = @(if ($command) { __aws_switch_literals $command })
        $dashes = [Array]::IndexOf($typed, '--')
        # How many of the bound words each element is, and how many are left for those that are spread.
        $left = $bound.Count
        $spread = @()
        $sizes = @(
            for ($i = 0; $i -lt $elements.Count; $i++) {
                $size = switch ($elements[$i].GetType().Name) {
                    'CommandParameterAst' { if ($elements[$i].Argument) { 2 } else { 1 } }
                    'VariableExpressionAst' { if ($elements[$i].Splatted) { 0 } else { 1 } }
                    default { 1 }
                }
                if ($size -eq 0) { $spread += $i }
                if ($i -eq $dashes) { $size = 0 }
                $left -= $size
                $size
            }
        )
        $words = [Collections.Generic.List[string]]::new()
        if (($left -gt 0 -and -not $spread) -or ($left -lt 0 -and $typed -contains $null)) {
            foreach ($word in $bound) { $words.Add($word) }
            return $words
        }
        $next = 0
        for ($i = 0; $i -lt $elements.Count; $i++) {
            # Beyond the first of several nothing is known of whose word one is.
            $size = if ($i -notin $spread) { $sizes[$i] } elseif ($spread.Count -eq 1) { $left } else { $bound.Count - $next }
            $own = @(for ($last = $next + $size; $next -lt $last; $next++) { , $bound[$next] })
            $value = if ($null -ne $typed[$i]) { $typed[$i] }
            elseif ($elements[$i] -is [Management.Automation.Language.ArrayLiteralAst]) { $own[0] -join ',' }
            else { foreach ($word in $own) { foreach ($part in @($word)) { "$part" } } }
            $before = if ($i -gt 0) { $elements[$i - 1].Extent }
            if ($before -and $before.EndOffset -eq $elements[$i].Extent.StartOffset -and $before.Text.StartsWith('-')) {
                $words[$words.Count - 1] += -join $value
            } else {
                foreach ($word in @($value)) { $words.Add($word) }
            }
            if ($i -in $spread -and $spread.Count -gt 1) { break }
        }
        $words
    }

    # What each argument of a command says by itself; null for one that has to be evaluated.
    function __aws_switch_literals($command) {
        foreach ($element in $command.CommandElements | Microsoft.PowerShell.Utility\Select-Object -Skip 1) {
            __aws_switch_literal $element
        }
    }

    function __aws_switch_literal($element) {
        switch ($element.GetType().Name) {
            'StringConstantExpressionAst' { $element.Value }
            'ConstantExpressionAst' { $element.Extent.Text }
            'CommandParameterAst' { if ($element.Argument) { $null } else { $element.Extent.Text } }
            'ArrayLiteralAst' {
                $values = @(foreach ($each in $element.Elements) { __aws_switch_literal $each })
                if ($values -contains $null) { $null } else { $values -join ',' }
            }
            default { $null }
        }
    }

    # Whether a call was typed as a command of its own, and nothing takes what it prints.
    function __aws_switch_is_alone($call) {
        if ($call.CommandOrigin -ne 'Runspace' -or $call.OffsetInLine -lt 1 -or $env:TERM -eq 'dumb') { return $false }
        if ([Console]::IsInputRedirected -or [Console]::IsOutputRedirected -or [Console]::IsErrorRedirected) { return $false }
        $tree = [Management.Automation.Language.Parser]::ParseInput($call.Line, [ref] $null, [ref] $null)
        $command = $tree.Find({
                $args[0] -is [Management.Automation.Language.CommandAst] -and $args[0].Extent.StartColumnNumber -eq $call.OffsetInLine
            }, $false)
        if (-not $command -or $command.Redirections -or $command.Parent.PipelineElements.Count -ne 1) { return $false }
        $above = $command.Parent.Parent
        # With && and ||, which Windows PowerShell does not know.
        while ($above.GetType().Name -eq 'PipelineChainAst') { $above = $above.Parent }
        $above -is [Management.Automation.Language.NamedBlockAst]
    }

    # The command. What must change this shell is answered and assigned; all else passes through.
    # Parameters that are hidden and unbound keep Tab from offering those that every function has.
    function aws-switch {
        [CmdletBinding(PositionalBinding = $false)]
        param(
            [Parameter(ValueFromRemainingArguments, DontShow)] [object[]] $Words = @(),
            [Parameter(ValueFromPipeline, DontShow)] [object] $Piped
        )
        $Words = @(__aws_switch_words $MyInvocation $Words)
        # Without a word a profile is picked, where the terminal is there for it.
        $through = if ($Words.Count -eq 0) {
            -not (__aws_switch_is_alone $MyInvocation)
        } else {
            $Words[0] -cmatch '\A(list|show|current|resolve|whoami|exec|login|configure|doctor|init|setup|completions|man)\z'
        }
        foreach ($word in $Words) {
            if ($word -cmatch '\A--\z') { break }
            if ($word -cmatch '\A(-h|--help|-V|--version)\z') { $through = $true }
        }
        if ($through) {
            __aws_switch_helper '' $Words $(if ($MyInvocation.ExpectingInput) { , @($input) })
        } else {
            $answer = __aws_switch_helper 2 $Words
            if ($answer -cmatch $__aws_switch_whole) {
                __aws_switch_apply $answer
                __aws_switch_look
                $script:__aws_switch_seen = $__aws_switch_place + $__aws_switch_env
                if (-not [string]::Equals($__aws_switch_place, $__aws_switch_noticed)) { $script:__aws_switch_noticed = 'none' }
                __aws_switch_tell
            } elseif ($__aws_switch_status -eq 0) {
                [Console]::Error.WriteLine('aws-switch: the helper does not answer: nothing is switched: start a new shell')
                $script:__aws_switch_status = 1
            }
        }
        if ($null -eq $__aws_switch_status) {
            $script:__aws_switch_status = 127
            [Console]::Error.WriteLine("aws-switch: ${__aws_switch_program}: there is no such program: install it again")
        }
        $global:LASTEXITCODE = $__aws_switch_status
        if ($__aws_switch_status -ne 0) {
            # Nothing else makes $? false, which decides whether `aws-switch x && y` goes on.
            $ErrorActionPreference = 'SilentlyContinue'
            $PSCmdlet.WriteError([Management.Automation.ErrorRecord]::new(
                    [Exception]::new("aws-switch: status $__aws_switch_status"), 'aws-switch', 'NotSpecified', $null
                ))
            $global:Error.RemoveAt(0)
        }
    }

    # What Tab asks for: the helper names the candidates, and they are quoted here.
    function __aws_switch_complete([string] $raw, $command, [int] $cursor) {
        $before = @()
        $word = ''
        $values = @(__aws_switch_literals $command)
        for ($i = 0; $i -lt $values.Count; $i++) {
            $element = $command.CommandElements[$i + 1]
            # What looks like a variable may be a name that is being typed.
            $value = if ($null -ne $values[$i]) { $values[$i] } else { $element.Extent.Text.Trim('"') }
            if ($element.Extent.EndOffset -lt $cursor) { $before += $value }
            elseif ($element.Extent.StartOffset -lt $cursor) { $word = $value }
        }
        $answer = __aws_switch_helper 2 (@('__complete', '--') + $before + $word)
        $head, $lines = "$answer" -split "`n"
        $results = @(
            if ($head -cmatch '\Aaws-switch 2 (files|folders)\z') {
                [Management.Automation.CompletionCompleters]::CompleteFilename($raw) | Microsoft.PowerShell.Core\Where-Object {
                    $head -match 'files' -or $_.ResultType -eq 'ProviderContainer'
                }
            } elseif ($head -cmatch '\Aaws-switch 2 command\z') {
                __aws_switch_command $command $cursor
            } elseif ($head -cmatch '\Aaws-switch 2 words\z') {
                foreach ($line in @($lines) -ne '') {
                    $name, $description = $line -split "`t", 2
                    if (-not $description) { $description = $name }
                    [Management.Automation.CompletionResult]::new((__aws_switch_quote $name), $name, 'ParameterValue', $description)
                }
            }
        )
        # For nothing at all PowerShell would offer files.
        if ($results) { $results } elseif ($raw) { $raw } else { ' ' }
    }

    # Completes the command after the first -- as PowerShell would if nothing stood before it.
    function __aws_switch_command($command, [int] $cursor) {
        $dashes = $command.CommandElements | Microsoft.PowerShell.Core\Where-Object { $_.Extent.Text -ceq '--' }
        $start = @($dashes)[0].Extent.EndOffset
        # Blanks at its end are no part of a command.
        $line = $command.Extent.Text.Substring($start - $command.Extent.StartOffset).PadRight($cursor - $start)
        $line = $line.Substring(0, $cursor - $start).TrimStart()
        [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches
    }

    # A name as it must stand on the line, where typographic quotes count as plain ones.
    function __aws_switch_quote([string] $name) {
        if ($name -cmatch '\A(--|(--)?[A-Za-z_][A-Za-z0-9_./:@=+-]*)\z') { return $name }
        "'" + ($name -replace "(['\u2018-\u201b])", '$1$1') + "'"
    }

    # What a change of folder runs.
    function __aws_switch_moved {
        try {
            # The last prompt was drawn without ours: another one has taken its place.
            if ($__aws_switch_drawn -ne $MyInvocation.HistoryId) { __aws_switch_wrap }
            __aws_switch_follow
        } catch {
            $global:Error.RemoveAt(0)
        }
    }

    # What a command runs before it: a choice whose time is up ends first.
    $__aws_switch_ending = $false
    $__aws_switch_before = [EventHandler[Management.Automation.CommandLookupEventArgs]] {
        # The commands of this module are looked up, too.
        if ($__aws_switch_ending -or [DateTimeOffset]::UtcNow.ToUnixTimeSeconds() -lt $__aws_switch_until[0]) { return }
        $script:__aws_switch_ending = $true
        try { __aws_switch_clock; __aws_switch_follow } catch { $global:Error.RemoveAt(0) } finally { $script:__aws_switch_ending = $false }
    }

    # Hooks into an interactive shell.
    function __aws_switch_load {
        __aws_switch_wrap
        # A tool that is loaded later may take the prompt for itself, as is seen once it has drawn.
        $null = Microsoft.PowerShell.Utility\Register-EngineEvent -SourceIdentifier PowerShell.OnIdle -SupportEvent `
            -MaxTriggerCount 1 -Action { & $Event.MessageData } -MessageData {
            if ($__aws_switch_drawn -eq 0) { __aws_switch_wrap }
        }
        $session = $ExecutionContext.SessionState.InvokeCommand
        # PowerShell 6.1 and later; before that, the next prompt follows.
        if ($session.PSObject.Properties['LocationChangedAction']) {
            $script:__aws_switch_moving = [EventHandler[Management.Automation.LocationChangedEventArgs]] { __aws_switch_moved }
            $session.LocationChangedAction = [Delegate]::Combine($session.LocationChangedAction, $__aws_switch_moving)
        }
        Microsoft.PowerShell.Core\Register-ArgumentCompleter -Native -CommandName aws-switch -ScriptBlock {
            __aws_switch_complete @args
        }
        $ExecutionContext.SessionState.Module.OnRemove = { __aws_switch_unload }
        try { __aws_switch_follow } catch { $global:Error.RemoveAt(0) }
    }

    # What Remove-Module runs: takes the hooks out again. The completer stays, and completes the program's words.
    function __aws_switch_unload {
        # Of ours, what another tool's prompt still calls only passes on.
        $script:__aws_switch_depth = $script:__aws_switch_drawn = 1
        $prompt = $function:prompt
        if ("$prompt" -match '__aws_switch_draw') {
            $function:global:prompt = $prompt.Module.SessionState.PSVariable.GetValue('__aws_switch_prompt')
        }
        $session = $ExecutionContext.SessionState.InvokeCommand
        $session.PreCommandLookupAction = [Delegate]::Remove($session.PreCommandLookupAction, $__aws_switch_before)
        if ($session.PSObject.Properties['LocationChangedAction']) {
            $session.LocationChangedAction = [Delegate]::Remove($session.LocationChangedAction, $__aws_switch_moving)
        }
        $ExecutionContext.SessionState.PSVariable.Remove('global:AWS_SWITCH_SEGMENT')
    }

    # Whether PowerShell that was started with these words waits for somebody to type.
    function __aws_switch_is_interactive([string[]] $words) {
        for ($i = 0; $i -lt $words.Count; $i++) {
            switch -Regex ($words[$i]) {
                '\A[-/]{1,2}noe' { return $true }
                # A command, a file, or the name of one.
                '\A[-/]{1,2}(noni|c(o(m.*)?|wa)?\z|f|e(nc?.*|c)?\z)|\A[^-/]|\A-\z|\A/.*[/.]' { return $false }
                # These take the next word for their value.
                '\A[-/]{1,2}(con|cu|ex|ep|wi|w\z|wo|wd|in[^t]*|if|o|v|ps|se)' { $i++ }
            }
        }
        $true
    }

    $global:AWS_SWITCH_SEGMENT = ''
    if ($Host.Name -eq 'ConsoleHost') {
        $words = [Environment]::GetCommandLineArgs() | Microsoft.PowerShell.Utility\Select-Object -Skip 1
        if (-not [Console]::IsInputRedirected -and (__aws_switch_is_interactive $words)) { __aws_switch_load }
    } elseif ($Host.Name -match 'ISE|Visual Studio Code') {
        __aws_switch_load
    }
    Microsoft.PowerShell.Core\Export-ModuleMember -Function aws-switch
} | Microsoft.PowerShell.Core\Import-Module -Global -DisableNameChecking -Verbose:$false }
Microsoft.PowerShell.Utility\Remove-Variable -Name __aws_switch_program, __aws_switch_setting_* -ErrorAction Ignore -Verbose:$false -WhatIf:$false -Confirm:$false
