/** Asks all of them, in a process of its own, and prints what it took as JSON. */
import { readFileSync } from "node:fs";
import { argv, stdout } from "node:process";
import type { Ports, SshSession } from "../../src/collect/ports.ts";
import { portsOf } from "../../src/compose/clusters.ts";
import { knowledgeSource } from "../../src/compose/knowledge.ts";
import { loadSettings } from "../../src/config/load.ts";
import { clusterSchema } from "../../src/config/schema.ts";
import { value } from "../../src/evidence/evidence.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { diagnoseMany } from "../../src/usecases/diagnose-many.ts";
import { loadEngine } from "../../src/usecases/load-engine.ts";
import type { World } from "../../src/usecases/ports.ts";

const [, , file = "", atOnce = "4", loginMs = "0", commandMs = "0", most = "1"] = argv;
const { config, names: all } = JSON.parse(readFileSync(file, "utf8")) as { config: unknown; names: string[] };
const names = all.slice(0, Number(most));
const settings = loadSettings(undefined, {});
const engine = loadEngine(await knowledgeSource(settings));
const ports = asOverANetwork(portsOf(clusterSchema.parse(config), settings));
const world: World = {
  engine,
  clusters: [{ name: "practice", inventory: [], ports: async () => ports }],
  clock: systemClock,
  incidents: null,
  memoryProblem: null,
  deadlineMs: 60_000,
};

const counts: Record<string, number> = {};
let commands = 0;
const onFound: Parameters<typeof diagnoseMany>[0]["onFound"] = (found) => {
  const kind = found.kind === "report" ? found.report.verdict : found.kind;
  counts[kind] = (counts[kind] ?? 0) + 1;
  if (found.kind === "report") {
    commands += found.evidence.items.filter(({ source, answer }) => source === "ssh" && answer.kind === "value").length;
  }
};
const asked = async (some: readonly string[], nodesAtOnce: number): Promise<number> => {
  const began = performance.now();
  await diagnoseMany({ names: some, question: { askedBy: "bench" }, atOnce: nodesAtOnce, onFound }, world);
  return (performance.now() - began) / 1000;
};

await asked(names.slice(0, 2), 1); // compiled, and connections of the reader open
const alone: number[] = [];
for (const name of names.slice(0, 10)) alone.push(await asked([name], 1));
for (const kind of Object.keys(counts)) delete counts[kind];
commands = 0;
const cpuBefore = process.cpuUsage();
const wall = await asked(names, Number(atOnce));
const { user, system } = process.cpuUsage(cpuBefore);
const work = alone.reduce((sum, seconds) => sum + seconds, 0) / alone.length;
stdout.write(JSON.stringify({ wall, alone: work, nodes: names.length, commands, counts, cpu: (user + system) / 1e6 }));
process.exit(0);

/** On loopback there is no distance: each login and each command takes so much longer, as on a real network. */
function asOverANetwork(real: Ports): Ports {
  const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const slowed = (session: SshSession): SshSession => ({
    close: session.close,
    run: async (command, signal) => {
      await later(Number(commandMs));
      return session.run(command, signal);
    },
  });
  const { ssh } = real;
  if (ssh === undefined) throw new Error("no SSH");
  return {
    ...real,
    // The recorded addresses are for documentation: nothing may be sent there.
    local: { connect: async () => value("open\n") },
    ssh: {
      open: async (target, signal) => {
        await later(Number(loginMs));
        const opened = await ssh.open(target, signal);
        return opened.ok ? { ok: true, value: slowed(opened.value) } : opened;
      },
    },
  };
}
