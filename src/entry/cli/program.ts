import { Command, CommanderError } from "commander";
import type { Settings } from "../../config/load.ts";
import type { EvidenceSet } from "../../evidence/evidence.ts";
import { type Maskable, maskSet } from "../../evidence/mask/mask.ts";
import { historyLines, nodeLines } from "../../present/lists.ts";
import { refusalText } from "../../present/refusal.ts";
import type { Digest } from "../../report/digest.ts";
import { ExternalError, messageOf, OperatorError } from "../../shared/errors.ts";
import { diagnose } from "../../usecases/diagnose.ts";
import type { Engine } from "../../usecases/engine.ts";
import { nodeHistory } from "../../usecases/history.ts";
import { listNodes } from "../../usecases/list-nodes.ts";
import type { World } from "../../usecases/ports.ts";
import { bundleCommand, masksIn } from "./bundle.ts";
import { checkCommand } from "./check.ts";
import { digestCommand } from "./digest.ts";
import { type FixCommandPorts, fixCommand } from "./fix.ts";
import { type CliIo, count, printJson } from "./io.ts";
import { knowledgeCommand, type Workbench } from "./knowledge.ts";
import { whyCommand } from "./why.ts";

/** What the command line needs from the composition root. */
export interface CliPorts {
  readonly version: string;
  readonly io: CliIo;
  readonly now: () => Date;
  readonly settings: (file: string | undefined) => Settings;
  readonly engine: (settings: Settings) => Promise<Engine>;
  readonly world: (settings: Settings) => Promise<{ readonly world: World; readonly close: () => Promise<void> }>;
  readonly readBundle: (path: string) => Promise<EvidenceSet>;
  readonly writeBundle: (path: string, set: EvidenceSet) => Promise<void>;
  /** Brings the store to this version's form; the ids of the steps that ran. */
  readonly migrate: (settings: Settings) => Promise<readonly string[]>;
  readonly fixWorld: FixCommandPorts["fixWorld"];
  readonly ask: FixCommandPorts["ask"];
  readonly user: string;
  /** `script`: unattended; resolves to the exit code. */
  readonly demo: (script: boolean) => Promise<number>;
  /** null: of the last full week. */
  readonly digest: (settings: Settings, week: string | null) => Promise<Digest>;
  readonly serve: (settings: Settings) => Promise<void>;
  readonly workbench: (settings: Settings) => Workbench;
}

/**
 * Exit codes: 0 done, 1 the answer is no (a check or a case failed), 2 broken input or config,
 * 3 another system failed, 70 our bug.
 */
export async function runCli(argv: readonly string[], ports: CliPorts): Promise<void> {
  try {
    await makeProgram(ports).parseAsync([...argv]);
  } catch (thrown) {
    ports.io.exit(complain(thrown, ports.io));
  }
}

function makeProgram(ports: CliPorts): Command {
  const { io } = ports;
  const program = new Command("node-why")
    .description("Why is this Kubernetes node NotReady?")
    .version(ports.version)
    .option("--config <file>", "the config file (default: NODE_WHY_CONFIG)");
  const settings = (): Settings => ports.settings(program.opts<{ config?: string }>().config);
  program.addCommand(whyCommand({ ...ports, settings }, io));
  program.addCommand(checkCommand({ ...ports, settings }, io));
  program.addCommand(collectCommand(ports, settings));
  program.addCommand(bundleCommand(ports, io));
  program.addCommand(listCommand(ports, settings));
  program.addCommand(historyCommand(ports, settings));
  program.addCommand(digestCommand((week) => ports.digest(settings(), week), io));
  program.addCommand(knowledgeCommand(() => ports.workbench(settings()), io));
  program.addCommand(fixCommand({ ...ports, settings }, io));
  program
    .command("migrate")
    .description("bring the store to the form this version expects")
    .action(async () => {
      const ran = await ports.migrate(settings());
      io.out(ran.length > 0 ? `ran ${ran.join(", ")}\n` : "nothing to do\n");
    });
  program
    .command("demo")
    .description("a practice cluster of recorded nodes, a Slack of its own, and the real bot")
    .option("--script", "walk through it unattended; exit 1 if an answer is not the expected one")
    .action(async (options: { script?: boolean }) => io.exit(await ports.demo(options.script === true)));
  program
    .command("serve")
    .description("run the Slack bot")
    .action(() => ports.serve(settings()));
  quiet(program, io);
  return program;
}

/** Every command throws instead of exiting, and writes through our io. */
function quiet(command: Command, io: CliIo): void {
  command.exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err });
  for (const each of command.commands) quiet(each, io);
}

function collectCommand(ports: CliPorts, settings: () => Settings): Command {
  return new Command("collect")
    .argument("<node>", "a name like worker-7 or cluster/worker-7")
    .description("save everything that can be read of a node, to be judged later with why --bundle")
    .requiredOption("-o, --output <file>", "where to save it, as .tgz")
    .option("--mask <kinds>", "mask addresses, names or both, joined by a comma", masksIn, [])
    .action(async (node: string, options: { output: string; mask: readonly Maskable[] }) => {
      await withWorld(ports, settings(), async (world) => {
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

function listCommand(ports: CliPorts, settings: () => Settings): Command {
  return new Command("list")
    .description("the nodes that are not Ready, the longest first")
    .option("--json", "print one JSON object")
    .action(async (options: { json?: boolean }) => {
      await withWorld(ports, settings(), async (world) => {
        const list = await listNodes(world.clusters);
        if (options.json) printJson(ports.io, list);
        else ports.io.out(`${nodeLines(list, ports.now().toISOString()).join("\n")}\n`);
        if (list.failed.length > 0) ports.io.exit(3);
      });
    });
}

function historyCommand(ports: CliPorts, settings: () => Settings): Command {
  return new Command("history")
    .argument("<node>", "a name like worker-7 or cluster/worker-7")
    .description("what was seen on this node before, newest first")
    .option("--json", "print a JSON array")
    .option("--limit <count>", "at most so many incidents", count, 20)
    .action(async (node: string, options: { json?: boolean; limit: number }) => {
      await withWorld(ports, settings(), async (world) => {
        const incidents = await nodeHistory(node, world, options.limit);
        if (options.json) printJson(ports.io, incidents);
        else ports.io.out(`${historyLines(node, incidents).join("\n")}\n`);
      });
    });
}

async function withWorld(ports: CliPorts, settings: Settings, use: (world: World) => Promise<void>): Promise<void> {
  const { world, close } = await ports.world(settings);
  try {
    await use(world);
  } finally {
    await close();
  }
}

function complain(thrown: unknown, io: CliIo): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  if (thrown instanceof OperatorError) {
    io.err(`${thrown.message}\n${thrown.nextSteps.map((step) => `  ${step}\n`).join("")}`);
    return 2;
  }
  if (thrown instanceof ExternalError) {
    io.err(`${thrown.service}: ${thrown.message}${thrown.retryable ? " (trying again may help)" : ""}\n`);
    return 3;
  }
  io.err(`node-why has a bug: ${messageOf(thrown)}\n${thrown instanceof Error ? (thrown.stack ?? "") : ""}\n`);
  return 70;
}
