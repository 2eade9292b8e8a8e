#!/usr/bin/env bash
# Tomcat 10.1.34, embedded: DefaultServlet with readonly=false and every other setting as it comes.
# shellcheck source=docker/servers.sh
. "$(dirname "$0")/../servers.sh"

from_maven org.apache.tomcat.embed:tomcat-embed-core:10.1.34 org.apache.tomcat:tomcat-annotations-api:10.1.34
command -v java >/dev/null || fail "no java on the PATH."
serve "$(http)" "Apache Tomcat 10.1.34" java -cp "$jars/*" "$here/TomcatServer.java" "$port" "$data" "$work"
