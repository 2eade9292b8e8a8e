#!/usr/bin/env bash
# Debian's Apache httpd with mod_dav and the FileETag it has by default: weak for the first second or so after a write.
# shellcheck source=docker/servers.sh
. "$(dirname "$0")/../servers.sh"

from_debian /usr/sbin/apache2 apache2-bin
fill httpd.conf
unprivileged
serve "$(http)" "$(/usr/sbin/apache2 -v | sed -n 's/^Server version: //p')" /usr/sbin/apache2 -D FOREGROUND -f "$work/httpd.conf"
