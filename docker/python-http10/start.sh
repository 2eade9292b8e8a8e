#!/usr/bin/env bash
# A server that speaks HTTP/1.0 and is right; it keeps what it stores in memory, FOLDER stays empty. GET / lists the names.
# shellcheck source=docker/servers.sh
. "$(dirname "$0")/../servers.sh"

command -v python3 >/dev/null || from_debian /usr/bin/python3 python3
serve "$(http)" "$(python3 --version)" python3 "$here/server.py" "$port"
