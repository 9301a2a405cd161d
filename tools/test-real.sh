#!/usr/bin/env bash
# The tier of real components: the store's contract on a MongoDB-wire server, and what else stands in
# test/real. Starts what it needs and stops it again. Any MONGODB_URI may be given instead.
set -uo pipefail
cd "$(dirname "$0")/.."
started=
if [[ -z ${MONGODB_URI:-} ]]; then
  MONGODB_URI=$(tools/mongo-for-tests.sh up | tail -n 1) || { echo "no MongoDB-wire server could be started"; echo "0 passed, 1 failed"; exit 1; }
  export MONGODB_URI; started=yes
fi
npm run --silent jest -- --testPathIgnorePatterns /node_modules/ --runInBand test/real
status=$?
[[ -z $started ]] || tools/mongo-for-tests.sh down
exit $status
