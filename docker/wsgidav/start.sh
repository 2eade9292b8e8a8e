#!/usr/bin/env bash
# WsgiDAV on cheroot, anonymous.
# shellcheck source=docker/servers.sh
. "$(dirname "$0")/../servers.sh"

from_pip wsgidav==4.4.0 cheroot==11.1.2
serve "$(http)" "WsgiDAV $("$venv/bin/wsgidav" --version | head -n 1)" \
  "$venv/bin/wsgidav" --no-config --host 127.0.0.1 --port "$port" --root "$data" --auth anonymous
