import { Command, InvalidArgumentError } from "commander";
import type { Settings } from "../../config/load.ts";
import type { EvidenceSet } from "../../evidence/evidence.ts";
import type { Engine } from "../../usecases/engine.ts";
import type { World } from "../../usecases/ports.ts";
import { type CliIo, count } from "./io.ts";

export interface WhyCommandPorts {
  readonly settings: () => Settings;
  readonly engine: (settings: Settings) => Promise<Engine>;
  readonly readBundle: (path: string) => Promise<EvidenceSet>;
  readonly writeBundle: (path: string, set: EvidenceSet) => Promise<void>;
  readonly world: (settings: Settings) => Promise<{ readonly world: World; readonly close: () => Promise<void> }>;
}

export interface WhyOptions {
  readonly case?: string;
  readonly bundle?: string;
  readonly json?: boolean;
  readonly deadline?: number;
  readonly save?: string;
  readonly at?: string;
  readonly allNotReady?: boolean;
  readonly atOnce: number;
}

export function whyCommand(ports: WhyCommandPorts, io: CliIo): Command {
  return new Command("why")
    .argument("[nodes...]", "names like worker-7 or cluster/worker-7")
    .description('the root cause of a node\'s trouble, or an honest "not known"')
    .option("--case <file>", "a case file instead of a live node")
    .option("--bundle <file>", "saved evidence instead of a live node")
    .option("--json", "print one report per line")
    .option("--deadline <seconds>", "answer within this time with what could be read", seconds)
    .option("--at <time>", "ask about the past: 2026-11-21T03:10Z, 03:10 (UTC), or 2h ago as 2h")
    .option("--all-not-ready", "every node that is not Ready, the longest first")
    .option("--at-once <count>", "read so many nodes at once", count, 8)
    .option("--save <file>", "also save what was read, as .tgz, for why --bundle")
    .action(async (nodes: string[], options: WhyOptions) =>
      (await import("./why-answer.ts")).answer(nodes, options, ports, io),
    );
}

/** Commander words this: `option '--deadline <seconds>' argument 'x' is invalid`. */
function seconds(text: string): number {
  const parsed = Number(text.replace(/s$/, ""));
  if (!Number.isFinite(parsed) || parsed <= 0 || parsed > 3_600)
    throw new InvalidArgumentError("A number of seconds, up to 3600.");
  return parsed;
}
