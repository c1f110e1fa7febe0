# shellcheck shell=bash
# Sourced by scripts with checks: counts passes, and shows the output of failed commands.

passed=0
failed=0
output=$(mktemp)
trap 'rm -f "$output"' EXIT

# check RULE COMMAND...: the command must succeed. Its output is in $output until the next check.
check() {
    local rule=$1
    shift
    if "$@" > "$output" 2>&1; then
        passed=$((passed + 1))
        echo "ok      $rule"
    else
        failed=$((failed + 1))
        echo "FAILED  $rule"
        sed 's/^/        | /' "$output"
        return 1
    fi
}

# exits STATUS COMMAND...: succeeds if the command exits with this status.
exits() {
    local wanted=$1 status=0
    shift
    "$@" || status=$?
    [ "$status" = "$wanted" ] || { echo "exited with $status instead of $wanted"; return 1; }
}

# Ends a script with checks.
summary() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
}

# The fidoctl to test: $FIDOCTL, or the most recent build.
find_fidoctl() {
    local folder candidate newest=${FIDOCTL:-}
    folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.build
    if [ -z "$newest" ]; then
        for candidate in "$folder/release/fidoctl" "$folder/debug/fidoctl"; do
            if [ "$candidate" -nt "$newest" ]; then newest=$candidate; fi
        done
    fi
    [ -n "$newest" ] || { echo "build fidoctl first" >&2; return 1; }
    echo "$newest"
}
