import { digestMaker } from "../../src/compose/digest.ts";
import { loadSettings } from "../../src/config/load.ts";
import { configSchema } from "../../src/config/schema.ts";
import type { Standin } from "../../src/demo/slack/standin.ts";
import { digestCommand } from "../../src/entry/cli/digest.ts";
import type { Documents } from "../../src/platform/store/documents.ts";
import { incidentStore } from "../../src/platform/store/incidents.ts";
import type { ReportSummary } from "../../src/remember/incident.ts";
import { healthy, identity, november, summary } from "../store/samples.ts";
import { realEngine } from "../support/engine.ts";
import { fakeClock } from "../support/fake-clock.ts";

const stopped = { cluster: "lab", roots: ["runtime-stopped"], fingerprints: ["runtime-stopped"] };

export async function record(documents: Documents, at: Date, changes: Partial<ReportSummary>): Promise<void> {
  await incidentStore(documents).record(summary({ ...stopped, ...changes }), at);
}

/** Ailing for so many minutes. */
async function ailed(
  documents: Documents,
  day: number,
  minutes: number,
  changes: Partial<ReportSummary>,
): Promise<void> {
  await record(documents, november(day), changes);
  const { node = "worker-7" } = changes;
  await incidentStore(documents).record(healthy({ cluster: "lab", node }), november(day, minutes));
}

/** Three weeks of a lab: two with a full disk now and then, one in which new nodes lose their runtime. */
export async function threeWeeks(documents: Documents): Promise<void> {
  const disk = { roots: ["disk-full"], fingerprints: ["disk-full"], identity: { ...identity, image: "old" } };
  await ailed(documents, 4, 30, { node: "n1", ...disk });
  await ailed(documents, 11, 30, { node: "n9", ...disk });
  for (const [nth, node] of ["n2", "n3", "n4"].entries()) {
    await ailed(documents, 16 + nth, 10, { node, identity: { ...identity, image: "new" } });
  }
  await ailed(documents, 17, 60, { node: "n1", ...disk });
  await ailed(documents, 18, 20, { node: "n1", ...disk });
}

export async function composed(documents: Documents, now = "2026-11-23T12:00:00.000Z") {
  const clock = fakeClock(now);
  const store = incidentStore(documents);
  const lab = { name: "lab", inventory: [], ports: () => Promise.reject(new Error("not asked")) };
  const world = {
    engine: await realEngine(),
    clusters: [lab],
    clock,
    incidents: store,
    memoryProblem: null,
    deadlineMs: 1,
  };
  const memory = { documents, incidents: store, migrated: async () => [] };
  return { clock, world, memory };
}

export function settingsOf(config: object, slack?: Standin): ReturnType<typeof loadSettings> {
  const settings = loadSettings(undefined, {});
  const secrets = slack ? { ...settings.slack, botToken: slack.botToken, apiUrl: slack.apiUrl } : settings.slack;
  return { ...settings, config: configSchema.parse(config), slack: secrets };
}

export async function cli(documents: Documents, ...argv: readonly string[]): Promise<string> {
  const printed: string[] = [];
  const io = {
    out: (text: string) => void printed.push(text),
    err: () => undefined,
    readText: () => "",
    listFiles: () => [],
    exit: () => undefined,
  };
  await digestCommand(digestMaker(settingsOf({}), await composed(documents)), io).parseAsync([...argv], {
    from: "user",
  });
  return printed.join("");
}
