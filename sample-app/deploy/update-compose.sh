# For update.sh: the versions are images, and run as the service of compose.yaml beside this file. From this folder, with
# POSTGRES_PASSWORD as for compose.yaml:
#
#   ./update.sh --with update-compose.sh --old bookshop:1 --new bookshop:2
# shellcheck shell=bash

compose() {
    BOOKSHOP_IMAGE=$1 docker compose "${@:2}" 9>&-
}

start_version() {
    compose "$1" up --detach --no-build --no-deps bookshop
}

is_running() {
    [ -n "$(compose "$1" ps --quiet --status running bookshop)" ] \
        && [ "$(docker inspect --format '{{.Config.Image}}' "$(compose "$1" ps --quiet bookshop)")" = "$1" ]
}

stop_version() {
    compose "$1" stop bookshop
}

migrations() {
    compose "$1" run --rm --no-deps --no-TTY bookshop migrations "${@:2}"
}

# The backups are in the container's volume; their names are those that it knows them by.
list_backups() {
    # shellcheck disable=SC2154 # update.sh has set it
    compose "$new" run --rm --no-deps --no-TTY --entrypoint find bookshop /backups -mindepth 1 -maxdepth 1 -name '*.dump'
}
