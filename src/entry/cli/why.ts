import { Command, InvalidArgumentError } from "commander";
import { type CliIo, count } from "./io.ts";
import type { WhyCommandPorts, WhyOptions } from "./why-options.ts";

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
