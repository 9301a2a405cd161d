import type { Clock, Ports } from "../../collect/ports.ts";
import { ExternalError, messageOf, OperatorError } from "../../shared/errors.ts";
import { actingFindings } from "./acting.ts";
import { apiFindings, needsHere, rbacFindings } from "./cluster.ts";
import { credentialFindings } from "./credentials.ts";
import { type Check, type Checkup, checkupOf, type Finding, finding } from "./finding.ts";
import { loginFindings, tryNode } from "./login.ts";
import type { DoctorCluster, DoctorPorts } from "./ports.ts";
import { nodesIn, type SampleNode, sampleOf } from "./sample.ts";
import { slackFindings } from "./slack.ts";

type Findings = readonly Finding[];

const nodesTried = 3;
/** What is left of a check's time for what comes after the reading. */
const marginMs = 1_000;

/** Asks everything side by side, each check within its time, and says what is missing. Never rejects for what is. */
export async function checkup(ports: DoctorPorts): Promise<Checkup> {
  const at = ports.clock.now().toISOString();
  const within = (check: Check, about: string | null, ask: () => Promise<Findings>): Promise<Findings> =>
    inTime(ask, finding(check, about), ports);
  const parts = await Promise.all([
    within("knowledge", null, () => knowledgePart(ports)),
    within("store", null, () => storePart(ports)),
    within("slack", null, async () => slackFindings((await ports.slack?.()) ?? null, ports.slackWish)),
    ...ports.clusters.flatMap((cluster) => clusterParts(cluster, ports, within)),
    ...(ports.clusters.length === 0 ? [[noCluster]] : []),
  ]);
  return checkupOf(at, parts.flat());
}

const noCluster = finding("config", null).fix(
  "no cluster is configured, and there is no kubeconfig",
  "name one under clusters in the config, or set KUBECONFIG",
);

type Within = (check: Check, about: string | null, ask: () => Promise<Findings>) => Promise<Findings>;

function clusterParts(cluster: DoctorCluster, ports: DoctorPorts, within: Within): readonly Promise<Findings>[] {
  const { name } = cluster;
  const { clock, limitMs, registry } = ports;
  return [
    within("api", name, async () => {
      const { kubernetes } = await cluster.ports();
      return apiFindings(name, await kubernetes.get("/version", small(limitMs)), clock.now());
    }),
    within("rbac", name, async () => {
      const needs = needsHere(registry.probes, await cluster.ports(), cluster.execNamespace);
      return rbacFindings(name, needs, await cluster.reviews(), limitMs - marginMs);
    }),
    within("credentials", name, async () => credentialFindings(name, await cluster.credentials(), clock.now())),
    within("ssh", name, async () => loginPart(cluster, await cluster.ports(), ports)),
  ];
}

const small = (limitMs: number) => ({ timeoutMs: limitMs - marginMs, maxBytes: 1_000_000 });

async function loginPart(
  { name, acting, inventory }: DoctorCluster,
  reach: Ports,
  ports: DoctorPorts,
): Promise<Findings> {
  const { registry, limitMs } = ports;
  const listMs = limitMs / 4;
  const limits = { timeoutMs: listMs, maxBytes: 64_000_000 };
  const answer = await reach.kubernetes.get("/api/v1/nodes?resourceVersion=0", limits);
  const listed = answer.kind === "value" ? (nodesIn(answer.stdout) ?? []) : [];
  const nodes = listed.length > 0 ? listed : inventory.map(unlisted);
  const deadlineMs = limitMs / 2;
  const tried = await Promise.all(
    chosen(name, nodes, ports.nodes).map((node) => tryNode(name, node, registry, reach, deadlineMs)),
  );
  const found = loginFindings(name, tried);
  if (acting === null) return found;
  const ask = (): Promise<Findings> => actingFindings(name, acting, tried, { registry, ports: reach });
  return [...found, ...(await inTime(ask, finding("acting", name), { clock: ports.clock, limitMs: limitMs / 5 }))];
}

/** Those that were named and live here, whether the API knows them or not; where none was named, a sample. */
function chosen(cluster: string, nodes: readonly SampleNode[], named: readonly string[]): readonly SampleNode[] {
  if (named.length === 0) return sampleOf(nodes, nodesTried);
  const here = named.flatMap((name) => {
    const [place, node] = name.includes("/") ? name.split("/", 2) : [cluster, name];
    return place === cluster && node ? [node] : [];
  });
  return here.map((name) => nodes.find((node) => node.name === name) ?? unlisted(name));
}

const unlisted = (name: string): SampleNode => ({ name, ready: false, zone: "", image: "" });

async function knowledgePart({ knowledge }: DoctorPorts): Promise<Findings> {
  const say = finding("knowledge", null);
  if (knowledge === null) return [];
  const problems = await knowledge();
  if (problems.length === 0) return [say.fine("the folders of your own causes have no problem")];
  const [first = ""] = problems;
  return [say.fix(`${problems.length} problems, the first: ${first}`, "node-why knowledge lint")];
}

async function storePart({ store }: DoctorPorts): Promise<Findings> {
  const say = finding("store", null);
  const { where, pending } = await store();
  const later = pending.length === 0 ? "" : `; serve will first run ${pending.join(", ")}`;
  return [say.fine(`${where} can be read and written${later}`)];
}

/** A check that takes too long, or that fails, is a finding too. */
async function inTime(
  ask: () => Promise<Findings>,
  say: ReturnType<typeof finding>,
  { clock, limitMs }: Pick<DoctorPorts, "clock" | "limitMs">,
): Promise<Findings> {
  const late = timer(clock, limitMs);
  const asked = Promise.resolve()
    .then(ask)
    .catch((thrown: unknown) => [troubleOf(thrown, say)]);
  const slow = say.unknown(`no answer within ${Math.round(limitMs / 1000)} s`, "try again");
  const found = await Promise.race([asked, late.over.then(() => [slow])]);
  late.cancel();
  return found;
}

function troubleOf(thrown: unknown, say: ReturnType<typeof finding>): Finding {
  if (thrown instanceof OperatorError) return say.fix(thrown.message, ...thrown.nextSteps);
  if (thrown instanceof ExternalError) return say.unknown(`${thrown.service}: ${thrown.message}`, "try again");
  return say.unknown(messageOf(thrown), "try again; if it stays so, this is a bug of ours");
}

function timer(clock: Clock, ms: number): { readonly over: Promise<void>; readonly cancel: () => void } {
  let cancel = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve);
  });
  return { over, cancel };
}
