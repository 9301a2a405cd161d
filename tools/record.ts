/**
 * Records the bundles in test/bundles: makes each fault of faults.yaml on a fresh real node, waits until
 * the API sees it, collects with the real probes, and saves what was read.
 *
 *   npm run record -- --config lab.yaml --lab ./lab [slug…]
 *
 * `--lab` is a program that can `node NAME` (boot a node and wait until it is Ready), `remove NAME`, and
 * `ssh NAME COMMAND`. `lab.yaml` is a node-why config for that cluster. Faults made outside a node need
 * `--pki` (the lab's CA) and `--nodes` (the folder with each node's mounts).
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { z } from "zod";
import { clustersOf } from "../src/compose/clusters.ts";
import { knowledgeSource } from "../src/compose/knowledge.ts";
import { loadSettings } from "../src/config/load.ts";
import type { EvidenceSet } from "../src/evidence/evidence.ts";
import { systemClock } from "../src/platform/clock.ts";
import { writeBundle } from "../src/platform/files/bundle/bundle.ts";
import { diagnose } from "../src/usecases/diagnose.ts";
import { loadEngine } from "../src/usecases/load-engine.ts";
import type { World } from "../src/usecases/ports.ts";

const faults = z.object({
  faults: z.array(
    z.object({
      slug: z.string(),
      node: z.string(),
      what: z.string(),
      inject: z.array(z.object({ on: z.enum(["node", "lab"]).default("node"), run: z.string() })).default([]),
      see: z.object({ ready: z.string().optional(), condition: z.string().optional() }),
      expect: z.object({ roots: z.array(z.string()), verdict: z.string() }),
    }),
  ),
});
type Fault = z.infer<typeof faults>["faults"][number];

const bundles = new URL("../test/bundles/", import.meta.url);
const { values, positionals } = parseArgs({
  options: {
    config: { type: "string" },
    lab: { type: "string" },
    pki: { type: "string", default: "" },
    nodes: { type: "string", default: "" },
    scrub: { type: "string", multiple: true, default: [] as string[] },
  },
  allowPositionals: true,
});
const lab = values.lab ?? "lab";
const all = faults.parse(parse(readFileSync(new URL("faults.yaml", bundles), "utf8"))).faults;
const wanted = all.filter(({ slug }) => positionals.length === 0 || positionals.includes(slug));
const settings = loadSettings(values.config);
const world: World = {
  engine: loadEngine(await knowledgeSource(settings)),
  clusters: clustersOf(settings),
  clock: systemClock,
  incidents: null,
  memoryProblem: null,
  deadlineMs: 20_000,
};
let wrong = 0;
for (const fault of wanted) wrong += (await record(fault)) ? 0 : 1;
console.log(`${wanted.length - wrong} named as expected, ${wrong} not`);
process.exit(wrong === 0 ? 0 : 1);

async function record(fault: Fault): Promise<boolean> {
  run(lab, ["node", fault.node]);
  for (const { on, run: script } of fault.inject) inject(on, script, fault.node);
  await seen(fault);
  const { roots, verdict, evidence, seconds } = await ask(fault.node);
  await save(fault, evidence);
  run(lab, ["remove", fault.node]);
  const right = verdict === fault.expect.verdict && roots.join() === fault.expect.roots.join();
  console.log(
    `${right ? "right" : "WRONG"}  ${fault.slug}: ${roots.join(", ")} (${verdict}) in ${seconds.toFixed(1)} s`,
  );
  return right;
}

/** Scripts come from faults.yaml in this repository and run on the lab's own machines only. */
function inject(on: "node" | "lab", script: string, node: string): void {
  if (on === "node") run(lab, ["ssh", node, script]);
  else
    run("bash", ["-c", script], {
      NODE: node,
      LAB_PKI: values.pki,
      LAB_NODES: values.nodes,
      LAB_SSH: `${lab} ssh ${node}`,
    });
}

function run(program: string, argv: readonly string[], env: Record<string, string> = {}): void {
  const done = spawnSync(program, argv, {
    stdio: ["ignore", "ignore", "inherit"],
    timeout: 240_000,
    env: { ...process.env, ...env },
  });
  if (done.error) throw done.error;
}

async function ask(
  node: string,
): Promise<{ roots: readonly string[]; verdict: string; evidence: EvidenceSet; seconds: number }> {
  const began = performance.now();
  const found = await diagnose({ name: node, askedBy: "record" }, world);
  if (found.kind !== "report") throw new Error(`${node}: ${found.kind}`);
  const { roots, verdict } = found.report;
  return { roots, verdict, evidence: found.evidence, seconds: (performance.now() - began) / 1000 };
}

/** Waits until the API says of the node what the fault must make it say. */
async function seen({ node, see }: Fault): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const { evidence } = await ask(node);
    const object = evidence.items.find(({ probe }) => probe === "node-object")?.answer;
    const body = object?.kind === "value" ? object.stdout : "";
    const conditions = z
      .object({ status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })) }) })
      .safeParse(body === "" ? null : JSON.parse(body));
    const of = (type: string) => conditions.data?.status.conditions.find((each) => each.type === type)?.status;
    if (see.ready !== undefined && of("Ready") === see.ready) return;
    if (see.condition !== undefined && of(see.condition) === "True") return;
    await sleep(2_000);
  }
  throw new Error(`${node} never showed ${JSON.stringify(see)}`);
}

/** What the machine under the lab is called is nobody's business: `--scrub TEXT` is taken out of what is saved. */
function scrubbed(evidence: EvidenceSet): EvidenceSet {
  const text = values.scrub.reduce(
    (json, secret) => json.replaceAll(new RegExp(secret, "g"), "host"),
    JSON.stringify(evidence),
  );
  return JSON.parse(text) as EvidenceSet;
}

async function save(fault: Fault, evidence: EvidenceSet): Promise<void> {
  const folder = new URL(`${fault.slug}/`, bundles);
  mkdirSync(folder, { recursive: true });
  await writeBundle(new URL("bundle.json.gz", folder).pathname, scrubbed(evidence));
  writeFileSync(new URL("expect.json", folder), `${JSON.stringify({ node: fault.node, ...fault.expect }, null, 2)}\n`);
  writeFileSync(new URL("note.md", folder), `# ${fault.slug}\n\n${fault.what}\n`);
}
