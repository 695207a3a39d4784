# aws-switch as a Zsh plugin, for antidote, antigen, oh-my-zsh, zinit, zplug and other managers that source this file.
# It does nothing where the helper is not on PATH. The script comes from the helper, so both have one version, and the
# settings file is read.

if \builtin whence -p aws-switch >/dev/null; then
    \builtin eval "$(\command aws-switch init zsh)"

    # Removes the script from this shell; the active profile stays. The Zsh Plugin Standard gives the name.
    function aws-switch_plugin_unload {
        \builtin emulate -L zsh
        # Removes the segment from the prompt.
        AWS_SWITCH_PROMPT=off __aws_switch_prompt
        precmd_functions=(${precmd_functions:#__aws_switch_*})
        chpwd_functions=(${chpwd_functions:#__aws_switch_*})
        preexec_functions=(${preexec_functions:#__aws_switch_*})
        (( ! ${+functions[compdef]} )) || compdef -d aws-switch
        unfunction -m '__aws_switch_*' aws-switch aws-switch_plugin_unload
        unset -m '__aws_switch_*' __AWS_SWITCH_STATE AWS_SWITCH_SEGMENT
    }
fi
