# aws-switch as a fish package: for oh-my-fish and whatever else sources this file.
# The helper has to be on PATH; where it is not, nothing is loaded, silently.

if command -q aws-switch
    command aws-switch init fish | source
end
