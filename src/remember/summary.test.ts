import { describe, expect, test } from "@jest/globals";
import type { Report, ReportedCause } from "../report/report.ts";
import { summaryOf } from "./summary.ts";

const cause = (id: string, fingerprint: ReportedCause["fingerprint"] = {}): ReportedCause => ({
  id,
  title: id,
  says: id,
  area: "filesystem",
  verdict: "confirmed",
  evidence: [],
  against: [],
  effectOf: null,
  behind: null,
  onset: null,
  fingerprint,
  bound: {},
  owner: null,
  runbook: null,
});

const report: Report = {
  schema: 1,
  node: "worker-7",
  cluster: "prod",
  at: "2026-11-01T12:00:00Z",
  status: "NotReady",
  verdict: "confirmed",
  roots: ["disk-full"],
  causes: [cause("disk-full", { mount: "/var" }), cause("kubelet-evicts")],
  chain: [],
  timeline: [],
  symptoms: [],
  course: null,
  unexplained: [],
  alarms: [],
  unavailable: [],
  settle: [],
  fixes: [],
  avoid: [],
  impact: { pods: null, byController: null, withoutController: null, localData: null, evictionStarts: null },
  facts: {
    notReadySince: null,
    heartbeat: null,
    readyMessage: null,
    fleetTotal: null,
    fleetNotReady: null,
    identity: { bootId: "b1", kernel: "6.8", zone: "" },
  },
  memory: {
    incident: null,
    cause: null,
    onThisNode: { count: 0, last30Days: 0, last: null, ofAnyCause: 3 },
    alike: [],
    problem: null,
  },
  engine: "0.1.0",
  knowledge: "abc",
};
const asked = { by: "U1", bundle: "nw-1" };

describe("summaryOf", () => {
  test("takes the roots, not their effects, and what the node was", () => {
    const summary = summaryOf(report, asked);
    expect(summary).toMatchObject({
      cluster: "prod",
      node: "worker-7",
      verdict: "confirmed",
      askedBy: "U1",
      bundle: "nw-1",
    });
    expect(summary?.roots).toEqual(["disk-full"]);
    expect(summary?.fingerprints).toEqual([expect.stringMatching(/^disk-full:[0-9a-f]{16}$/)]);
    expect(summary?.identity).toEqual({
      bootId: "b1",
      image: null,
      kernel: "6.8",
      kubelet: null,
      runtime: null,
      zone: null,
      pool: null,
      instanceType: null,
      nodeUid: null,
    });
  });

  test("memory does not remember what it said itself", () => {
    expect(summaryOf(report, asked)?.report).toEqual({ ...report, memory: null });
  });

  test("a healthy report names no cause, not even `none`", () => {
    const healthy = summaryOf({ ...report, verdict: "none", roots: ["none"], causes: [cause("none")] }, asked);
    expect(healthy).toMatchObject({ verdict: "none", roots: [], fingerprints: [] });
  });

  test.each([{ node: null }, { cluster: null }])("nothing is remembered of %p", (unnamed) => {
    expect(summaryOf({ ...report, ...unnamed }, asked)).toBeUndefined();
  });
});
