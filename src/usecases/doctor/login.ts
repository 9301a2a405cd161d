import type { Ports } from "../../collect/ports.ts";
import type { Registry } from "../../collect/registry.ts";
import { collect } from "../../collect/run.ts";
import type { Evidence, EvidenceSet, Unavailable } from "../../evidence/evidence.ts";
import { knownFacts } from "../../facts/read.ts";
import { type Finding, finding } from "./finding.ts";
import type { SampleNode } from "./sample.ts";

/** What trying a node brought: whether SSH got in, and what every question that needs the node was answered. */
export interface Tried {
  readonly node: SampleNode;
  /** null: it got in, or was not tried. */
  readonly lost: Unavailable | null;
  readonly set: EvidenceSet;
}

/** Asks a node all that a diagnosis asks over SSH. It reads only, and needs neither knowledge nor memory. */
export async function tryNode(
  cluster: string,
  node: SampleNode,
  { probes, derivations, ...readers }: Registry,
  ports: Ports,
  deadlineMs: number,
): Promise<Tried> {
  let lost: Unavailable | null = null;
  const set = await collect(
    {
      cluster,
      node: node.name,
      at: ports.clock.now().toISOString(),
      deadlineMs,
      probes: probes.filter(({ via }) => via.source === "ssh"),
      derivations,
      readers: (items) => knownFacts(items, { ...readers, derivations }, node.name),
      onProgress: (event) => {
        if (event.kind === "lost") lost = event.why;
      },
    },
    ports,
  );
  return { node, lost, set };
}

export function loginFindings(cluster: string, tried: readonly Tried[]): readonly Finding[] {
  if (tried.length === 0) return [finding("ssh", cluster).unknown("no node is known to try", "check the API first")];
  return [...tried.map((each) => loginFinding(cluster, each)), ...sudoFindings(cluster, tried)];
}

function loginFinding(cluster: string, { node, lost }: Tried): Finding {
  const say = finding("ssh", `${cluster}/${node.name}`);
  if (lost === null) return say.fine("SSH lets us in, and the host key is known");
  const next = lost.grant ?? `try by hand: ssh ${node.name}`;
  const says = `${lost.reason}: ${lost.detail}`;
  // whose node is down may have nothing wrong with its login
  return node.ready || trust.has(lost.reason) ? say.fix(says, next) : say.unknown(`${says} (it is not Ready)`, next);
}

const trust: ReadonlySet<string> = new Set([
  "host-key-unknown",
  "host-key-changed",
  "unauthenticated",
  "not-configured",
]);

/** A line for each rule that is missing, with the nodes where it is; where all are, one line. */
function sudoFindings(cluster: string, tried: readonly Tried[]): readonly Finding[] {
  const say = finding("sudo", cluster);
  const inside = tried.filter(({ lost }) => lost === null);
  if (inside.length === 0) return [];
  const rows = inside.flatMap(({ node, set }) => set.items.map((item) => ({ node: node.name, item })));
  const refused = rows.flatMap(({ node, item }) =>
    isRefused(item) ? [{ node, probe: item.probe, rule: item.answer.grant ?? "" }] : [],
  );
  const late = rows.filter(({ item: { answer } }) => answer.kind === "unavailable" && answer.reason === "timed-out");
  const told =
    late.length > 0
      ? [say.unknown(`${late.length} questions had no answer in time`, "try again when the node is less busy")]
      : [];
  if (refused.length === 0)
    return told.length > 0
      ? told
      : [say.fine(`no command was refused on ${names(inside.map(({ node }) => node.name))}`)];
  const [first] = refused;
  const rules = Map.groupBy(refused, ({ rule }) => rule);
  if (rules.size > mostRules) {
    const file = `node-why grants sudoers --user ${userIn(first?.rule ?? "")} --node ${cluster}/${first?.node ?? "NODE"}`;
    return [
      say.fix(
        `${rules.size} commands are refused on ${names(refused.map(({ node }) => node))}`,
        `${file} > /etc/sudoers.d/…`,
      ),
      ...told,
    ];
  }
  return [
    ...[...rules].map(([rule, same]) =>
      say.fix(`${names(same.map(({ probe }) => probe))} is refused on ${names(same.map(({ node }) => node))}`, rule),
    ),
    ...told,
  ];
}

const mostRules = 5;

function isRefused(item: Evidence): item is Evidence & { readonly answer: Unavailable } {
  return item.answer.kind === "unavailable" && item.answer.reason === "sudo-refused";
}

const names = (all: readonly string[]): string => [...new Set(all)].join(", ");
const userIn = (rule: string): string => rule.split(" ", 1)[0] || "USER";
