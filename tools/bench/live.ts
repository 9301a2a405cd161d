import { spawnSync } from "node:child_process";
import { z } from "zod";
import { clustersOf } from "../../src/compose/clusters.ts";
import type { Settings } from "../../src/config/load.ts";
import type { EvidenceSet } from "../../src/evidence/evidence.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { quoteWords } from "../../src/platform/ssh/quote.ts";
import { diagnose } from "../../src/usecases/diagnose.ts";
import type { Engine } from "../../src/usecases/engine.ts";
import type { ClusterAccess } from "../../src/usecases/ports.ts";

const runs = 7;

/** A healthy node asked by node-why, beside the same commands typed one after another through ssh. */
export async function benchLive(settings: Settings, node: string, engine: Engine): Promise<readonly string[]> {
  const samples: Sample[] = [];
  for (let run = 0; run <= runs; run += 1) samples.push(await ask(settings, node, engine));
  const [sample] = samples
    .slice(1)
    .sort((a, b) => a.wall / a.ideal - b.wall / b.ideal)
    .slice(Math.floor(runs / 2));
  if (!sample) throw new Error("no sample");
  const typed = typedOneByOne(settings, sample.evidence);
  return [
    `Node ${node}: ${sample.probes} probes, of them ${typed.commands} commands over SSH. Median of ${runs} runs by ratio.`,
    "",
    "| what | seconds | ratio |",
    "|---|---|---|",
    `| connect (TCP, keys, login) | ${sample.connect.toFixed(3)} | |`,
    `| slowest probe (${sample.slowestName}) | ${sample.slowest.toFixed(3)} | |`,
    `| sum of the probes / 4 | ${(sample.sum / 4).toFixed(3)} | |`,
    `| ideal: connect + the larger of the two | ${sample.ideal.toFixed(3)} | 1 |`,
    `| node-why: the whole diagnosis | ${sample.wall.toFixed(3)} | ${(sample.wall / sample.ideal).toFixed(2)} x the ideal |`,
    `| the same commands one by one through \`ssh\` | ${typed.seconds.toFixed(2)} | ${(typed.seconds / sample.wall).toFixed(1)} x node-why |`,
  ];
}

interface Sample {
  readonly wall: number;
  readonly connect: number;
  readonly slowest: number;
  readonly slowestName: string;
  readonly sum: number;
  readonly ideal: number;
  readonly probes: number;
  readonly evidence: EvidenceSet;
}

async function ask(settings: Settings, node: string, engine: Engine): Promise<Sample> {
  let connect = 0;
  const clusters = clustersOf(settings).map((cluster) =>
    withConnectTime(cluster, (seconds) => {
      connect = seconds;
    }),
  );
  const began = performance.now();
  const found = await diagnose(
    { name: node, askedBy: "bench" },
    { engine, clusters, clock: systemClock, incidents: null, memoryProblem: null, deadlineMs: 20_000 },
  );
  const wall = (performance.now() - began) / 1000;
  if (found.kind !== "report") throw new Error(`${node}: ${found.kind}`);
  const { items } = found.evidence;
  const slowest = items.reduce((most, item) => (item.tookMs > most.tookMs ? item : most));
  const sum = items.reduce((total, { tookMs }) => total + tookMs, 0) / 1000;
  const ideal = connect + Math.max(slowest.tookMs / 1000, sum / 4);
  return {
    wall,
    connect,
    slowest: slowest.tookMs / 1000,
    slowestName: slowest.probe,
    sum,
    ideal,
    probes: items.length,
    evidence: found.evidence,
  };
}

function withConnectTime(cluster: ClusterAccess, note: (seconds: number) => void): ClusterAccess {
  return {
    ...cluster,
    ports: async () => {
      const ports = await cluster.ports();
      const { ssh } = ports;
      if (!ssh) return ports;
      return {
        ...ports,
        ssh: {
          open: async (target, signal) => {
            const began = performance.now();
            const session = await ssh.open(target, signal);
            note((performance.now() - began) / 1000);
            return session;
          },
        },
      };
    },
  };
}

const addresses = z.object({
  status: z.object({ addresses: z.array(z.object({ type: z.string(), address: z.string() })) }),
});

/** What an engineer would type: one `ssh` for each command. */
function typedOneByOne(settings: Settings, { items }: EvidenceSet): { seconds: number; commands: number } {
  const ssh = settings.config.clusters[0]?.ssh ?? {};
  const object = items.find(({ probe }) => probe === "node-object")?.answer;
  const parsed = addresses.parse(object?.kind === "value" ? JSON.parse(object.stdout) : {});
  const host = parsed.status.addresses.find(({ type }) => type === (ssh.addressType ?? "InternalIP"))?.address ?? "";
  const options = ["-o", "BatchMode=yes", "-o", `UserKnownHostsFile=${ssh.knownHostsFile ?? "~/.ssh/known_hosts"}`];
  if (ssh.identityFile) options.push("-i", ssh.identityFile);
  const commands = items.filter(({ source, answer }) => source === "ssh" && answer.kind === "value");
  const began = performance.now();
  for (const { asked } of commands) {
    spawnSync("ssh", [...options, `${ssh.user ?? "root"}@${host}`, quoteWords(asked)], {
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 30_000,
    });
  }
  return { seconds: (performance.now() - began) / 1000, commands: commands.length };
}
