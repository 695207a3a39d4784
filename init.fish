# aws-switch as a fish package, for oh-my-fish and other managers that source this file.
# It does nothing where the helper is not on PATH.

if command -q aws-switch
    command aws-switch init fish | source
end
