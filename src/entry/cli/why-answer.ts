import type { Settings } from "../../config/load.ts";
import type { Window } from "../../evidence/evidence.ts";
import { answerOf } from "../../present/answer.ts";
import { refusalText } from "../../present/refusal.ts";
import { answerText } from "../../present/text/answer.ts";
import type { Report } from "../../report/report.ts";
import { OperatorError } from "../../shared/errors.ts";
import { judgeCase } from "../../usecases/case-report.ts";
import type { Diagnosis } from "../../usecases/diagnose.ts";
import { diagnoseMany } from "../../usecases/diagnose-many.ts";
import { listNodes } from "../../usecases/list-nodes.ts";
import type { World } from "../../usecases/ports.ts";
import { windowAt } from "../../usecases/window.ts";
import { type CliIo, printJson } from "./io.ts";
import type { WhyCommandPorts, WhyOptions } from "./why-options.ts";

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
    // Before the knowledge: what reading leaves behind is then collected while the knowledge is compiled.
    const set = await ports.readBundle(options.bundle);
    const { judge } = await ports.engine(settings);
    print(judge(set).report, io, options.json === true);
    return;
  }
  if (nodes.length === 0 && options.allNotReady !== true)
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
  const window = options.at === undefined ? null : asPast(options.at, world.clock.now());
  const onFound = async (found: Diagnosis): Promise<void> => {
    printFound(found, io, options.json === true);
    if (options.save !== undefined && found.kind === "report") await ports.writeBundle(options.save, found.evidence);
  };
  try {
    const names = options.allNotReady ? await notReady(world, io) : nodes;
    const question = { askedBy: "cli", ...(window ? { window } : {}) };
    await diagnoseMany({ names, question, atOnce: options.atOnce, onFound }, world);
  } finally {
    await close();
  }
}

function asPast(text: string, now: Date): Window {
  const window = windowAt(text, now);
  if (window !== null) return window;
  throw new OperatorError(`${text} is no time in the past`, ["write it as 2026-11-21T03:10Z, 03:10 (UTC) or 2h"]);
}

/** cluster/name of every node that is not Ready; clusters that could not be asked are said. */
async function notReady(world: World, io: CliIo): Promise<readonly string[]> {
  const { nodes, total, failed } = await listNodes(world.clusters);
  for (const { cluster, detail } of failed) io.err(`${cluster}: could not be asked: ${detail}\n`);
  if (failed.length > 0) io.exit(3);
  if (nodes.length === 0 && total > 0) io.err(`all ${total} nodes are Ready\n`);
  return nodes.map(({ cluster, name }) => `${cluster}/${name}`);
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
