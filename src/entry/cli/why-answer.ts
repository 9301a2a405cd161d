import type { Settings } from "../../config/load.ts";
import { answerOf } from "../../present/answer.ts";
import { refusalText } from "../../present/refusal.ts";
import { answerText } from "../../present/text/answer.ts";
import type { Report } from "../../report/report.ts";
import { OperatorError } from "../../shared/errors.ts";
import { judgeCase } from "../../usecases/case-report.ts";
import { type Diagnosis, diagnose } from "../../usecases/diagnose.ts";
import { type CliIo, printJson } from "./io.ts";
import type { WhyCommandPorts, WhyOptions } from "./why.ts";

/** What `why` does once its words are understood: a case, a bundle, or live nodes. */
export async function answer(
  nodes: readonly string[],
  options: WhyOptions,
  ports: WhyCommandPorts,
  io: CliIo,
): Promise<void> {
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
