#!/usr/bin/env bash
# rclone serve webdav on a plain folder.
# shellcheck source=docker/servers.sh
. "$(dirname "$0")/../servers.sh"

from_go rclone github.com/rclone/rclone@v1.76.0
serve "$(http)" "$("$program" version | head -n 1)" \
  "$program" serve webdav --config "$work/rclone.conf" --cache-dir "$work/cache" --addr "127.0.0.1:$port" "$data"
