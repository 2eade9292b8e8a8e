#!/usr/bin/env bash
# Builds the server images of docker/images.properties that are not there yet: docker/images.sh [TARGET ...]
# Idempotent. Exit 0: all are there. Exit 69: one could not be built, with the reason on standard error.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

wanted=("$@")
[ ${#wanted[@]} -gt 0 ] || mapfile -t wanted < <(sed -n 's/^\([a-z0-9-]*\) *= .*/\1/p' "$here/images.properties")

for target in "${wanted[@]}"; do
  image=$(sed -n "s/^$target *= *//p" "$here/images.properties")
  [ -n "$image" ] || { echo "docker/images.sh: no image for target=$target in docker/images.properties" >&2; exit 64; }
  if docker image inspect "$image" >/dev/null 2>&1; then
    echo "$image: present"
    continue
  fi
  echo "$image: building from docker/$target/ ..."
  log=$(mktemp)
  # The host's network: a bridge with a larger MTU than the uplink stalls downloads on some machines.
  if ! docker build --network host --tag "$image" "$here/$target" >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    echo "docker/images.sh: building $image failed; the last lines are above, the whole log is $log" >&2
    exit 69
  fi
  rm -f "$log"
  echo "$image: built"
done
