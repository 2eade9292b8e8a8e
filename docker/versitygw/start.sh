#!/usr/bin/env bash
# VersityGW on a plain folder.
# shellcheck source=docker/servers.sh
. "$(dirname "$0")/../servers.sh"

from_go versitygw github.com/versity/versitygw/cmd/versitygw@v1.8.0
export ROOT_ACCESS_KEY=etalon ROOT_SECRET_KEY=etalon-secret
serve "$(s3 etalon etalon-secret)" "VersityGW 1.8.0" "$program" --port "127.0.0.1:$port" posix "$data"
