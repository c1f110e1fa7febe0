# shellcheck shell=bash
# Sourced by scripts that check: counts what passed, shows the output of what did not.

passed=0
failed=0
output=$(mktemp)
trap 'rm -f "$output"' EXIT

# check RULE COMMAND...: the command must succeed. What it printed is in $output until the next check.
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

# exits STATUS COMMAND...: succeeds when the command ends with that status.
exits() {
    local wanted=$1 status=0
    shift
    "$@" || status=$?
    [ "$status" = "$wanted" ] || { echo "ended with $status, not with $wanted"; return 1; }
}

# The last line of a script that checks.
summary() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
}

# The fidoctl to try: $FIDOCTL, or the one that was built last.
find_fidoctl() {
    local folder candidate newest=${FIDOCTL:-}
    folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.build
    if [ -z "$newest" ]; then
        for candidate in "$folder/release/fidoctl" "$folder/debug/fidoctl"; do
            if [ "$candidate" -nt "$newest" ]; then newest=$candidate; fi
        done
    fi
    [ -n "$newest" ] || { echo "no fidoctl was built" >&2; return 1; }
    echo "$newest"
}
