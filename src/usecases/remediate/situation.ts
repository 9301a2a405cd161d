import type { Row } from "../../facts/fact.ts";
import type { Facts } from "../../remediate/facts.ts";
import type { Situation } from "../../remediate/guards/guard.ts";
import { bootIdIn } from "../../remediate/node-now.ts";
import type { Remediation } from "../../remediate/remediation.ts";
import { ExternalError, messageOf, OperatorError } from "../../shared/errors.ts";
import type { About, FixWorld, FreshLook, Person } from "./ports.ts";

export interface Occasion extends About {
  /** The remediation that is judged: its own record is no obstacle to it. */
  readonly id: string;
  readonly expiresAt: string;
  readonly bootId: string | null;
}

/** Everything the guards look at, gathered now. What could not be asked is null, and the guard refuses. */
export async function situationOf(
  occasion: Occasion,
  { report, facts }: FreshLook,
  person: Person,
  world: FixWorld,
): Promise<Situation> {
  const { store, policy, clock } = world;
  const [may, underWay, acted] = await Promise.all([
    person.may(),
    orNull(store.underWay(occasion.cluster), world),
    orNull(store.actedOn(occasion.cluster, occasion.node, 20), world),
  ]);
  const others = underWay?.filter(({ _id }) => _id !== occasion.id) ?? null;
  const { fleetTotal: total, fleetNotReady: notReady } = report.facts;
  return {
    now: clock.now(),
    node: occasion.node,
    mode: policy.mode,
    person: may,
    expiresAt: occasion.expiresAt,
    fleet: total === null || notReady === null ? null : { total, notReady, thisOneCounted: isDown(report.status) },
    othersUnderWay: others && new Set(others.filter(({ node }) => node !== occasion.node).map(({ node }) => node)).size,
    atWork: others && atWork(others, occasion.node),
    lastActed: acted && lastActed(acted.filter(({ _id }) => _id !== occasion.id)),
    labels: labelsIn(facts),
    bootId: { proposed: occasion.bootId, now: bootIdIn(facts) },
    limits: policy.limits,
  };
}

const isDown = (status: FreshLook["report"]["status"]): boolean => status === "NotReady" || status === "Unknown";

/** A store that does not answer makes "not known", and the log says why. */
async function orNull<Value>(asked: Promise<Value>, { log }: FixWorld): Promise<Value | null> {
  return asked.catch((thrown: unknown) => {
    if (!(thrown instanceof ExternalError || thrown instanceof OperatorError)) throw thrown;
    log.error({ error: messageOf(thrown) }, "a guard could not ask the store");
    return null;
  });
}

function atWork(others: readonly Remediation[], node: string): Situation["atWork"] {
  const other = others.find((each) => each.node === node);
  if (other === undefined) return "nobody";
  return { by: other.confirmedBy ?? other.proposedBy, since: other.confirmedAt ?? other.proposedAt };
}

function lastActed(acted: readonly Remediation[]): string {
  const times = acted.flatMap(({ endedAt, steps }) => endedAt ?? steps.at(-1)?.startedAt ?? []);
  return times.sort().at(-1) ?? "never";
}

/** A node without a Node object has no labels; where that was not asked, nobody knows. */
function labelsIn(facts: Facts): ReadonlyMap<string, string> | null {
  if (facts.get("node.exists") === false) return new Map();
  const rows = facts.get("node.labels") as readonly Row[] | undefined;
  return rows ? new Map(rows.map(({ key, value }) => [String(key), String(value ?? "")])) : null;
}
