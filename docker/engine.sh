#!/usr/bin/env bash
# Makes sure a Docker Engine answers: does nothing when one does, else installs and starts Debian's (root only).
# Idempotent. Exit 0: an engine answers. Exit 69: none could be had, with the reason on standard error.
set -euo pipefail

log=${ETALON_DOCKERD_LOG:-/var/log/etalon-dockerd.log}

answers() { command -v docker >/dev/null && timeout 20 docker version --format '{{.Server.Version}}' 2>/dev/null; }
fail() { echo "docker/engine.sh: $*" >&2; exit 69; }

if version=$(answers); then
  echo "Docker Engine $version answers."
  exit 0
fi
[ -z "${DOCKER_HOST:-}" ] || fail "DOCKER_HOST=$DOCKER_HOST is set but nothing answers there; start that engine or unset it."
[ "$(id -u)" = 0 ] || fail "no Docker Engine answers and this is not root; start Docker, or run this script as root."

if ! command -v dockerd >/dev/null; then
  command -v apt-get >/dev/null || fail "no dockerd here and no apt-get to install one; install Docker Engine 20.10 or newer."
  echo "Installing Debian's docker.io ..."
  apt-get update -qq || fail "apt-get update failed; check the package sources."
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends docker.io iptables ca-certificates >/dev/null \
    || fail "apt-get could not install docker.io."
fi

# A pid file left by an engine that is gone can name a process that is somebody else's by now; dockerd would refuse to start.
pidfile=/var/run/docker.pid
if [ -f "$pidfile" ] && ! grep -qs dockerd "/proc/$(cat "$pidfile")/comm"; then rm -f "$pidfile"; fi

echo "Starting dockerd (log: $log) ..."
setsid nohup dockerd >"$log" 2>&1 </dev/null &
for _ in $(seq 60); do
  if version=$(answers); then
    echo "Docker Engine $version answers."
    exit 0
  fi
  sleep 0.5
done
tail -n 5 "$log" >&2
fail "dockerd did not answer within 30 s; the last lines of $log are above."
