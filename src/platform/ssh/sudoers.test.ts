import { expect, test } from "@jest/globals";
import { sudoersLine } from "./sudoers.ts";

test.each<[readonly string[], string]>([
  [["timeout", "-k", "1", "5", "crictl", "info"], "bot ALL=(root) NOPASSWD: /usr/bin/timeout -k 1 5 crictl info"],
  [["/sbin/ethtool", "eth0"], "bot ALL=(root) NOPASSWD: /sbin/ethtool eth0"],
  [["journalctl", "--since=09:30", "a,b"], "bot ALL=(root) NOPASSWD: /usr/bin/journalctl --since\\=09\\:30 a\\,b"],
  [["ls", "*", "[a]", "\\n"], "bot ALL=(root) NOPASSWD: /usr/bin/ls \\* \\[a\\] \\\\\\\\n"],
  // seen to work with sudo 1.9.13; two plain blanks are read as one and match nothing
  [["grep", "-rH", "", "/etc"], "bot ALL=(root) NOPASSWD: /usr/bin/grep -rH\\  /etc"],
])("%j", (words, line) => {
  expect(sudoersLine("bot", words)).toBe(line);
});
