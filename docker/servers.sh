# shellcheck shell=bash
# What the start scripts of the servers share; sourced by docker/<server>/start.sh, not run.
#
#   start.sh PORT [FOLDER]
#
# runs one server in the foreground on 127.0.0.1:PORT. FOLDER is where it keeps its data: absent or empty, else a temporary one.
# The first line on standard output is the protocol, the URL and, for S3, the credentials; the second the product and its version.
# On SIGTERM, Ctrl-C and when the server ends, the server and all it wrote are gone, what it stored in FOLDER too.
# What is missing is installed once, below ETALON_CACHE (~/.cache/etalon), or with apt-get (root only).
# Exit 0: stopped. Exit 64: wrong usage. Exit 69: the server could not be had or ended on its own, with the reason on standard error.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
name=$(basename "$here")
cache=${ETALON_CACHE:-$HOME/.cache/etalon}
work=
made=
server=

fail() { echo "docker/$name/start.sh: $*" >&2; exit 69; }
usage() { echo "docker/$name/start.sh: $*; usage: docker/$name/start.sh PORT [FOLDER]" >&2; exit 64; }

case ${1:-} in '' | *[!0-9]*) usage "the port is a number" ;; esac
[ $# -le 2 ] || usage "two arguments at most"
port=$1
data=${2:-}
if [ -n "$data" ] && [ -e "$data" ]; then
  [ -d "$data" ] || usage "$data is not a folder"
  [ -z "$(ls -A "$data")" ] || usage "$data is not empty"
fi
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then fail "something listens on 127.0.0.1:$port already."; fi

leave() { # ends the server's process group and removes all that was written
  local status=$?
  trap '' TERM INT HUP
  if [ -n "$server" ]; then
    kill -TERM -- "-$server" 2>/dev/null || true
    for _ in $(seq 50); do kill -0 -- "-$server" 2>/dev/null || break; sleep 0.1; done
    kill -KILL -- "-$server" 2>/dev/null || true
  fi
  [ -z "$work" ] || rm -rf "$work"
  if [ -n "$made" ]; then rm -rf "$data"; elif [ -n "$data" ]; then find "$data" -mindepth 1 -delete 2>/dev/null || true; fi
  exit "$status"
}
trap leave EXIT
trap 'exit 0' TERM INT HUP

work=$(mktemp -d "${TMPDIR:-/tmp}/etalon-$name.XXXXXX")
chmod 755 "$work"
[ -n "$data" ] || data=$work/data
[ -d "$data" ] || { mkdir -p "$data"; made=yes; }
data=$(cd "$data" && pwd)
log=${ETALON_SERVER_LOG:-$work/log}

# Installs one at a time: several servers may be started at once.
alone() { mkdir -p "$cache"; { flock 9; "$@"; } 9>"$cache/lock" >&2; }

from_debian() { # from_debian FILE PACKAGE ...: FILE is there once the packages are
  [ -e "$1" ] || alone apt_get "$@"
  [ -e "$1" ] || fail "$1 is missing even after its package was installed."
}
apt_get() {
  local policy=/usr/sbin/policy-rc.d file=$1 status=0
  shift
  [ ! -e "$file" ] || return 0
  [ "$(id -u)" = 0 ] || fail "no $file here and this is not root; install $*, or run this script as root."
  command -v apt-get >/dev/null || fail "no apt-get here; install $*."
  # A package that brings a service starts it, unless this file forbids that.
  if [ -e "$policy" ]; then policy=; else printf '#!/bin/sh\nexit 101\n' >"$policy"; chmod 755 "$policy"; fi
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >"$work/install" 2>&1 || status=$?
  [ -z "$policy" ] || rm -f "$policy"
  [ "$status" = 0 ] || { tail -n 5 "$work/install" >&2; fail "apt-get could not install $*; the last lines are above."; }
}

from_pip() { # from_pip REQUIREMENT ...: $venv is a virtual environment that has them
  command -v python3 >/dev/null || from_debian /usr/bin/python3 python3 python3-venv
  venv=$cache/$name/$(printf '%s' "$*" | tr -c 'A-Za-z0-9.' '-')
  [ -e "$venv/complete" ] || alone pip_install "$@"
}
pip_install() {
  [ ! -e "$venv/complete" ] || return 0
  rm -rf "$venv"
  { python3 -m venv "$venv" && "$venv/bin/pip" install --quiet "$@"; } >"$work/install" 2>&1 \
    || { tail -n 5 "$work/install" >&2; fail "pip could not install $*; the last lines are above."; }
  touch "$venv/complete"
}

from_npm() { # from_npm PACKAGE@VERSION ...: $modules is the folder of modules that has them
  { command -v node && command -v npm; } >/dev/null || from_debian /usr/bin/npm nodejs npm
  modules=$cache/$name/$(printf '%s' "$*" | tr -c 'A-Za-z0-9.' '-')/node_modules
  [ -e "$modules/.complete" ] || alone npm_install "$@"
}
npm_install() {
  [ ! -e "$modules/.complete" ] || return 0
  rm -rf "$modules"
  npm install --silent --no-fund --no-audit --prefix "$(dirname "$modules")" "$@" >"$work/install" 2>&1 \
    || { tail -n 5 "$work/install" >&2; fail "npm could not install $*; the last lines are above."; }
  touch "$modules/.complete"
}

from_go() { # from_go PROGRAM PACKAGE@VERSION: $program is its path; the first build takes minutes
  program=$cache/go/$(printf '%s' "${2##*@}")/$1
  [ -x "$program" ] || alone go_install "$@"
}
go_install() {
  [ ! -x "$program" ] || return 0
  command -v go >/dev/null || fail "no Go toolchain on the PATH to build $1 with."
  echo "Building $2 ..."
  GOBIN=$(dirname "$program") go install "$2" >"$work/install" 2>&1 \
    || { tail -n 5 "$work/install" >&2; fail "go could not build $2; the last lines are above."; }
}

from_maven() { # from_maven GROUP:ARTIFACT:VERSION ...: $jars is a folder that has them, without what they depend on
  jars=$cache/$name/$(printf '%s' "$*" | tr -c 'A-Za-z0-9.' '-')
  [ -e "$jars/.complete" ] || alone maven_copy "$@"
}
maven_copy() {
  local artifact
  [ ! -e "$jars/.complete" ] || return 0
  command -v mvn >/dev/null || fail "no mvn on the PATH to download $* with."
  for artifact; do
    { cd "$work" && mvn -q -B dependency:copy -Dartifact="$artifact" -DoutputDirectory="$jars"; } >"$work/install" 2>&1 \
      || { tail -n 5 "$work/install" >&2; fail "mvn could not download $artifact; the last lines are above."; }
  done
  touch "$jars/.complete"
}

unprivileged() { # servers that give up root write as www-data
  [ "$(id -u)" = 0 ] || return 0
  chown -R www-data:www-data "$data" "$work"
  runuser -u www-data -- test -w "$data" || fail "www-data cannot write to $data; name another folder."
}

fill() { # fill FILE: the configuration beside the script, with its @names@ replaced
  sed -e "s|@port@|$port|g; s|@data@|$data|g; s|@work@|$work|g; s|@workers@|${ETALON_WORKERS:-1}|g" "$here/$1" >"$work/$1"
}

serve() { # serve ANNOUNCEMENT VERSION COMMAND ...: runs it, says so when it answers, and waits for its end
  local announcement=$1 version=$2
  shift 2
  # A process group of its own: some servers signal their whole group, and all of it must be gone at the end.
  set -m
  "$@" >>"$log" 2>&1 </dev/null &
  server=$!
  set +m
  for _ in $(seq 300); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
    kill -0 "$server" 2>/dev/null || ended
    sleep 0.1
  done
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || ended
  echo "$announcement"
  echo "$version"
  wait "$server" || true
  ended
}
ended() { tail -n 15 "$log" >&2; fail "the server ended or did not answer on 127.0.0.1:$port; the last lines of its log are above."; }
http() { echo "http http://127.0.0.1:$port/"; }
s3() { echo "s3 http://127.0.0.1:$port/ access-key=$1 secret-key=$2"; }
