#!/usr/bin/env bash
# moto's server, which keeps what it stores in memory; FOLDER stays empty.
# shellcheck source=docker/servers.sh
. "$(dirname "$0")/../servers.sh"

from_pip 'moto[server,s3]==5.2.5'
serve "$(s3 etalon etalon-secret)" "moto 5.2.5" "$venv/bin/moto_server" -H 127.0.0.1 -p "$port"
