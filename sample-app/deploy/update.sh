#!/usr/bin/env bash
# Replaces a running version of an application by another one, with its database, or leaves everything as it was:
#
#   update.sh --old bookshop-1.jar --new bookshop-2.jar
#
#   1. check    The new version looks whether its migrations can run. The old one still serves.
#   2. stop     The old version ends: nothing writes any more, so that the backup can be taken back without a loss.
#   3. backup
#   4. migrate
#   5. start    The new version.
#   6. health   Until the new version takes traffic, or --limit is over.
#
# If a step fails, or the script is stopped, the old version is started again. Before that the database is taken back, if
# anything has changed in it: by the rollback scripts of this run's migrations, and where that does not lead to where it was,
# from the backup. It is left alone if nothing has changed: before step 4, and if the script that failed is the first one and
# was rolled back by the server. What the new version itself has written meanwhile is lost with the restore.
#
# The database is named by the environment, as for the application: SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME,
# SPRING_DATASOURCE_PASSWORD. The application runs as a process with its number in bookshop.pid and its output in
# bookshop.log; --with FILE names functions in place of the five below, as update-compose.sh does for containers.
#
# The first time, when the old version is no process that this script has started: stop it before.
#
# Ends with 0: the new version runs; 1: the old version runs, with the database as it was; 2: wrong usage, nothing was done;
# 3: neither runs, and a person has to look.
set -euo pipefail

usage() {
    echo "Usage: update.sh --old VERSION --new VERSION [--home DIR] [--health URL] [--limit SECONDS] [--with FILE]" >&2
    echo "$*" >&2
    exit 2
}

old='' new='' with='' home=. limit=300
health=http://localhost:8080/actuator/health/readiness
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || usage "$1 needs a value."
    case $1 in
        --old) old=$2 ;;
        --new) new=$2 ;;
        --home) home=$2 ;;
        --health) health=$2 ;;
        --limit) limit=$2 ;;
        --with) with=$2 ;;
        *) usage "There is no option $1." ;;
    esac
    shift 2
done
[ -n "$old" ] || usage "--old is missing: the version that runs now."
[ -n "$new" ] || usage "--new is missing: the version that is to run."
[ -d "$home" ] || usage "There is no directory $home."
[[ $limit =~ ^[1-9][0-9]*$ ]] || usage "--limit is a number of seconds, not $limit."
command -v curl > /dev/null || usage "curl is not installed."

# ---- how a version is run: as a process of its own --------------------------------------------------------------------

backups=${MIGRATOR_BACKUP_DIRECTORY:-$home/migration-backups}

start_version() {
    # 9 is the lock of this script, which the application is not to hold
    nohup "${JAVA:-java}" -jar "$1" >> "$home/bookshop.log" 2>&1 < /dev/null 9>&- &
    echo $! > "$home/bookshop.pid"
}

is_running() {
    local pid
    # the number may be another program's by now
    pid=$(cat "$home/bookshop.pid" 2> /dev/null) && ps -o args= -p "$pid" | grep --quiet --fixed-strings -- "$1"
}

stop_version() {
    local pid seconds=0
    if ! is_running "$1"; then
        return 0
    fi
    pid=$(cat "$home/bookshop.pid")
    kill "$pid" || true
    while is_running "$1"; do
        sleep 0.2
        seconds=$((seconds + 1))
        if [ "$seconds" -eq 300 ]; then
            say "   It does not end within 60 seconds, and is killed."
            kill -KILL "$pid" || true
        fi
    done
    rm "$home/bookshop.pid"
}

migrations() {
    local version=$1
    shift
    MIGRATOR_BACKUP_DIRECTORY=$backups "${JAVA:-java}" -jar "$version" migrations "$@" 9>&-
}

list_backups() {
    [ ! -d "$backups" ] || find "$backups" -mindepth 1 -maxdepth 1 -name '*.dump'
}

if [ -n "$with" ]; then
    # shellcheck source=/dev/null
    . "$with"
fi

# ---- the steps --------------------------------------------------------------------------------------------------------

say() {
    printf '%(%H:%M:%S)T %s\n' -1 "$*"
}

answers() {
    curl --fail --silent --output /dev/null --max-time 5 "$health"
}

is_healthy() {
    local end=$((SECONDS + limit))
    until answers; do
        if ! is_running "$1"; then
            say "   $1 has ended; its output says why."
            return 1
        fi
        if [ "$SECONDS" -ge "$end" ]; then
            say "   $1 does not take traffic after $limit seconds: $health"
            return 1
        fi
        sleep 0.5
    done
}

# A line for each migration of which the history has a word. A repeatable is one without a version.
recorded() {
    migrations "$new" status --json | tr -d '\n' | sed -E 's/\{ *"/\n"/g' \
        | sed -nE '/"version": *"/!s/"state": *"applied"/"state": "repeated"/
            s/.*"script": *"([^"]*)".*"state": *"(applied|repeated|running|interrupted|failed)".*/\2 \1/p' | sort
}

only() {
    grep "^$1 " || true
}

but() {
    grep -v "^$1 " || true
}

# After a rollback repeatables are pending, for they run again with the next migrate.
is_same() {
    [ "$(but repeated <<< "$1")" = "$(but repeated <<< "$2")" ] \
        && [ -z "$(comm -13 <(only repeated <<< "$1") <(only repeated <<< "$2"))" ]
}

is_as_before() {
    local now
    now=$(recorded) || return 1
    if is_same "$before" "$now"; then
        return 0
    fi
    # a migration that has left nothing has a row all the same
    grep --extended-regexp --quiet '"leftNothing": *true' "$work/migrate" \
        && is_same "$(but failed <<< "$before")" "$(but failed <<< "$now")"
}

# A text of what migrate has answered, or nothing.
answered() {
    # printf knows JSON's escapes but that of the quote
    printf '%b' "$(tr -d '\n' < "$work/migrate" \
        | sed -nE 's/.*"'"$1"'": *"(([^"\]|\\.)*)".*/\1\\n/p' | sed 's/\\"/"/g')"
}

migrate_database() {
    if MIGRATOR_BACKUP_MODE=off migrations "$new" migrate --json > "$work/migrate"; then
        tr '{' '\n' < "$work/migrate" | sed -nE 's/.*"script": *"([^"]*)".*/   Applied \1/p'
        return 0
    fi
    answered description
    answered database
    return 1
}

has_applied_more() {
    local now
    now=$(recorded) || return 1
    [ "$(only applied <<< "$now")" != "$(only applied <<< "$before")" ]
}

take_back_database() {
    if is_as_before; then
        say "   The database is as it was before: it is left alone."
        return 0
    fi
    if has_applied_more; then
        say "   Rolling the migrations of this run back."
        # the backup of step 3 is there
        if MIGRATOR_BACKUP_MODE=off migrations "$new" rollback --run last --yes && is_as_before; then
            return 0
        fi
        say "   The rollback did not lead to where the database was."
    fi
    say "   Restoring $backup"
    migrations "$new" restore "$backup" --yes
}

go_back() {
    # not '', which the old version would inherit: it could not be stopped any more
    trap : INT TERM
    say "Going back to $old."
    if [ "$reached" = check ]; then
        say "   It still runs; nothing was touched."
        return 0
    fi
    if [ "$reached" = start ]; then
        stop_version "$new" || return 1
    fi
    if [ "$reached" = migrate ] || [ "$reached" = start ]; then
        if ! take_back_database; then
            say "   The database is not as it was, so $old was not started. The backup: $backup"
            return 1
        fi
    else
        say "   The database was not touched."
    fi
    start_version "$old" && is_healthy "$old"
}

leave() {
    local code=$?
    set +e
    if [ "$reached" = all ]; then
        code=0
    elif [ "$reached" != nothing ]; then
        if go_back; then
            say "$old runs, with the database as it was."
            code=1
        else
            say "NEITHER VERSION RUNS AS IT SHOULD. See what is said above."
            code=3
        fi
    fi
    rm -rf "$work"
    exit "$code"
}

refuse() {
    echo "$*" >&2
    exit 2
}

exec 9> "$home/update.lock"
flock --nonblock 9 || refuse "Another update runs in $home."
# what this script cannot stop would go on writing to a database that is to be taken back
if ! is_running "$old" && answers; then
    refuse "What answers at $health is not $old as it was started by this script. Stop it first."
fi

reached=nothing
work=$(mktemp -d)
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
: > "$work/migrate"

reached=check
say "1. Checking whether the migrations of $new can run"
migrations "$new" validate
before=$(recorded)

say "2. Stopping $old"
reached=stop
stop_version "$old"

say "3. Taking a backup"
reached=backup
list_backups | sort > "$work/backups"
migrations "$new" backup
backup=$(list_backups | sort | comm -13 "$work/backups" - | tail -n 1)
if [ -z "$backup" ]; then
    say "   There is no new *.dump in $backups."
    exit 1
fi
say "   $backup"

say "4. Migrating"
reached=migrate
migrate_database

say "5. Starting $new"
reached=start
start_version "$new"

say "6. Waiting until it takes traffic"
is_healthy "$new"
reached=all
say "$new runs."
