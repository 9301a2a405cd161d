#!/usr/bin/env bash
# The real components: the store's contract on a MongoDB-wire server, and what else stands in
# test/real. Starts what it needs and stops it again. Any MONGODB_URI may be given instead.
set -uo pipefail
cd "$(dirname "$0")/.."
# The browser comes from the distribution; a contributor's machine is never changed, CI's is.
if [[ -n ${CI:-} && ! -x ${CHROMIUM:-/usr/bin/chromium} ]] && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-color-emoji >/dev/null
fi
# sshd, sudo and busybox too: test/real/ssh-*.test.ts starts a server with processes and accounts of its own, as root.
if [[ -n ${CI:-} && ! ( -x /usr/sbin/sshd && -x /usr/bin/sudo && -x /usr/bin/busybox ) ]] && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq openssh-server sudo busybox-static >/dev/null
fi
# moto, which stands in for EC2, lives in a Python environment of its own.
if [[ -n ${CI:-} ]] && ! python3 -c 'import ensurepip' 2>/dev/null && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
fi
started=
if [[ -z ${MONGODB_URI:-} ]]; then
  MONGODB_URI=$(tools/mongo-for-tests.sh up | tail -n 1) || { echo "no MongoDB-wire server could be started"; echo "0 passed, 1 failed"; exit 1; }
  export MONGODB_URI; started=yes
fi
npm run --silent jest -- --testPathIgnorePatterns /node_modules/ --runInBand test/real
status=$?
[[ -z $started ]] || tools/mongo-for-tests.sh down
exit $status
