import type { Report, ReportedCause } from "../../src/report/report.ts";

/** Small hand-made reports: the only place where the product's wording is held fast. */
const at = "2026-03-01T03:12:44.000Z";

const disk: ReportedCause = {
  id: "disk-io-error",
  title: "A disk returns errors",
  says: "disk sda is failing",
  area: "hardware",
  verdict: "confirmed",
  evidence: [
    {
      rule: "io",
      weight: "proof",
      says: "I/O errors on sda",
      source: "kernel-log",
      line: "kernel: I/O error, dev sda",
      at: "2026-03-01T03:07:58.000Z",
      count: 41,
    },
  ],
  against: [],
  effectOf: null,
  behind: null,
  onset: "2026-03-01T03:07:58.000Z",
  fingerprint: { device: "sda" },
  bound: { device: "sda" },
  owner: null,
  runbook: null,
};
const runtime: ReportedCause = {
  ...disk,
  id: "runtime-stopped",
  title: "The runtime does not run",
  says: "containerd has exited",
  area: "runtime",
  effectOf: "disk-io-error",
};
const full: ReportedCause = {
  ...disk,
  id: "disk-full",
  title: "Disk full",
  says: "a disk is full",
  verdict: "ruled-out",
  evidence: [],
  against: [{ ...(disk.evidence[0] ?? never()), says: "61 % used" }],
};

function never(): never {
  throw new Error("the hand-made report has no evidence");
}

export const confirmed: Report = {
  schema: 1,
  node: "worker-7",
  cluster: "prod-eu1",
  at,
  status: "NotReady",
  verdict: "confirmed",
  roots: ["disk-io-error"],
  causes: [disk, runtime, full],
  chain: [
    { from: "disk-io-error", to: "runtime-stopped", says: "containerd cannot write and exits" },
    { from: "runtime-stopped", to: "node-not-ready", says: "NotReady" },
  ],
  timeline: [
    {
      at: "2026-03-01T03:07:58.000Z",
      source: "kernel-log",
      line: "kernel: I/O error",
      cause: "disk-io-error",
      says: "first I/O error",
    },
    {
      at: "2026-03-01T03:08:03.000Z",
      source: "runtime-journal",
      line: "exited",
      cause: "runtime-stopped",
      says: "containerd exits",
    },
    {
      at: "2026-03-01T03:08:34.000Z",
      source: "node-object",
      line: "Ready=False",
      cause: "node-not-ready",
      says: "NotReady",
    },
  ],
  symptoms: [{ id: "node-not-ready", says: "NotReady", at: "2026-03-01T03:08:34.000Z" }],
  course: { is: "lasting", because: "it stays until somebody acts" },
  unexplained: [],
  alarms: [],
  unavailable: [
    {
      source: "ssh: smart",
      reason: "sudo-refused",
      detail: "sudo needs a password",
      leavesOpen: ["disk-throttled"],
      grant: "a sudoers line for smartctl",
    },
  ],
  settle: [],
  fixes: [
    {
      cause: "disk-io-error",
      action: null,
      says: "Move what cannot be replaced.",
      steps: [
        { on: "workstation", argv: ["kubectl", "cordon", "worker-7"] },
        { on: "node", do: "replace sda" },
      ],
      risk: "medium",
      verify: "Ready",
      lasting: true,
      offered: false,
    },
  ],
  avoid: [{ cause: "disk-io-error", do: "Reboot the node.", because: "the kernel log is only in memory" }],
  impact: {
    pods: 31,
    byController: [{ kind: "StatefulSet", name: "shop/pay-db", pods: 1 }],
    withoutController: ["batch/import"],
    localData: ["shop/pay-db-0"],
    evictionStarts: "2026-03-01T03:13:34.000Z",
  },
  facts: {
    notReadySince: "2026-03-01T03:08:34.000Z",
    heartbeat: at,
    readyMessage: "container runtime is down",
    fleetTotal: 40,
    fleetNotReady: 1,
    identity: {},
  },
  memory: {
    incident: "inc-7f3a",
    cause: "disk-io-error",
    onThisNode: { count: 1, last30Days: 1, last: { at: "2026-02-12T01:00:00.000Z", heldDays: 9 }, ofAnyCause: 1 },
    alike: [{ attribute: "image", value: "ami-1", withCause: 3, ofCause: 4, fleetShare: 0.08 }],
    problem: null,
  },
  engine: "test",
  knowledge: "test",
};

const likelyRuntime: ReportedCause = { ...runtime, verdict: "likely", effectOf: null };
export const likely: Report = {
  ...confirmed,
  verdict: "likely",
  roots: ["runtime-stopped"],
  causes: [likelyRuntime],
  chain: [],
  avoid: [],
  settle: [{ cause: "runtime-stopped", argv: ["systemctl", "status", "containerd"], why: "shows whether it runs" }],
  memory: null,
};
export const unknown: Report = {
  ...confirmed,
  verdict: "unknown",
  status: "Unknown",
  roots: [],
  causes: [],
  chain: [],
  timeline: [],
  fixes: [],
  avoid: [],
  impact: { ...confirmed.impact, pods: null },
  memory: { ...(confirmed.memory ?? never()), problem: "the store does not answer" },
};
export const healthy: Report = {
  ...unknown,
  verdict: "none",
  status: "Ready",
  roots: ["none"],
  course: null,
  unavailable: [],
  impact: { ...confirmed.impact, evictionStarts: null },
  facts: { ...confirmed.facts, notReadySince: null },
  memory: {
    incident: null,
    cause: "disk-full",
    onThisNode: { count: 1, last30Days: 1, last: { at: "2026-02-12T01:00:00.000Z", heldDays: 9 }, ofAnyCause: 2 },
    alike: [],
    problem: null,
  },
};
export const missing: Report = { ...likely, status: "Missing", facts: { ...confirmed.facts, notReadySince: null } };
export const healed: Report = {
  ...healthy,
  memory: {
    ...(confirmed.memory ?? never()),
    onThisNode: { count: 0, last30Days: 0, last: null, ofAnyCause: 0 },
  },
};
export const passing: Report = {
  ...missing,
  at: null,
  course: { is: "passing", because: "it ends by itself when the boot is done" },
  causes: missing.causes.map((each) => ({
    ...each,
    owner: "team-storage",
    runbook: "https://wiki.example/disks?a=1&b=2",
  })),
};
