#!/usr/bin/env bash
# An Express API that checks, awaits and acts; it keeps what it stores in memory, FOLDER stays empty. GET / lists the names.
# shellcheck source=docker/servers.sh
. "$(dirname "$0")/../servers.sh"

from_npm express@5.3.0
export NODE_PATH=$modules
serve "$(http)" "Express 5.3.0" node "$here/server.js" "$port"
