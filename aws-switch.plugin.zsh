# aws-switch as a Zsh plugin: for antidote, antigen, oh-my-zsh, zinit, zplug and whatever else sources this file.
# The helper has to be on PATH; where it is not, nothing is loaded, silently. The script comes from the helper, so that
# both are of one version and the settings file counts.

if \builtin whence -p aws-switch >/dev/null; then
    \builtin eval "$(\command aws-switch init zsh)"

    # Takes out all that the script put in; the profile in force stays. Its name is the plugin standard's.
    function aws-switch_plugin_unload {
        \builtin emulate -L zsh
        # Where it is off, the segment is taken out of the prompt.
        AWS_SWITCH_PROMPT=off __aws_switch_prompt
        precmd_functions=(${precmd_functions:#__aws_switch_*})
        chpwd_functions=(${chpwd_functions:#__aws_switch_*})
        preexec_functions=(${preexec_functions:#__aws_switch_*})
        (( ! ${+functions[compdef]} )) || compdef -d aws-switch
        unfunction -m '__aws_switch_*' aws-switch aws-switch_plugin_unload
        unset -m '__aws_switch_*' __AWS_SWITCH_STATE AWS_SWITCH_SEGMENT
    }
fi
