import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../src/collect/ports.ts";
import type { Documents } from "../../src/platform/store/documents.ts";
import { openEmbedded } from "../../src/platform/store/embedded.ts";
import { nodeLeases, remediationStore } from "../../src/platform/store/remediations.ts";
import type { Step } from "../../src/remediate/action.ts";
import { nodeNow } from "../../src/remediate/node-now.ts";
import type { StepAnswer } from "../../src/remediate/ports.ts";
import { loadActions } from "../../src/remediate/registry.ts";
import { failed, ok } from "../../src/shared/result.ts";
import { confirm } from "../../src/usecases/remediate/confirm.ts";
import type { FixPolicy, FixWorld, FreshLook, Person } from "../../src/usecases/remediate/ports.ts";
import { type Proposal, propose, type Wish } from "../../src/usecases/remediate/propose.ts";
import { type FixEnd, runFix } from "../../src/usecases/remediate/run.ts";
import { type Logbook, logbook } from "./remediation-log.ts";
import { factsOf, type PracticeNode, practiceNode, reportOf } from "./remediation-node.ts";

/**
 * A practice node that can be broken and mended, the store in a folder of its own, and a clock on which waiting takes
 * no time. Everything between a proposal and its end is the product's own.
 */

/** Waiting is over at once, and the time that was waited for has passed. */
export function eagerClock(start = "2026-11-21T12:00:00.000Z"): Clock & { readonly pass: (ms: number) => void } {
  let passed = 0;
  const pass = (ms: number): void => {
    passed += ms;
  };
  return {
    now: () => new Date(Date.parse(start) + passed),
    monotonicMs: () => passed,
    after: (ms, callback) => {
      const handle = setImmediate(() => {
        pass(ms);
        callback();
      });
      return () => clearImmediate(handle);
    },
    pass,
  };
}

export interface Scene {
  readonly node: PracticeNode;
  readonly clock: ReturnType<typeof eagerClock>;
  readonly documents: Documents;
  /** Another replica over the same store and node. */
  readonly replica: (more?: Partial<FixWorld>) => FixWorld;
  readonly world: FixWorld;
  readonly saved: string[];
  readonly log: Logbook;
  readonly close: () => Promise<void>;
}

export const policy: FixPolicy = {
  mode: "confirm",
  expiryMs: 15 * 60_000,
  readyWithinMs: 5 * 60_000,
  holdMs: 30_000,
  leaseMs: 180_000,
  limits: { notReadyPercent: 20, atOnce: 3, cooldownMs: 10 * 60_000 },
};

/** `wrap` stands between the product and its store, to let that fail. */
export async function scene(wrap: (documents: Documents) => Documents = (documents) => documents): Promise<Scene> {
  const dir = await mkdtemp(join(tmpdir(), "node-why-fix-"));
  const documents = await openEmbedded({ dir });
  const [node, clock, saved, log] = [practiceNode(), eagerClock(), [] as string[], logbook()];
  const actions = await loadActions();
  let made = 0;
  const next = (): number => {
    made += 1;
    return made;
  };
  const random = (): string => next().toString(16).padStart(10, "0").repeat(7).slice(0, 64);
  const reachable = wrap(documents);
  const look = async (): Promise<{ readonly ok: true; readonly value: FreshLook }> => {
    const report = reportOf(node, clock);
    const evidence = { schema: 1, node: "n2", cluster: "lab", at: report.at, year: 2026, items: [] } as const;
    return ok({ report, evidence, facts: factsOf(node, clock), address: "10.0.0.2" });
  };
  const replica = (more: Partial<FixWorld> = {}): FixWorld => ({
    policy,
    actions,
    clock,
    store: remediationStore(reachable),
    leases: nodeLeases(reachable),
    saveEvidence: async (id) => {
      saved.push(id);
      return `${id}.json.gz`;
    },
    acting: (cluster) =>
      cluster === "lab" ? { open: async () => ok({ run: (step) => send(node, step), close: () => undefined }) } : null,
    look,
    observe: async () => nodeNow(factsOf(node, clock), clock.now().toISOString()),
    random,
    instance: `replica-${next()}`,
    log: { error: log.note },
    ...more,
  });
  const close = async (): Promise<void> => {
    await documents.close();
    await rm(dir, { recursive: true });
  };
  return { node, clock, documents, replica, world: replica(), saved, log, close };
}

function send(node: PracticeNode, step: Step): Promise<StepAnswer> {
  node.sent.push(step.argv.join(" "));
  return node.onStep(step);
}

/** An acting login that does not come about. */
export const noLogin = () => ({ open: async () => failed("the acting login failed: fixer was not let in") });

export const wish: Wish = {
  cluster: "lab",
  node: "n2",
  action: "restart-runtime",
  cause: "runtime-stopped",
  place: { surface: "slack", team: "T0", channel: "C0", thread: "1.1" },
};
export const ana: Person = { id: "U0ANA", may: async () => "allowed" };
export const bo: Person = { id: "U0BO", may: async () => "allowed" };

export async function proposed(world: FixWorld, person = ana): Promise<Proposal> {
  const made = await propose(wish, person, world);
  if (!made.ok) throw new Error(made.problem);
  return made.value;
}

export const keyOf = ({ remediation, token }: Proposal) => ({ id: remediation._id, token: token ?? "none" });
export const refusing = ({ guards }: Proposal) => guards.filter(({ passes }) => !passes).map(({ guard }) => guard);

/** Confirms and runs to the end. */
export async function run(world: FixWorld, proposal: Proposal, person = ana): Promise<FixEnd> {
  const taken = await confirm(keyOf(proposal), person, world);
  if (!taken.ok) throw new Error(taken.problem.says);
  return await runFix(
    taken.value,
    person,
    world,
    () => undefined,
    async () => undefined,
  );
}
