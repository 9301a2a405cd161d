#!/usr/bin/env bash
# A server that speaks MongoDB's wire protocol, for the store's contract suite, made from nothing but packages:
# FerretDB in front of PostgreSQL with the DocumentDB extension, both on loopback only.
#
#   tools/mongo-for-tests.sh up     build what is missing, start, print the URI (first time some minutes, 1 GB)
#   tools/mongo-for-tests.sh uri    print the URI
#   tools/mongo-for-tests.sh down   stop both, keep what was built
#
# Needs root (chroot, mount), debootstrap (installed when apt-get is there) and Go. It is no oracle: a real MongoDB
# is better wherever there is one: set MONGODB_URI for the tests and leave this script alone.
# NODE_WHY_MONGO_PORT (27317) and NODE_WHY_MONGO_PG_PORT (5697) move the two listeners.
set -euo pipefail

readonly ferretdb_version=v2.7.0
readonly home=${XDG_CACHE_HOME:-$HOME/.cache}/node-why/mongo
readonly tree=$home/tree
readonly port=${NODE_WHY_MONGO_PORT:-27317}
readonly pg_port=${NODE_WHY_MONGO_PG_PORT:-5697}
readonly pg_bin=/usr/lib/postgresql/18/bin
readonly pg_data=/var/lib/postgresql/node-why

say() { echo "mongo-for-tests: $*" >&2; }
fail() { say "$*"; exit 1; }
# Descriptor 9 is this script's lock: a daemon that inherited it would keep it for as long as it runs.
in_tree() { chroot "$tree" env DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@" 9>&-; }
postgres_user() { in_tree su postgres -s /bin/sh -c "$1"; }
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

require() {
  [ "$(id -u)" = 0 ] || fail "needs root for chroot; or set MONGODB_URI to a server of your own"
  if ! command -v debootstrap >/dev/null; then
    command -v apt-get >/dev/null || fail "needs debootstrap; or set MONGODB_URI to a server of your own"
    say "installing debootstrap"
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y debootstrap; } >"$home/apt.log" 2>&1 ||
      fail "debootstrap could not be installed; see $home/apt.log"
  fi
  [ -x "$home/ferretdb" ] || command -v go >/dev/null || fail "needs Go to build FerretDB"
}

mount_proc() { mountpoint -q "$tree/proc" || mount -t proc proc "$tree/proc"; }
unmount_proc() { if mountpoint -q "$tree/proc"; then umount "$tree/proc" || umount -l "$tree/proc"; fi; }

# Only Debian's development branch packages the DocumentDB extension (seen 2026-11), so it gets a tree of its own.
build_tree() {
  [ -e "$tree/.complete" ] && return
  say "building a Debian tree with PostgreSQL and DocumentDB"
  unmount_proc
  rm -rf "$tree"
  debootstrap --variant=minbase sid "$tree" >"$home/debootstrap.log" 2>&1 || fail "debootstrap failed; see $home/debootstrap.log"
  # No package may start a daemon or a cluster by itself.
  printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"
  chmod 755 "$tree/usr/sbin/policy-rc.d"
  mkdir -p "$tree/etc/postgresql-common"
  echo "create_main_cluster = false" >"$tree/etc/postgresql-common/createcluster.conf"
  # A frozen mirror has an old Release file; a throw-away tree needs no fsync.
  printf '%s\n' 'Acquire::Check-Valid-Until "false";' 'APT::Install-Recommends "false";' \
    'Dpkg::Options { "--force-confold"; "--force-unsafe-io"; };' >"$tree/etc/apt/apt.conf.d/90-node-why"
  mount_proc
  { in_tree apt-get -q update && in_tree apt-get -q -y install postgresql-18-documentdb && in_tree apt-get clean; } \
    >"$home/packages.log" 2>&1 || fail "packages could not be installed; see $home/packages.log"
  postgres_user "$pg_bin/initdb -D $pg_data -A trust -U postgres --locale=C.UTF-8" >"$home/initdb.log" 2>&1 ||
    fail "initdb failed; see $home/initdb.log"
  # mmap: the tree has no /dev/shm of its own. fsync off: test data.
  cat >>"$tree$pg_data/postgresql.conf" <<'CONF'
listen_addresses = '127.0.0.1'
unix_socket_directories = '/tmp'
shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb'
cron.database_name = 'postgres'
dynamic_shared_memory_type = mmap
fsync = off
CONF
  touch "$tree/.complete"
}

build_ferretdb() {
  [ -x "$home/ferretdb" ] && return
  say "building FerretDB $ferretdb_version"
  GOBIN=$home CGO_ENABLED=0 go install "github.com/FerretDB/FerretDB/v2/cmd/ferretdb@$ferretdb_version" \
    >"$home/go.log" 2>&1 || fail "FerretDB could not be built; see $home/go.log"
}

start_postgres() {
  mount_proc
  postgres_user "$pg_bin/pg_ctl -D $pg_data status" >/dev/null 2>&1 && return
  postgres_user "$pg_bin/pg_ctl -D $pg_data -w -l /tmp/postgres.log -o '-p $pg_port' start" >/dev/null ||
    fail "PostgreSQL did not start; see $tree/tmp/postgres.log"
}

start_ferretdb() {
  in_tree psql -q -h 127.0.0.1 -p "$pg_port" -U postgres \
    -c "SET client_min_messages = warning; CREATE EXTENSION IF NOT EXISTS documentdb CASCADE" >/dev/null
  listens "$port" && return
  mkdir -p "$home/state"
  nohup "$home/ferretdb" --postgresql-url="postgres://postgres@127.0.0.1:$pg_port/postgres" \
    --listen-addr="127.0.0.1:$port" --debug-addr=- --telemetry=disable --no-auth --state-dir="$home/state" \
    >>"$home/ferretdb.log" 2>&1 9>&- &
  echo $! >"$home/ferretdb.pid"
  for _ in $(seq 200); do listens "$port" && return; sleep 0.1; done
  fail "FerretDB did not start; see $home/ferretdb.log"
}

stop_ferretdb() {
  [ -e "$home/ferretdb.pid" ] || return 0
  local pid
  pid=$(cat "$home/ferretdb.pid")
  # The number may belong to somebody else after a reboot.
  if [ "$(readlink "/proc/$pid/exe" 2>/dev/null)" = "$home/ferretdb" ]; then
    kill "$pid"
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  fi
  rm -f "$home/ferretdb.pid"
}

up() {
  require
  build_ferretdb
  build_tree
  start_postgres
  start_ferretdb
  uri
}

down() {
  stop_ferretdb
  [ -e "$tree/.complete" ] || return 0
  mount_proc
  postgres_user "$pg_bin/pg_ctl -D $pg_data -m fast stop" >/dev/null 2>&1 || true
  unmount_proc
}

uri() { echo "mongodb://127.0.0.1:$port/"; }

locked() { mkdir -p "$home"; exec 9>"$home/lock"; flock 9; "$1"; }

case ${1:-} in
  up | down) locked "$1" ;;
  uri) uri ;;
  *) sed -n '5,7s/^# *//p' "$0" >&2; exit 2 ;;
esac
