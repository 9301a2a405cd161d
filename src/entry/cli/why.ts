import { Command, InvalidArgumentError } from "commander";
import type { Settings } from "../../config/load.ts";
import type { EvidenceSet } from "../../evidence/evidence.ts";
import { answerOf } from "../../present/answer.ts";
import { refusalText } from "../../present/refusal.ts";
import { answerText } from "../../present/text/answer.ts";
import type { Report } from "../../report/report.ts";
import { OperatorError } from "../../shared/errors.ts";
import { judgeCase } from "../../usecases/case-report.ts";
import { type Diagnosis, diagnose } from "../../usecases/diagnose.ts";
import type { Engine } from "../../usecases/engine.ts";
import type { World } from "../../usecases/ports.ts";
import { type CliIo, printJson } from "./io.ts";

export interface WhyCommandPorts {
  readonly settings: () => Settings;
  readonly engine: (settings: Settings) => Promise<Engine>;
  readonly readBundle: (path: string) => Promise<EvidenceSet>;
  readonly writeBundle: (path: string, set: EvidenceSet) => Promise<void>;
  readonly world: (settings: Settings) => Promise<{ readonly world: World; readonly close: () => Promise<void> }>;
}

interface WhyOptions {
  readonly case?: string;
  readonly bundle?: string;
  readonly json?: boolean;
  readonly deadline?: number;
  readonly save?: string;
}

export function whyCommand(ports: WhyCommandPorts, io: CliIo): Command {
  return new Command("why")
    .argument("[nodes...]", "names like worker-7 or cluster/worker-7")
    .description('the root cause of a node\'s trouble, or an honest "not known"')
    .option("--case <file>", "a case file instead of a live node")
    .option("--bundle <file>", "saved evidence instead of a live node")
    .option("--json", "print one report per line")
    .option("--deadline <seconds>", "answer within this time with what could be read", seconds)
    .option("--save <file>", "also save what was read, as .tgz, for why --bundle")
    .action(async (nodes: string[], options: WhyOptions) => {
      const settings = ports.settings();
      if (options.case !== undefined) {
        const { report } = judgeCase(await ports.engine(settings), options.case, io.readText(options.case));
        print(report, io, options.json === true);
        return;
      }
      if (options.bundle !== undefined) {
        const { judge } = await ports.engine(settings);
        print(judge(await ports.readBundle(options.bundle)).report, io, options.json === true);
        return;
      }
      if (nodes.length === 0)
        throw new OperatorError("name a node, a case with --case, or saved evidence with --bundle", [
          "node-why why worker-7",
        ]);
      if (options.save !== undefined && nodes.length > 1)
        throw new OperatorError("--save takes one node", ["node-why why worker-7 --save worker-7.tgz"]);
      await whyNodes(nodes, options, settings, ports, io);
    });
}

/** Commander words this: `option '--deadline <seconds>' argument 'x' is invalid`. */
function seconds(text: string): number {
  const parsed = Number(text.replace(/s$/, ""));
  if (!Number.isFinite(parsed) || parsed <= 0 || parsed > 3_600)
    throw new InvalidArgumentError("A number of seconds, up to 3600.");
  return parsed;
}

async function whyNodes(
  nodes: readonly string[],
  options: WhyOptions,
  settings: Settings,
  ports: WhyCommandPorts,
  io: CliIo,
): Promise<void> {
  const { world: configured, close } = await ports.world(settings);
  const world = options.deadline === undefined ? configured : { ...configured, deadlineMs: options.deadline * 1_000 };
  try {
    for (const name of nodes) {
      const found = await diagnose({ name, askedBy: "cli" }, world);
      printFound(found, io, options.json === true);
      if (options.save !== undefined && found.kind === "report") await ports.writeBundle(options.save, found.evidence);
    }
  } finally {
    await close();
  }
}

function printFound(found: Diagnosis, io: CliIo, json: boolean): void {
  if (found.kind === "report") {
    print(found.report, io, json);
    return;
  }
  io.err(`${refusalText(found)}\n`);
  io.exit(2);
}

function print(report: Report, io: CliIo, json: boolean): void {
  if (json) printJson(io, report);
  else io.out(answerText(answerOf(report)));
}
