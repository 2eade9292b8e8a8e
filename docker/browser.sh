#!/usr/bin/env bash
# Makes sure a Chromium and its driver are here, for the tests that open the reports: installs Debian's (root only).
# Idempotent. Exit 0: both are here. Exit 69: they could not be had, with the reason on standard error.
set -euo pipefail

fail() { echo "docker/browser.sh: $*" >&2; exit 69; }
browser=${ETALON_CHROMIUM:-/usr/bin/chromium}
driver=${ETALON_CHROMEDRIVER:-/usr/bin/chromedriver}
here() { [ -x "$browser" ] && [ -x "$driver" ]; }

if ! here; then
  [ "$(id -u)" = 0 ] || fail "no Chromium here and this is not root; install chromium and chromium-driver, or run this script as root."
  command -v apt-get >/dev/null || fail "no apt-get here; install Chromium and its driver, and name them with ETALON_CHROMIUM and ETALON_CHROMEDRIVER."
  echo "Installing Debian's chromium and chromium-driver ..."
  apt-get update -qq || fail "apt-get update failed; check the package sources."
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-dejavu-core >/dev/null \
    || fail "apt-get could not install chromium and chromium-driver."
  here || fail "installed, but $browser or $driver is missing."
fi
echo "$("$browser" --version 2>/dev/null | head -n 1) is here."
