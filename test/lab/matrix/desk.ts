import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clustersOf } from "../../../src/compose/clusters.ts";
import { fixWorldOf } from "../../../src/compose/fix.ts";
import { knowledgeSource } from "../../../src/compose/knowledge.ts";
import { openMemory } from "../../../src/compose/store.ts";
import { loadSettings, type Settings } from "../../../src/config/load.ts";
import type { EvidenceSet } from "../../../src/evidence/evidence.ts";
import { systemClock } from "../../../src/platform/clock.ts";
import type { Report } from "../../../src/report/report.ts";
import { diagnose } from "../../../src/usecases/diagnose.ts";
import type { Engine } from "../../../src/usecases/engine.ts";
import { loadEngine } from "../../../src/usecases/load-engine.ts";
import type { World } from "../../../src/usecases/ports.ts";
import { confirm } from "../../../src/usecases/remediate/confirm.ts";
import { propose } from "../../../src/usecases/remediate/propose.ts";
import { runFix } from "../../../src/usecases/remediate/run.ts";
import { nodeDir, type Place } from "../place.ts";
import { configFor } from "./config.ts";

export interface Answered {
  readonly report: Report;
  readonly evidence: EvidenceSet;
  readonly seconds: number;
}

/** node-why in this process, with a config and an empty store for one node. */
export interface Desk {
  readonly ask: () => Promise<Answered>;
  /** Proposes, confirms and runs one of the bot's actions; null: it succeeded, else what it said. */
  readonly fix: (action: string) => Promise<string | null>;
  readonly close: () => Promise<void>;
}

export async function openDesk(place: Place, node: string): Promise<Desk> {
  const folder = join(nodeDir(place, node), "node-why");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "config.json");
  writeFileSync(file, JSON.stringify(configFor(place, node, folder)));
  const settings = loadSettings(file, { XDG_STATE_HOME: folder });
  const memory = await openMemory(settings);
  await memory.migrated();
  const world: World = {
    engine: await engineOf(settings),
    clusters: clustersOf(settings),
    clock: systemClock,
    incidents: memory.incidents,
    memoryProblem: null,
    deadlineMs: 20_000,
  };
  return {
    ask: async () => {
      const began = performance.now();
      const found = await diagnose({ name: node, askedBy: "lab" }, world);
      if (found.kind !== "report") throw new Error(`${node}: ${found.kind}`);
      return { report: found.report, evidence: found.evidence, seconds: (performance.now() - began) / 1000 };
    },
    fix: async (action) => {
      const errors: string[] = [];
      const log = { error: (_: object, message: string) => void errors.push(message) };
      const ended = await fixed(node, action, await fixWorldOf(settings, world, memory.documents, log));
      return ended === null ? null : [ended, ...errors].join("; ");
    },
    close: () => memory.documents.close(),
  };
}

let engine: Promise<Engine> | undefined;

/** The knowledge of this checkout, compiled once for all nodes. */
function engineOf(settings: Settings): Promise<Engine> {
  engine ??= knowledgeSource(settings).then(loadEngine);
  return engine;
}

type FixWorld = Parameters<typeof propose>[2];

/** The road of the button and of `node-why fix`: propose, confirm with the proposal's token, run, prove. */
async function fixed(node: string, action: string, world: FixWorld): Promise<string | null> {
  const person = { id: "lab:operator", may: async () => "allowed" as const };
  const place = { surface: "cli", team: null, channel: null, thread: null } as const;
  const proposed = await propose({ cluster: "lab", node, action, cause: null, place }, person, world);
  if (!proposed.ok) return proposed.problem;
  const { token, remediation, guards } = proposed.value;
  if (token === null) return guards.flatMap((guard) => (guard.passes ? [] : [JSON.stringify(guard)])).join("; ");
  const taken = await confirm({ id: remediation._id, token }, person, world);
  if (!taken.ok) return `${taken.problem.says} ${taken.problem.next}`;
  const end = await runFix(
    taken.value,
    person,
    world,
    () => undefined,
    async () => undefined,
  );
  if (end.remediation.state === "succeeded") return null;
  const failing = end.remediation.checks.flatMap(({ holds, says }) => (holds ? [] : [says]));
  return [end.remediation.state, end.remediation.outcome?.says ?? "", ...failing].join(": ");
}
