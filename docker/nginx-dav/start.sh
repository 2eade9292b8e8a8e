#!/usr/bin/env bash
# Debian's nginx with its own DAV module and dav-ext: the tag is seconds and size.
# shellcheck source=docker/servers.sh
. "$(dirname "$0")/../servers.sh"

from_debian /usr/lib/nginx/modules/ngx_http_dav_ext_module.so nginx libnginx-mod-http-dav-ext
fill nginx.conf
unprivileged
serve "$(http)" "$(/usr/sbin/nginx -v 2>&1 | sed 's/^nginx version: //')" /usr/sbin/nginx -c "$work/nginx.conf" -e stderr
