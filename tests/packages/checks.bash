# Shared by the scripts of this directory: one line for each check, and the counts at the end. To be sourced.
# shellcheck shell=bash

passed=0
failed=0

# check NAME SEEN WANTED
check() {
    if [[ $2 == "$3" ]]; then
        passed=$((passed + 1))
        echo "ok $1"
    else
        failed=$((failed + 1))
        printf 'not ok %s: saw <%s>, wanted <%s>\n' "$1" "$2" "$3"
    fi
}

# check_like NAME SEEN PATTERN
check_like() {
    # shellcheck disable=SC2053 # it is a pattern
    if [[ $2 == $3 ]]; then check "$1" '' ''; else check "$1" "$2" "$3"; fi
}

# finish: how many passed and failed; status 1 if one failed.
finish() {
    echo "$passed passed, $failed failed"
    ((failed == 0))
}

# skip WHY: ends the script, with a failure in CI, where nothing may be skipped.
skip() {
    echo "==== SKIPPED: ${0##*/}: $1 ====" >&2
    [[ ${CI-} != true ]] || exit 1
    exit 0
}
