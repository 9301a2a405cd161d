import type { Clock } from "../../../collect/ports.ts";
import { shellLine } from "../command-line.ts";
import type { LineRequest, Wire } from "../line.ts";
import type { Ended } from "../outcome.ts";
import { runOverProgram } from "../over-program.ts";
import { endGroup, runProgram } from "../program.ts";
import type { Local } from "../settings.ts";
import type { PrivateDesk } from "./desk.ts";

/** A connection that OpenSSH holds open in the background, for others to share. */
export interface Master {
  readonly desk: PrivateDesk;
  /** The process group of what it started on the way: a bastion's `ssh -W`, a ProxyCommand. */
  readonly group: number | null;
}

/** Should we be killed, it ends by itself this long after the last command. */
export const idleSeconds = 60;

const firstPauseMs = 20;
const longestPauseMs = 400;
const orderMs = 2_000;

/** For every `ssh` that shares a connection: it must never make one of its own, and ask nobody. */
function sharing({ control }: PrivateDesk): readonly string[] {
  const options = ["BatchMode=yes", "ProxyCommand=false", "LogLevel=ERROR", "EscapeChar=none"];
  return ["ssh", "-F", "none", "-S", control, "-T", ...options.flatMap((option) => ["-o", option])];
}

/** Nobody looks it up: whoever shares a connection has no host to find. */
const someHost = "node";

export function masterWire(master: Master, { env }: Local, clock: Clock): Wire {
  const { desk, group } = master;
  const order = (what: string) => {
    const argv = [...sharing(desk), "-O", what, "--", someHost];
    return runProgram(argv, { timeoutMs: orderMs, maxBytes: 1_000 }, env, clock);
  };
  const alive = async (): Promise<boolean> => (await order("check")).exitCode === 0;
  const once = (request: LineRequest, signal: AbortSignal | undefined): Promise<Ended> => {
    const argv = [...sharing(desk), "--", someHost, shellLine(request.words)];
    return runOverProgram({ argv, env, framed: false, startMs: request.runMs }, request, clock, signal);
  };
  const run: Wire["run"] = async (request, signal) => {
    const began = clock.monotonicMs();
    for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
      const ended = await once(request, signal);
      if (!notOpened(ended)) return settled(ended, alive);
      const left = request.openMs - (clock.monotonicMs() - began);
      if (left <= pause || signal?.aborted) return { ...ended, how: "not-opened", noise: firstLine(ended.stderr) };
      await new Promise<void>((resolve) => void clock.after(pause, resolve));
    }
  };
  const end = async (): Promise<void> => {
    await order("exit");
    if (group !== null) endGroup(group, clock);
    await desk.clear();
  };
  return { run, end };
}

/** ssh exits 255 for trouble of its own; a command may do so too, and one that a signal ended looks the same. */
const sshTrouble = 255;

function notOpened({ how, pid, exitCode, stderr }: Ended): boolean {
  return how === "exited" && pid === null && exitCode === sshTrouble && /refused by peer|open failed/i.test(stderr);
}

async function settled(ended: Ended, alive: () => Promise<boolean>): Promise<Ended> {
  if (ended.how !== "exited" || ended.exitCode !== sshTrouble) return ended;
  return (await alive()) ? { ...ended, exitCode: null } : { ...ended, how: "lost" };
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}
