#!/bin/sh
# memcheck over the unit tests, a page drawn from records, and a mirror-fetch
# that asks a hub. Usage: tests/memcheck.sh BUILD [PATTERN]; closes with how many
# have findings.
set -u
build=$(realpath "$1")
pattern=${2:-}
tests=$(dirname "$0")
folder=$(mktemp -d)
others=
found=0

finish() {
    for pid in $others; do
        kill "$pid" 2> /dev/null
    done
    rm -rf "$folder"
}
trap finish EXIT

check() {
    name=$1
    shift
    if timeout 600 valgrind --quiet --error-exitcode=99 --leak-check=full \
        --errors-for-leak-kinds=definite --child-silent-after-fork=yes \
        --suppressions="$tests/unit/memcheck.supp" "$@" \
        > "$folder/log" 2>&1; then
        echo "ok $name"
    else
        echo "not ok $name"
        cat "$folder/log"
        found=$((found + 1))
    fi
}

# What cannot run in valgrind 3.19: it has no pidfd_open(2), by which the mirror
# waits for its child; a sandbox of system calls is one around valgrind, too; and
# streams that are silent for some milliseconds are, with it, at any time.
skipped() {
    case $1 in
    *test_fetcher* | *test_sandbox* | *test_http_stream) return 0 ;;
    esac
    return 1
}

# Whether it did what it was started for, too.
has() {
    if ! grep -q "$1" "$2"; then
        echo "not ok: no $1"
        found=$((found + 1))
    fi
}

# Waits half a minute for a file that somebody is about to make.
await() {
    for _ in $(seq 300); do
        [ -s "$1" ] || [ -S "$1" ] && return
        sleep 0.1
    done
    echo "in vain: $1"
    exit 1
}

# Its fetcher is started for each connection, as by a service manager.
draw_page() {
    page=$tests/golden/cases/page
    systemd-socket-activate --seqpacket --accept --listen="$folder/socket" \
        --setenv=GOLDEN_RECORDS="$(realpath "$page/records.jsonl")" \
        "$build/tests/golden/feed" 2> /dev/null &
    others="$others $!"
    await "$folder/socket"
    export MIRROR_FETCH_SOCKET="$folder/socket"
    check snapshot "$build/mirror" -c "$page/mirror.conf" \
        --snapshot="$folder/a.png" --scene="$folder/a.json" --size=800x480 \
        --at="$(cat "$page/time")" --wait=120
    unset MIRROR_FETCH_SOCKET
    has '"widget":"lights"' "$folder/a.json"
}

ask_hub() {
    mkfifo "$folder/stdin"
    python3 "$tests/hub/hub.py" --port 0 \
        --scenario "$tests/hub/scenarios/house5.json" \
        < "$folder/stdin" > "$folder/hub" &
    others="$others $!"
    exec 9> "$folder/stdin" # the hub goes with whoever started it
    await "$folder/hub"
    url=$(sed 's/.*"url": "\([^"]*\)".*/\1/' "$folder/hub")
    printf '[hub]\ntype = openhab\nurl = %s\n[widget lights]\n%s\n' \
        "$url" "position = top_left" > "$folder/mirror.conf"
    check fetch "$build/mirror-fetch" -c "$folder/mirror.conf" --no-sandbox \
        --print --for=20
    has '"kind":"lights"' "$folder/log"
}

for test in "$build"/tests/unit/test_*"$pattern"*; do
    if [ -x "$test" ] && ! skipped "$test"; then
        check "${test##*/}" "$test"
    fi
done
if [ -z "$pattern" ] || [ "$pattern" = programs ]; then
    draw_page
    ask_hub
fi
echo "$found with findings"
[ "$found" = 0 ]
