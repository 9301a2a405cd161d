#!/usr/bin/env bash
# The lab's tier: boots real nodes, tries every fault of test/lab/faults on them, and leaves nothing behind.
# Arguments go to `lab matrix`. Needs root and what docs/lab.md names; in CI (CI=1) missing Debian packages are added.
set -uo pipefail
cd "$(dirname "$0")/.."
lab() { node_modules/.bin/node test/lab/lab.ts "$@"; }
trap 'lab down' EXIT
lab up || { echo "0 passed, 1 failed"; exit 1; }
lab matrix "$@"
