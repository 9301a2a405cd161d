import type { Command, SshSession } from "../../collect/ports.ts";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";

/** Remembers which commands left a process in state D on which node: they rest until that node has booted again. */
export interface RestBook {
  readonly lay: (node: string, bootId: string, command: Command, pids: readonly number[]) => void;
  /** The session, asking nothing that rests. */
  readonly guard: (node: string, session: SshSession) => SshSession;
}

interface Rest {
  readonly bootId: string;
  readonly pids: readonly number[];
}

const bootIdCommand: Command = {
  argv: ["cat", "/proc/sys/kernel/random/boot_id"],
  sudo: false,
  limits: { timeoutMs: 2_000, maxBytes: 100 },
  keep: "head",
};

const keyOf = ({ argv }: Command): string => argv.join("\0");

/** null: the node does not say, and a probe that is not known to be safe stays at rest. */
export async function bootIdOf(session: SshSession, signal?: AbortSignal): Promise<string | null> {
  const answer = await session.run(bootIdCommand, signal);
  return answer.kind === "value" && answer.exitCode === 0 ? answer.stdout.trim() : null;
}

/** Lives as long as the process. */
export function restBook(): RestBook {
  const nodes = new Map<string, Map<string, Rest>>();
  return {
    lay: (node, bootId, command, pids) => {
      const resting = nodes.get(node) ?? new Map<string, Rest>();
      nodes.set(node, resting.set(keyOf(command), { bootId, pids }));
    },
    guard: (node, session) => {
      let bootId: Promise<string | null> | undefined;
      const run: SshSession["run"] = async (command, signal) => {
        const rest = nodes.get(node)?.get(keyOf(command));
        if (rest === undefined) return session.run(command, signal);
        bootId ??= bootIdOf(session, signal);
        const now = await bootId;
        if (now === null || now === rest.bootId) return atRest(rest);
        nodes.delete(node); // it has booted: everything on it may be asked again
        return session.run(command, signal);
      };
      return { run, close: session.close };
    },
  };
}

function atRest({ pids }: Rest): Unavailable {
  const detail = `not asked again in this boot: process ${pids.join(", ")} of an earlier time sits in state D`;
  return unavailable("hung", detail, "reboot the node, or end what the process waits for");
}
