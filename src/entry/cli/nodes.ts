import { Command } from "commander";
import type { Settings } from "../../config/load.ts";
import { type Maskable, maskSet } from "../../evidence/mask/mask.ts";
import { historyLines, nodeLines } from "../../present/lists.ts";
import { refusalText } from "../../present/refusal.ts";
import { OperatorError } from "../../shared/errors.ts";
import { diagnose } from "../../usecases/diagnose.ts";
import { nodeHistory } from "../../usecases/history.ts";
import { listNodes } from "../../usecases/list-nodes.ts";
import type { World } from "../../usecases/ports.ts";
import { masksIn } from "./bundle.ts";
import { count, printJson } from "./io.ts";
import type { CliPorts } from "./ports.ts";

/** What the commands that ask live nodes need. */
type NodePorts = Pick<CliPorts, "io" | "now" | "world" | "writeBundle"> & { readonly settings: () => Settings };

export function collectCommand(ports: NodePorts): Command {
  return new Command("collect")
    .argument("<node>", "a name like worker-7 or cluster/worker-7")
    .description("save everything that can be read of a node, to be judged later with why --bundle")
    .requiredOption("-o, --output <file>", "where to save it, as .tgz")
    .option("--mask <kinds>", "mask addresses, names or both, joined by a comma", masksIn, [])
    .action(async (node: string, options: { output: string; mask: readonly Maskable[] }) => {
      await withWorld(ports, async (world) => {
        const found = await diagnose(
          { name: node, askedBy: "cli" },
          { ...world, incidents: null, memoryProblem: null },
        );
        if (found.kind !== "report") throw new OperatorError(refusalText(found));
        await ports.writeBundle(options.output, maskSet(found.evidence, options.mask));
        const answered = found.evidence.items.filter(({ answer }) => answer.kind !== "unavailable").length;
        ports.io.out(`${options.output}: ${answered} of ${found.evidence.items.length} questions answered\n`);
      });
    });
}

export function listCommand(ports: NodePorts): Command {
  return new Command("list")
    .description("the nodes that are not Ready, the longest first")
    .option("--json", "print one JSON object")
    .action(async (options: { json?: boolean }) => {
      await withWorld(ports, async (world) => {
        const list = await listNodes(world.clusters);
        if (options.json) printJson(ports.io, list);
        else ports.io.out(`${nodeLines(list, ports.now().toISOString()).join("\n")}\n`);
        if (list.failed.length > 0) ports.io.exit(3);
      });
    });
}

export function historyCommand(ports: NodePorts): Command {
  return new Command("history")
    .argument("<node>", "a name like worker-7 or cluster/worker-7")
    .description("what was seen on this node before, newest first")
    .option("--json", "print a JSON array")
    .option("--limit <count>", "at most so many incidents", count, 20)
    .action(async (node: string, options: { json?: boolean; limit: number }) => {
      await withWorld(ports, async (world) => {
        const incidents = await nodeHistory(node, world, options.limit);
        if (options.json) printJson(ports.io, incidents);
        else ports.io.out(`${historyLines(node, incidents).join("\n")}\n`);
      });
    });
}

async function withWorld(ports: NodePorts, use: (world: World) => Promise<void>): Promise<void> {
  const { world, close } = await ports.world(ports.settings());
  try {
    await use(world);
  } finally {
    await close();
  }
}
