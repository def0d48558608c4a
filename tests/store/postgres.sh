#!/bin/sh
# Runs the store suite on PostgreSQL: starts a cluster of its own in a temporary folder, as a user without rights, on a socket only, and stops it.
# usage: postgres.sh BUILD           the suites of store, register and kept needs that lie in this build folder
#        postgres.sh PROGRAM...      these programs; each finds the database in YQ_TEST_PG
set -eu

[ $# -gt 0 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
if [ -d "$1" ]; then
    build=$(cd "$1" && pwd)
    set -- "$build/tests/store/test-store-db" "$build/tests/store/test-store-journal" "$build/tests/store/test-store-faults" \
        "$build/tests/register/test-register-register" "$build/tests/register/test-register-viewers" "$build/tests/register/test-register-ties" "$build/tests/register/test-register-review" "$build/tests/register/test-register-ruling" "$build/tests/register/test-register-needs" "$build/tests/match/test-match-standing"
fi

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "postgres.sh: no PostgreSQL server here; install the package postgresql" >&2; exit 3; }

home=$(mktemp -d /tmp/yq-pg-XXXXXX)
user=
if [ "$(id -u)" = 0 ]; then
    user=nobody # initdb refuses root
    getent passwd postgres >/dev/null && user=postgres
    chown "$user" "$home"
fi
as_user() { if [ -n "$user" ]; then setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups "$@"; else "$@"; fi; }
stop() { as_user "$bin/pg_ctl" -D "$home/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$home"; }
trap stop EXIT
trap 'exit 1' INT TERM HUP

cd "$home"
as_user "$bin/initdb" -D "$home/data" -U yiqiao -A trust -E UTF8 --locale=C.UTF-8 >"$home/initdb.log" 2>&1 || { cat "$home/initdb.log" >&2; exit 3; }
as_user "$bin/pg_ctl" -D "$home/data" -w -l "$home/log" -o "-c listen_addresses='' -c unix_socket_directories='$home'" start >/dev/null ||
    { cat "$home/log" >&2; exit 3; }

YQ_TEST_PG="postgresql:///postgres?host=$home&user=yiqiao"
export YQ_TEST_PG
status=0
for program in "$@"; do
    echo "$(basename "$program") on PostgreSQL"
    "$program" || status=1
done
exit $status
