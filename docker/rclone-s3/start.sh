#!/usr/bin/env bash
# rclone serve s3 on a plain folder.
# shellcheck source=docker/servers.sh
. "$(dirname "$0")/../servers.sh"

from_go rclone github.com/rclone/rclone@v1.76.0
serve "$(s3 etalon etalon-secret)" "$("$program" version | head -n 1)" \
  "$program" serve s3 --config "$work/rclone.conf" --cache-dir "$work/cache" --addr "127.0.0.1:$port" \
  --auth-key etalon,etalon-secret "$data"
