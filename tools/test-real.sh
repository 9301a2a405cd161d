#!/usr/bin/env bash
# The tier of real things: first the components (MongoDB's wire protocol, sshd, a browser), then the lab of real nodes.
# Ends with the sum of both as `N passed, N failed`.
set -uo pipefail
cd "$(dirname "$0")/.."
passed=0 failed=0
for tier in tools/test-components.sh tools/test-lab.sh; do
  echo "=== $tier"
  log=$(mktemp)
  "$tier" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
  rm -f "$log"
  [[ -n $line ]] || { echo "$tier: no result line (exit $status)"; failed=$((failed + 1)); continue; }
  passed=$((passed + ${line%% *})); line=${line#*, }; bad=${line%% *}
  [[ $bad -gt 0 || $status -eq 0 ]] || bad=1
  failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
