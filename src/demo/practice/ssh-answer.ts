import type { Answer, Unavailable, UnavailableReason } from "../../evidence/evidence.ts";
import type { PracticeNode } from "./node.ts";

/** What a command does on the practice node. `hangs`: it runs until somebody kills it. */
export type Played =
  | { readonly kind: "ends"; readonly stdout: string; readonly stderr: string; readonly exitCode: number }
  | { readonly kind: "hangs" };

/** How a command ends that answered so when it was recorded. */
export function played(argv: readonly string[], answer: Answer | undefined): Played {
  const [tool = ""] = argv;
  if (answer === undefined) return ends(127, `bash: line 1: ${tool}: command not found\n`);
  if (answer.kind === "value") {
    return { kind: "ends", stdout: answer.stdout, stderr: answer.stderr, exitCode: answer.exitCode ?? 0 };
  }
  return answer.kind === "absent" ? ends(1, `${answer.detail}\n`) : unavailablePlayed(tool, answer);
}

function unavailablePlayed(tool: string, { reason, detail }: Unavailable): Played {
  if (reason === "tool-missing") return ends(127, `env: '${tool}': No such file or directory\n`);
  if (reason === "forbidden") return ends(126, `env: '${tool}': Permission denied\n`);
  if (reason === "sudo-refused") return ends(1, `${detail}\n`);
  return { kind: "hangs" };
}

function ends(exitCode: number, stderr: string): Played {
  return { kind: "ends", stdout: "", stderr, exitCode };
}

/** Reasons that speak of the connection rather than of one command. */
const connectionReasons: ReadonlySet<UnavailableReason> = new Set([
  "refused",
  "unreachable",
  "timed-out",
  "unauthenticated",
  "host-key-unknown",
  "host-key-changed",
  "not-configured",
  "not-asked",
]);

/** Why nobody could log in when the node was recorded; null: somebody could. */
export function loginProblem(node: PracticeNode): Unavailable | null {
  const answers = node.answers("ssh");
  const problems = answers.flatMap((answer) => (answer.kind === "unavailable" ? [answer] : []));
  const cutOff = problems.every(({ reason }) => connectionReasons.has(reason));
  const [first] = problems;
  if (first === undefined || problems.length < answers.length || !cutOff) return null;
  return { ...first, detail: node.told(first.detail) };
}
