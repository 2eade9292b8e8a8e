#!/usr/bin/env bash
# Makes sure the base images our Dockerfiles start from are there, under their usual names:
# present -> pulled -> made on this machine (debootstrap; for Go, the machine's own toolchain on top).
# Idempotent. Exit 0: both are there. Exit 69: one could not be had, with the reason on standard error.
set -euo pipefail

debian=debian:bookworm-slim
golang=golang:1.26-bookworm
work=$(mktemp -d "${TMPDIR:-/tmp}/etalon-base.XXXXXX")
trap 'rm -rf "$work"' EXIT
fail() { echo "docker/base-images.sh: $*" >&2; exit 69; }

present() { docker image inspect "$1" >/dev/null 2>&1; }
pulled() { timeout "${ETALON_PULL_SECONDS:-120}" docker pull --quiet "$1" >/dev/null 2>"$work/pull.err"; }

have() { # have IMAGE MAKER: the first of the three ways that works
  if present "$1"; then echo "$1: present"; return; fi
  if pulled "$1"; then echo "$1: pulled"; return; fi
  echo "$1: cannot be pulled ($(tail -n 1 "$work/pull.err")); making it here"
  "$2"
  present "$1" || fail "$1 was made but the engine does not list it."
  echo "$1: made locally"
}

make_debian() {
  [ "$(id -u)" = 0 ] || fail "making $debian needs root (debootstrap)."
  if ! command -v debootstrap >/dev/null; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends debootstrap >/dev/null; } \
      || fail "apt-get could not install debootstrap."
  fi
  debootstrap --variant=minbase --include=ca-certificates bookworm "$work/root" >"$work/debootstrap.log" 2>&1 \
    || { tail -n 5 "$work/debootstrap.log" >&2; fail "debootstrap failed; its last lines are above."; }
  # The trust store of this machine: behind a proxy that re-signs TLS, downloads inside a build fail without it.
  cp -L /etc/ssl/certs/ca-certificates.crt "$work/root/etc/ssl/certs/ca-certificates.crt"
  rm -rf "$work/root/var/cache/apt/archives" "$work/root/usr/share/doc" "$work/root/usr/share/man"
  mkdir -p "$work/root/var/cache/apt/archives/partial"
  tar -C "$work/root" --numeric-owner -c . | docker import -c 'CMD ["bash"]' - "$debian" >/dev/null
}

make_golang() {
  command -v go >/dev/null || fail "$golang cannot be pulled and no Go toolchain is on the PATH to make it from."
  mkdir -p "$work/go-image"
  cp -a "$(go env GOROOT)" "$work/go-image/go"
  cat >"$work/go-image/Dockerfile" <<DOCKERFILE
FROM $debian
COPY go /usr/local/go
ENV GOPATH=/go GOTOOLCHAIN=local PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
DOCKERFILE
  docker build --quiet --tag "$golang" "$work/go-image" >/dev/null
}

have "$debian" make_debian
have "$golang" make_golang
