#!/usr/bin/env bash
# Debian's lighttpd with mod_webdav. ETALON_WORKERS is the number of its workers (1).
# shellcheck source=docker/servers.sh
. "$(dirname "$0")/../servers.sh"

from_debian /usr/lib/lighttpd/mod_webdav.so lighttpd lighttpd-mod-webdav
case ${ETALON_WORKERS:-1} in *[!0-9]*) usage "ETALON_WORKERS is a number" ;; esac
fill lighttpd.conf
serve "$(http)" "$(/usr/sbin/lighttpd -v | head -n 1), workers: ${ETALON_WORKERS:-1}" /usr/sbin/lighttpd -D -f "$work/lighttpd.conf"
