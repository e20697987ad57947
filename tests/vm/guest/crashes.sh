#!/bin/sh
# Usage: crashes.sh SECONDS
#
# Crashes the mirror as soon as there is one, again and again; prints how often.
# Fails if systemd gives it up.
set -eu

unit=mirror.service last=0 count=0
end=$(($(date +%s) + $1))
while [ "$(date +%s)" -lt "$end" ]; do
    if systemctl is-failed --quiet "$unit"; then
        echo "given up after $count"
        exit 1
    fi
    pid=$(systemctl show -P MainPID "$unit")
    if [ "$pid" != 0 ] && [ "$pid" != "$last" ] &&
        kill -SEGV "$pid" 2>/dev/null; then
        last=$pid count=$((count + 1))
    fi
done
echo "$count"
