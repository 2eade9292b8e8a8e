#!/usr/bin/env bash
# s3rver, the fake S3 of npm.
# shellcheck source=docker/servers.sh
. "$(dirname "$0")/../servers.sh"

from_npm s3rver@3.7.1
serve "$(s3 S3RVER S3RVER)" "s3rver 3.7.1" "$modules/.bin/s3rver" --directory "$data" --address 127.0.0.1 --port "$port" --silent
