# aws-switch for Windows PowerShell 5.1 and PowerShell 7.
# The helper's answers are data: compared and assigned, never evaluated. A module keeps private names private, and full
# names of cmdlets reach past aliases and functions. All is ASCII: Windows PowerShell would misread anything else.

if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    # Nothing of .NET may be called in this mode, not even the console's error stream.
    Microsoft.PowerShell.Utility\Write-Warning "aws-switch: not loaded: this PowerShell is in $($ExecutionContext.SessionState.LanguageMode) mode; use 'aws-switch exec'"
} elseif (-not (Microsoft.PowerShell.Core\Get-Module -Name aws-switch)) { Microsoft.PowerShell.Core\New-Module -Name aws-switch -Verbose:$false -ArgumentList @(
    # `aws-switch init` assigned these in the caller's scope, whichever that is.
    Microsoft.PowerShell.Utility\Get-Variable -Name __aws_switch_program, __aws_switch_setting_* -ErrorAction Ignore
) -ScriptBlock {
    $__aws_switch_program = 'aws-switch'
    $__aws_switch_setting_auto = $__aws_switch_setting_prompt = ''
    foreach ($given in $args) { $ExecutionContext.SessionState.PSVariable.Set($given.Name, $given.Value) }
    $__aws_switch_auto = ''                # on or off, after `aws-switch auto on` or `off` in this shell
    $__aws_switch_pending = @()            # lines for the next prompt
    # The file and the variables of the last question. At load, the helper is asked unless none is set and no file applies.
    $__aws_switch_seen = $env:__AWS_SWITCH_STATE + "`n" * 9
    $__aws_switch_recheck = 0              # when to ask again although nothing has changed, in seconds since 1970; 0: never
    $__aws_switch_saved = @{}              # the variables that `aws-switch -` restores
    $__aws_switch_event = 'load'
    $__aws_switch_style = ''               # the colour of the segment, as the numbers of an escape sequence
    $__aws_switch_drawn = 0                # the history id of the line after which our prompt was last drawn
    $__aws_switch_is_drawing = $false
    $__aws_switch_is_left = $false         # whether the last prompt was left to a program that shows the profile already

    # The user's own preferences could report this module's steps, or end it where a helper fails.
    $VerbosePreference = 'SilentlyContinue'
    $ErrorActionPreference = 'Continue'
    $PSNativeCommandUseErrorActionPreference = $false
    # Every version then passes the helper's arguments on as they are quoted here.
    $PSNativeCommandArgumentPassing = 'Legacy'

    # Returns the value of a setting's variable, exported or not, else what the settings file has.
    function __aws_switch_setting([string] $name, [string] $otherwise) {
        $variable = $ExecutionContext.SessionState.PSVariable.GetValue("global:$name")
        foreach ($value in [Environment]::GetEnvironmentVariable($name), $variable, $otherwise) { if ($value) { return "$value" } }
    }

    # Sets an environment variable, or removes it: an empty one is not the same as none.
    function __aws_switch_export([string] $name, $value) {
        [Environment]::SetEnvironmentVariable($name, $(if ($null -eq $value) { [NullString]::Value } else { $value }))
    }

    # Runs the helper under this shell's settings, exported or not. With a protocol it returns the answer; without
    # one, the helper's output passes through. Sets __aws_switch_status, to null where the helper did not run.
    function __aws_switch_helper([string] $wire, [string[]] $words, [object[]] $piped) {
        $script:__aws_switch_status = $null
        $program = $ExecutionContext.InvokeCommand.GetCommand($__aws_switch_program, 'Application')
        if (-not $program) { return }
        $path = $ExecutionContext.SessionState.Path
        # No program starts in a directory that was deleted; the file that applies lies above it.
        $directory = $path.CurrentFileSystemLocation.ProviderPath
        while ($directory -and -not [IO.Directory]::Exists($directory)) { $directory = [IO.Path]::GetDirectoryName($directory) }
        $variables = @{
            __AWS_SWITCH_WIRE = $wire
            # Outside the file system, in the registry say, no directory profile applies.
            __AWS_SWITCH_AUTO = if ($path.CurrentLocation.Provider.Name -eq 'FileSystem') { $__aws_switch_auto } else { 'off' }
            __AWS_SWITCH_SAVED = $__aws_switch_saved.Keys -join ' '
            __AWS_SWITCH_LOADED = if (-not $wire) { __aws_switch_parts }
            PWD = $path.CurrentFileSystemLocation.ProviderPath
        }
        foreach ($setting in 'AUTO', 'PROMPT', 'NOTICES', 'PROTECT', 'CONFIRM') {
            $variables["AWS_SWITCH_$setting"] = __aws_switch_setting "AWS_SWITCH_$setting"
        }
        $quoted = $words -replace '(\\*)"', '$1$1\"' -replace '(\\+)\z', '$1$1' -replace '\A(?s:.*)\z', '"$0"'
        $before = @{}
        $encoding = [Console]::OutputEncoding
        try {
            foreach ($name in $variables.Keys) {
                $before[$name] = [Environment]::GetEnvironmentVariable($name)
                __aws_switch_export $name $(if ($variables[$name]) { $variables[$name] })
            }
            if ($wire) {
                __aws_switch_capture $program.Path ($quoted -join ' ') $directory ($words[0] -match '\A__')
            } else {
                [Console]::OutputEncoding = [Text.UTF8Encoding]::new()
                if ($null -ne $piped) { $piped | & $program $quoted } else { & $program $quoted }
                $script:__aws_switch_status = $global:LASTEXITCODE
            }
        } finally {
            $restore = {
                if (-not $wire) { [Console]::OutputEncoding = $encoding }
                foreach ($name in $before.Keys) { __aws_switch_export $name $before[$name] }
            }
            # PowerShell learns a moment later of the Ctrl-C that ended the helper: that may stop the first, not the second.
            try { & $restore } finally { & $restore }
        }
    }

    # Returns what a program prints. The call operator would set LASTEXITCODE, decode as the console does, and could
    # not be left while a program hangs.
    function __aws_switch_capture([string] $program, [string] $line, [string] $directory, [bool] $is_quiet) {
        $start = [Diagnostics.ProcessStartInfo] @{
            FileName = $program; Arguments = $line; WorkingDirectory = $directory; UseShellExecute = $false
            RedirectStandardOutput = $true; StandardOutputEncoding = [Text.UTF8Encoding]::new()
            RedirectStandardInput = $is_quiet; RedirectStandardError = $is_quiet
        }
        $process = $null
        try {
            $process = [Diagnostics.Process]::Start($start)
            $answer = $process.StandardOutput.ReadToEndAsync()
            # Ctrl-C takes effect between two statements. A helper that a hook started ends itself after 2 s.
            for ($tenths = 0; -not $answer.Wait(100); $tenths++) {
                if ($is_quiet -and $tenths -ge 30) { return }
            }
            $process.WaitForExit()
            $script:__aws_switch_status = $process.ExitCode
            $answer.Result
        } catch {
            $global:Error.RemoveAt(0)
        } finally {
            if ($process -and -not $process.HasExited) { $process.Kill() }
        }
    }

    # Sets __aws_switch_file to the nearest .awsprofile and its content, and __aws_switch_variables.
    function __aws_switch_observe {
        $script:__aws_switch_file = ''
        $location = $ExecutionContext.SessionState.Path.CurrentLocation
        $auto = if ($__aws_switch_auto) { $__aws_switch_auto } else { __aws_switch_setting AWS_SWITCH_AUTO $__aws_switch_setting_auto }
        if ($auto -ne 'off' -and $location.Provider.Name -eq 'FileSystem') {
            for ($directory = $location.ProviderPath; $directory; $directory = [IO.Path]::GetDirectoryName($directory)) {
                $file = [IO.FileInfo]::new([IO.Path]::Combine($directory, '.awsprofile'))
                if ([int] $file.Attributes -eq -1) { continue }
                $script:__aws_switch_file = $file.FullName + "`n" + (__aws_switch_read $file)
                break
            }
        }
        __aws_switch_observe_variables
    }

    # Sets __aws_switch_variables to what else decides.
    function __aws_switch_observe_variables {
        $keys = $env:AWS_ACCESS_KEY_ID, $env:AWS_WEB_IDENTITY_TOKEN_FILE, $env:AWS_ROLE_ARN, $env:NO_COLOR
        $others = $env:AWS_PROFILE, $env:AWS_DEFAULT_PROFILE, $env:AWS_REGION, $env:AWS_DEFAULT_REGION, $env:DIRENV_DIFF, $env:__MISE_DIFF
        $script:__aws_switch_variables = ($others + ($keys -replace '(?s).+', 'set')) -join "`n"
    }

    # Returns the first 4097 bytes of a regular file, one more than a valid one has; nothing of anything else.
    function __aws_switch_read([IO.FileInfo] $file) {
        try {
            # Link by link, as one may lead to a machine that does not answer. Windows PowerShell sees one as empty.
            for ($links = 0; $file.Attributes -band [IO.FileAttributes]::ReparsePoint; $links++) {
                $file = $file.ResolveLinkTarget($false)
                if ($links -ge 40 -or $file.FullName -match '\A[\\/]{2}') { return }
            }
            # Pipes and devices have no length.
            if ($file.Attributes -band [IO.FileAttributes]::Directory -or $file.Length -eq 0) { return }
            $stream = $file.Open('Open', 'Read', 'ReadWrite, Delete')
            $bytes = [byte[]]::new(4097)
            [BitConverter]::ToString($bytes, 0, $stream.Read($bytes, 0, $bytes.Length))
            $stream.Dispose()
        } catch {
            $global:Error.RemoveAt(0)
        }
    }

    # Assigns an answer, and keeps its lines for __aws_switch_print. Returns whether it was one, and whole. No
    # environment variable is readonly, so every assignment takes effect.
    function __aws_switch_apply([string] $answer) {
        if ($answer -cnotmatch '\Aaws-switch 3\n(?s:.*\n)?end\n\z') { return $false }
        foreach ($line in $answer.Split("`n")) {
            $verb, $rest = $line -split ' ', 2
            switch -CaseSensitive ($verb) {
                'set' { $name, $value = $rest -split ' ', 2; __aws_switch_export $name $value }
                'unset' { __aws_switch_export $rest $null }
                'swap' { __aws_switch_swap $rest }
                'discard' { $__aws_switch_saved.Clear() }
                'auto' { $script:__aws_switch_auto = $rest }
                'segment' { $global:AWS_SWITCH_SEGMENT = $rest }
                'style' { $script:__aws_switch_style = $rest }
                'recheck' { __aws_switch_await ($rest -as [long]) }
                # While the shell starts, a later line replaces an earlier one: the profile script may set the profile after us.
                'print' { $script:__aws_switch_pending = @(if ($__aws_switch_event -ne 'load') { $__aws_switch_pending }) + "aws-switch: $rest" }
            }
        }
        # The file as it was before the question: one that has changed since is asked about at the next prompt.
        __aws_switch_observe_variables
        $script:__aws_switch_seen = $__aws_switch_file + $__aws_switch_variables
        $true
    }

    # Exchanges a variable with its saved value; either may be nothing. It is saved in this module's memory alone.
    function __aws_switch_swap([string] $name) {
        $value = [Environment]::GetEnvironmentVariable($name)
        __aws_switch_export $name $__aws_switch_saved[$name]
        if ($null -eq $value) { $__aws_switch_saved.Remove($name) } else { $__aws_switch_saved[$name] = $value }
    }

    # Sets the moment to ask again. Looking at the clock before each command costs a little: only until then.
    function __aws_switch_await([long] $moment) {
        $script:__aws_switch_recheck = $moment
        $session = $ExecutionContext.SessionState.InvokeCommand
        $session.PreCommandLookupAction = [Delegate]::Remove($session.PreCommandLookupAction, $__aws_switch_before)
        if ($moment) { $session.PreCommandLookupAction = [Delegate]::Combine($session.PreCommandLookupAction, $__aws_switch_before) }
    }

    # Asks the helper once if the file or the variables differ from what was seen, also in letters that -eq ignores.
    function __aws_switch_update {
        trap { $global:Error.RemoveAt(0); continue }
        __aws_switch_observe
        $view = $__aws_switch_file + $__aws_switch_variables
        $here = "$view;$($ExecutionContext.SessionState.Path.CurrentLocation)"
        if ([string]::Equals($view, $__aws_switch_seen) -or [string]::Equals($here, $__aws_switch_seen)) { return }
        # Before the question, which Ctrl-C may end: it is asked again in another directory, and the profile is shown unchecked.
        $script:__aws_switch_seen = $here
        $name = [string] $env:AWS_PROFILE -creplace '[^A-Za-z0-9_.:/@%+=-]', '?'
        $global:AWS_SWITCH_SEGMENT = if ($name) { "(aws:$name ?)" } else { '' }
        $script:__aws_switch_style = ''
        if (-not (__aws_switch_apply (__aws_switch_helper 3 __hook, $__aws_switch_event))) {
            if (-not $name) { $name = 'unset' }
            $script:__aws_switch_pending += "aws-switch: error: the helper is missing or does not answer; AWS_PROFILE stays $name; if this repeats, check PATH and start a new shell"
        }
        # While the shell starts, nothing is printed.
        if ($__aws_switch_event -ne 'load') { __aws_switch_print }
    }

    function __aws_switch_print {
        trap { $global:Error.RemoveAt(0); continue }
        if (-not $__aws_switch_pending) { return }
        # The console's own encoding may lack letters of a directory's name.
        $encoding = [Console]::OutputEncoding
        [Console]::OutputEncoding = [Text.UTF8Encoding]::new()
        foreach ($line in $__aws_switch_pending) { [Console]::Error.WriteLine($line) }
        [Console]::OutputEncoding = $encoding
        $script:__aws_switch_pending = @()
    }

    # Draws the segment, or leaves the prompt to a program that shows the profile already.
    function __aws_switch_prompt($next) {
        $setting = __aws_switch_setting AWS_SWITCH_PROMPT $__aws_switch_setting_prompt
        $script:__aws_switch_is_left = "$($next.Module)" -match '\A(starship|oh-my-posh)'
        if ($setting -eq 'off' -or -not $global:AWS_SWITCH_SEGMENT -or $__aws_switch_is_left) { return }
        # By name, as not every console of Windows knows escape sequences.
        $name = @{ '1;31' = 'Red'; '33' = 'Yellow'; '36' = 'Cyan' }[$__aws_switch_style]
        $colour = if ($name) { @{ ForegroundColor = $name } } else { @{} }
        # Written, not returned: many prompts write themselves too, and return a space.
        Microsoft.PowerShell.Utility\Write-Host "$global:AWS_SWITCH_SEGMENT " -NoNewline @colour
    }

    # Runs at each prompt: draws ours, and then the one that it was put before. A later one may call ours: drawn once.
    function __aws_switch_hook($prompt, [bool] $succeeded) {
        $is_inner = $__aws_switch_is_drawing
        try {
            if (-not $is_inner) {
                $script:__aws_switch_is_drawing = $true
                $script:__aws_switch_drawn = $MyInvocation.HistoryId
                __aws_switch_update
                $script:__aws_switch_event = 'change'
                __aws_switch_print
                __aws_switch_prompt $prompt
            }
            # The prompt may show $?, which only a failure makes false.
            if (-not $succeeded) { Microsoft.PowerShell.Utility\Write-Error '' -ErrorAction Ignore }
            & $prompt
        } finally {
            $script:__aws_switch_is_drawing = $is_inner
        }
    }

    # Puts our prompt function before the present one. A closure keeps which one that is, as a tool that put its own
    # around ours may restore an older one; a function of the module would be removed with it.
    function __aws_switch_wrap {
        if ("$function:prompt" -match '__aws_switch_hook') { return }
        $__aws_switch_prompt = $function:prompt
        $__aws_switch_hook = $function:__aws_switch_hook
        $function:global:prompt = { & $__aws_switch_hook $__aws_switch_prompt $? }.GetNewClosure()
    }

    # Runs after a change of directory.
    function __aws_switch_moved {
        # If the last prompt was drawn without ours, another one has replaced it.
        if ($__aws_switch_drawn -ne $MyInvocation.HistoryId) { __aws_switch_wrap }
        __aws_switch_update
    }

    # Runs before a command, and does nothing until the moment to ask again. A question amid the commands that assign an
    # answer would have the same answer, and exchange the saved values twice.
    $__aws_switch_before = [EventHandler[Management.Automation.CommandLookupEventArgs]] {
        $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
        $is_due = $__aws_switch_recheck -and $now -ge $__aws_switch_recheck
        if (-not $is_due -or $args[1].CommandName -match '\A__aws_switch') { return }
        # Without an answer, which brings a moment of its own, the question is repeated: the --for may be over.
        $script:__aws_switch_recheck = $now + 60
        $script:__aws_switch_seen = ''
        __aws_switch_update
    }

    # Returns the words of a call as they were typed: PowerShell drops the first --, splits -name:value and
    # -name.value behind it, makes an array of a,b and 7 of 007, and takes -V for a parameter that every function has.
    function __aws_switch_words($call, [object[]] $bound) {
        # Before PowerShell 7.4 a call knows only the line that it begins on.
        $text = if ($call.PSObject.Properties['Statement']) { $call.Statement } else { $call.Line.Substring([Math]::Max(0, $call.OffsetInLine - 1)) }
        $tree = [Management.Automation.Language.Parser]::ParseInput($text, [ref] $null, [ref] $null)
        $command = $tree.Find({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
        $elements = @(if ($command) { $command.CommandElements | Microsoft.PowerShell.Utility\Select-Object -Skip 1 })
        $splatted = @($elements | Microsoft.PowerShell.Core\Where-Object { $_.PSObject.Properties['Splatted'] -and $_.Splatted })
        # Behind the first of several splatted variables nothing tells whose word one is.
        if ($splatted.Count -gt 1) { $elements = $elements[0..[Array]::IndexOf($elements, $splatted[0])] }
        # A plain word is passed as typed, and so is a quoted one without variables.
        $typed = @(foreach ($element in $elements) {
                if ($element.Extent.Text -match '\A[\w.:/,+=-]+\z') { $element.Extent.Text }
                elseif ($element -is [Management.Automation.Language.StringConstantExpressionAst]) { $element.Value }
                else { $null }
            })
        $dashes = [Array]::IndexOf($typed, '--')
        # As many of the bound words are splatted ones.
        $left = $bound.Count - $elements.Count + [int] [bool] $splatted + [int] ($dashes -ge 0)
        if (($left -gt 0 -and -not $splatted) -or ($left -lt 0 -and $typed -contains $null)) { return [string[]] $bound }
        $words = [Collections.Generic.List[string]]::new()
        for ($i = $next = 0; $i -lt $elements.Count; $i++) {
            $size = if ($i -eq $dashes) { 0 } elseif ($elements[$i] -in $splatted) { $left } else { 1 }
            $values = if ($null -ne $typed[$i]) { $typed[$i] }
            elseif ($elements[$i] -is [Management.Automation.Language.ArrayLiteralAst]) { $bound[$next] -join ',' }
            else { $bound | Microsoft.PowerShell.Utility\Select-Object -Skip $next -First $size | Microsoft.PowerShell.Core\ForEach-Object { $_ } }
            $next += $size
            if ($i -gt 0 -and $elements[$i - 1].Extent.EndOffset -eq $elements[$i].Extent.StartOffset -and $elements[$i - 1].Extent.Text[0] -eq '-') {
                $words[$words.Count - 1] += -join $values
            } else {
                $words.AddRange([string[]] @($values))
            }
        }
        $words
    }

    # Whether a call was typed, on a terminal, as a command whose output nothing takes.
    function __aws_switch_is_alone($call) {
        $call.CommandOrigin -eq 'Runspace' -and $call.OffsetInLine -gt 0 -and $env:TERM -ne 'dumb' -and
        -not ([Console]::IsInputRedirected -or [Console]::IsOutputRedirected -or [Console]::IsErrorRedirected) -and
        $call.Line.Substring(0, $call.OffsetInLine - 1) -match '(\A|;|&&|\|\|)\s*\z' -and
        $call.Line.Substring($call.OffsetInLine - 1) -match '\A[\w-]+\s*(\z|;|&&|\|\|)'
    }

    # The command. Hidden, unbound parameters keep Tab from offering those that every function has.
    function aws-switch {
        [CmdletBinding(PositionalBinding = $false)]
        param(
            [Parameter(ValueFromRemainingArguments, DontShow)] [object[]] $Words = @(),
            [Parameter(DontShow)] [switch] $I, # else it would be short for two common parameters
            [Parameter(ValueFromPipeline, DontShow)] [object] $Piped
        )
        if ("$($ExecutionContext.SessionState.Module)" -ne 'aws-switch') {
            # A job or another runspace got this function without its module. The helper reports that it cannot switch.
            $program = $ExecutionContext.InvokeCommand.GetCommand('aws-switch', 'Application')
            if ($program) { return & $program @Words }
            [Console]::Error.WriteLine('aws-switch: error: cannot find aws-switch; nothing changed; check PATH, or install it again')
            return $global:LASTEXITCODE = 127
        }
        $Words = @(__aws_switch_words $MyInvocation $Words)
        if ($I -and $Words -cnotcontains '-i') { $Words = @('-i') + $Words }
        # Without a word a profile is picked, where there is a terminal for that.
        $passes = if ($Words.Count -eq 0) { -not (__aws_switch_is_alone $MyInvocation) }
        else { $Words[0] -cmatch '\A(list|show|current|resolve|whoami|exec|env|login|configure|doctor|init|setup|completions|man|help|ls)\z' }
        switch -Regex -CaseSensitive ($Words) { '\A--\z' { break } '\A(-h|--help|-V|--version)\z' { $passes = $true } }
        if (-not $passes) { __aws_switch_observe }
        if ($passes) {
            __aws_switch_helper '' $Words $(if ($MyInvocation.ExpectingInput) { , @($input) })
        } elseif (__aws_switch_apply ($answer = __aws_switch_helper 3 $Words)) {
            __aws_switch_print
        } elseif ($null -ne $__aws_switch_status -and $answer -ne "aws-switch 3 failed`n") {
            [Console]::Error.WriteLine('aws-switch: error: the helper does not answer; nothing changed; start a new shell')
            if ($__aws_switch_status -eq 0) { $script:__aws_switch_status = 1 }
        }
        if ($null -eq $__aws_switch_status) {
            $script:__aws_switch_status = 127
            [Console]::Error.WriteLine("aws-switch: error: cannot find ${__aws_switch_program}; nothing changed; check PATH, or install it again")
        }
        $global:LASTEXITCODE = $__aws_switch_status
        if ($__aws_switch_status -ne 0) {
            # Nothing else makes $? false, which decides whether `aws-switch x && y` goes on.
            $ErrorActionPreference = 'SilentlyContinue'
            $PSCmdlet.WriteError([Management.Automation.ErrorRecord]::new([Exception]::new("aws-switch: status $__aws_switch_status"), 'aws-switch', 'NotSpecified', $null))
            $global:Error.RemoveAt(0)
        }
    }

    # Returns what `aws-switch doctor` reports of this shell.
    function __aws_switch_parts {
        $action = $ExecutionContext.SessionState.InvokeCommand.PSObject.Properties['LocationChangedAction']
        # A prompt that was defined later may call ours.
        $is_drawn = "$function:prompt" -match '__aws_switch_hook' -or $__aws_switch_drawn -eq $MyInvocation.HistoryId
        '3 powershell' + $(if ($is_drawn) { ' prompt' }) + $(if ($__aws_switch_is_left) { ' left' }) + $(if ($action -and $action.Value) { ' cd pushd popd' })
    }

    # Completes a word: the helper gets the command up to the cursor, and answers with words quoted for it.
    function __aws_switch_complete([string] $word, $command, [int] $cursor) {
        # Spaces at its end are no part of a command.
        $length = $cursor - $command.Extent.StartOffset
        $line = $command.Extent.Text.PadRight($length).Substring(0, $length)
        $head, $lines = "$(__aws_switch_helper 3 @('__complete', 'powershell', '--', $line))" -split "`n"
        $results = switch ($head) {
            'aws-switch 3 words' {
                foreach ($candidate in @($lines) -ne '') {
                    $text, $name, $description = $candidate -split "`t", 3
                    [Management.Automation.CompletionResult]::new($text, $name, 'ParameterValue', $description)
                }
            }
            'aws-switch 3 command' {
                # The command after the first --, as PowerShell would complete it if nothing stood before it.
                $dashes = @($command.CommandElements | Microsoft.PowerShell.Core\Where-Object { $_.Extent.Text -ceq '--' })[0]
                $line = $line.Substring($dashes.Extent.EndOffset - $command.Extent.StartOffset).TrimStart()
                [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches
            }
            'aws-switch 3 files' { [Management.Automation.CompletionCompleters]::CompleteFilename($word) }
            'aws-switch 3 directories' { @([Management.Automation.CompletionCompleters]::CompleteFilename($word)).Where({ $_.ResultType -eq 'ProviderContainer' }) }
        }
        # For nothing at all PowerShell would offer files.
        if ($results) { $results } elseif ($word) { $word } else { ' ' }
    }

    # Hooks into an interactive shell.
    function __aws_switch_load {
        __aws_switch_wrap
        # A tool that is loaded later may replace the prompt, as is known once the shell has drawn one.
        $null = Microsoft.PowerShell.Utility\Register-EngineEvent -SourceIdentifier PowerShell.OnIdle -SupportEvent -MaxTriggerCount 1 `
            -Action { & $Event.MessageData } -MessageData { if ($__aws_switch_drawn -eq 0) { __aws_switch_wrap } }
        $session = $ExecutionContext.SessionState.InvokeCommand
        # PowerShell before 6.1 has no such action: the next prompt follows the directory.
        if ($session.PSObject.Properties['LocationChangedAction']) {
            $script:__aws_switch_moving = [EventHandler[Management.Automation.LocationChangedEventArgs]] { __aws_switch_moved }
            $session.LocationChangedAction = [Delegate]::Combine($session.LocationChangedAction, $__aws_switch_moving)
        }
        Microsoft.PowerShell.Core\Register-ArgumentCompleter -Native -CommandName aws-switch -ScriptBlock { __aws_switch_complete @args }
        $ExecutionContext.SessionState.Module.OnRemove = { __aws_switch_unload }
        __aws_switch_update
    }

    # Runs when the module is removed. The completer stays: it completes the program's words.
    function __aws_switch_unload {
        # A prompt of another tool may still call ours, which then only passes on.
        $script:__aws_switch_is_drawing = $script:__aws_switch_drawn = 1
        if ("$function:prompt" -match '__aws_switch_hook') {
            $function:global:prompt = $function:prompt.Module.SessionState.PSVariable.GetValue('__aws_switch_prompt')
        }
        __aws_switch_await 0
        $session = $ExecutionContext.SessionState.InvokeCommand
        if ($session.PSObject.Properties['LocationChangedAction']) {
            $session.LocationChangedAction = [Delegate]::Remove($session.LocationChangedAction, $__aws_switch_moving)
        }
        $ExecutionContext.SessionState.PSVariable.Remove('global:AWS_SWITCH_SEGMENT')
    }

    # Whether PowerShell that was started with these words waits for input: not for a command, a file, or the name of
    # one. Some options take the next word for their value.
    function __aws_switch_is_interactive([string[]] $words) {
        for ($i = 0; $i -lt $words.Count; $i++) {
            switch -Regex ($words[$i]) {
                '\A[-/]{1,2}noe' { return $true }
                '\A[-/]{1,2}(noni|c(o(m.*)?|wa)?\z|f|e(nc?.*|c)?\z)|\A[^-/]|\A-\z|\A/.*[/.]' { return $false }
                '\A[-/]{1,2}(con|cu|ex|ep|wi|w\z|wo|wd|in[^t]*|if|o|v|ps|se)' { $i++ }
            }
        }
        $true
    }

    $global:AWS_SWITCH_SEGMENT = ''
    $words = [Environment]::GetCommandLineArgs() | Microsoft.PowerShell.Utility\Select-Object -Skip 1
    $is_console = $Host.Name -eq 'ConsoleHost' -and -not [Console]::IsInputRedirected
    if (($is_console -and (__aws_switch_is_interactive $words)) -or $Host.Name -match 'ISE|Visual Studio Code') { __aws_switch_load }
    Microsoft.PowerShell.Core\Export-ModuleMember -Function aws-switch
} | Microsoft.PowerShell.Core\Import-Module -Global -DisableNameChecking -Verbose:$false }
Microsoft.PowerShell.Utility\Remove-Variable -Name __aws_switch_program, __aws_switch_setting_* -ErrorAction Ignore -Verbose:$false -WhatIf:$false -Confirm:$false
