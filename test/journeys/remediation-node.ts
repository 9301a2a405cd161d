import type { Clock } from "../../src/collect/ports.ts";
import type { FactValue } from "../../src/facts/fact.ts";
import type { Step } from "../../src/remediate/action.ts";
import type { StepAnswer } from "../../src/remediate/ports.ts";
import type { Report } from "../../src/report/report.ts";

/** What is so on the node; tests change it as they go. */
export interface PracticeNode {
  runtime: "active" | "inactive";
  kubelet: "active" | "inactive";
  bootId: string;
  labels: Readonly<Record<string, string>>;
  /** Named instead of what the units say. */
  cause: string | null;
  verdict: Report["verdict"] | null;
  fleet: { total: number; notReady: number };
  /** Started how often; the stamp follows from it. */
  readonly starts: { runtime: number; kubelet: number };
  /** The kubelet comes back by itself once the runtime does. */
  kubeletFollows: boolean;
  /** What a step does and answers; the default is what systemd would do. */
  onStep: (step: Step) => Promise<StepAnswer>;
  readonly sent: string[];
}

export function practiceNode(): PracticeNode {
  const node: PracticeNode = {
    runtime: "inactive",
    kubelet: "active",
    bootId: "b0070000-0000-4000-8000-000000000001",
    labels: {},
    cause: null,
    verdict: null,
    fleet: { total: 3, notReady: 1 },
    starts: { runtime: 1, kubelet: 1 },
    kubeletFollows: true,
    onStep: async (step) => {
      restart(node, step);
      return { kind: "exited", exitCode: 0, output: "" };
    },
    sent: [],
  };
  return node;
}

export function restart(node: PracticeNode, { argv }: Pick<Step, "argv">): void {
  if (argv.includes("containerd.service")) {
    node.runtime = "active";
    node.starts.runtime += 1;
    return;
  }
  node.kubelet = "active";
  node.kubeletFollows = true;
  node.starts.kubelet += 1;
}

const isReady = ({ runtime, kubelet, kubeletFollows }: PracticeNode): boolean =>
  runtime === "active" && kubelet === "active" && kubeletFollows;

const startedAt = (starts: number): string => `2026-11-21T11:${String(starts).padStart(2, "0")}:00.000Z`;

export function factsOf(node: PracticeNode, clock: Clock): ReadonlyMap<string, FactValue> {
  return new Map<string, FactValue>([
    ["node.exists", true],
    ["node.ready", isReady(node) ? "True" : "False"],
    ["node.labels", Object.entries(node.labels).map(([key, value]) => ({ key, value }))],
    ["lease.renewTime", clock.now().toISOString()],
    ["boot.id", node.bootId],
    ["kubelet.healthz", node.kubelet === "active" && node.kubeletFollows ? "ok" : "refused"],
    ["runtime.unit.name", "containerd.service"],
    ["runtime.unit.active", node.runtime],
    ["runtime.unit.startedAt", startedAt(node.starts.runtime)],
    ["runtime.unit.pid", 100 + node.starts.runtime],
    ["kubelet.unit.name", "kubelet.service"],
    ["kubelet.unit.active", node.kubelet],
    ["kubelet.unit.startedAt", startedAt(node.starts.kubelet)],
    ["kubelet.unit.pid", 200 + node.starts.kubelet],
  ]);
}

const actionOf: Readonly<Record<string, string>> = {
  "runtime-stopped": "restart-runtime",
  "kubelet-stopped": "restart-kubelet",
};

export function reportOf(node: PracticeNode, clock: Clock): Report {
  const natural =
    node.runtime === "inactive" ? "runtime-stopped" : node.kubelet === "inactive" ? "kubelet-stopped" : null;
  const cause = node.cause ?? natural;
  const verdict = node.verdict ?? (cause === null ? "none" : "confirmed");
  const action = actionOf[cause ?? ""] ?? null;
  return {
    schema: 1,
    node: "n2",
    cluster: "lab",
    at: clock.now().toISOString(),
    status: isReady(node) ? "Ready" : "NotReady",
    verdict,
    roots: cause === null ? ["none"] : [cause],
    causes: cause === null ? [] : [causeOf(cause, verdict)],
    chain: [],
    timeline: [],
    symptoms: [],
    course: null,
    unexplained: [],
    alarms: [],
    unavailable: [],
    settle: [],
    fixes:
      cause === null
        ? []
        : [
            {
              cause,
              action,
              says: `Mend ${cause}`,
              steps: [],
              risk: "low",
              verify: "Ready",
              lasting: false,
              offered: action !== null && verdict === "confirmed",
            },
          ],
    avoid: [],
    impact: { pods: 3, byController: [], withoutController: ["batch/import"], localData: [], evictionStarts: null },
    facts: {
      notReadySince: null,
      heartbeat: null,
      readyMessage: null,
      fleetTotal: node.fleet.total,
      fleetNotReady: node.fleet.notReady,
      identity: {},
    },
    memory: null,
    engine: "test",
    knowledge: "test",
  };
}

function causeOf(id: string, verdict: Report["verdict"]): Report["causes"][number] {
  const evidence = [
    {
      rule: "unit",
      weight: "proof",
      says: "the unit is inactive",
      source: "unit-runtime",
      line: null,
      at: null,
      count: 1,
    },
  ];
  const shown = verdict === "none" ? "absent" : verdict;
  return {
    id,
    title: id,
    says: `${id} on this node`,
    area: "runtime",
    verdict: shown,
    evidence,
    against: [],
    effectOf: null,
    behind: null,
    onset: null,
    fingerprint: {},
    bound: {},
    owner: null,
    runbook: null,
  };
}
