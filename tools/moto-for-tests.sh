#!/usr/bin/env bash
# A stand-in for EC2's API (moto) in a Python environment of its own, outside the tree. Prints the server's path.
set -euo pipefail
readonly version=5.2.5
readonly home=${XDG_CACHE_HOME:-$HOME/.cache}/node-why/moto-$version
if [[ ! -x $home/bin/moto_server ]]; then
  mkdir -p "$(dirname "$home")"
  python3 -m venv "$home" >&2 || { echo "moto-for-tests: needs python3 with venv" >&2; exit 1; }
  "$home/bin/pip" install --quiet "moto[server,ec2,iam]==$version" >&2 || { rm -rf "$home"; exit 1; }
fi
echo "$home/bin/moto_server"
