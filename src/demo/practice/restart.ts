import type { PracticeNode } from "./node.ts";
import type { Played } from "./ssh-answer.ts";

/** What a restart mends, by the root that the recording shows. Any other fault is still there afterwards. */
const mended: Readonly<Record<string, readonly string[]>> = {
  "containerd.service": ["runtime-stopped", "runtime-deadlock"],
  "kubelet.service": ["kubelet-stopped", "kubelet-hung"],
};

/** What the acting login does on a practice node: its sudoers allows a restart of these units and nothing else. */
export function restartPlayed(argv: readonly string[], node: PracticeNode): Played {
  if (argv.join(" ") === "true") return ends(0, "");
  const [tool, verb, unit = "", ...more] = argv;
  const roots = tool === "systemctl" && verb === "restart" && more.length === 0 ? mended[unit] : undefined;
  if (roots === undefined) return ends(1, "sudo: a password is required\n");
  if (roots.includes(node.expect.roots[0] ?? "")) node.heal();
  return ends(0, "");
}

/** A fix that can be confirmed mends a node with this root. */
export function isMendable(root: string | undefined): boolean {
  return Object.values(mended).some((roots) => roots.includes(root ?? ""));
}

function ends(exitCode: number, stderr: string): Played {
  return { kind: "ends", stdout: "", stderr, exitCode };
}
