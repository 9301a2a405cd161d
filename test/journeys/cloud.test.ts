import { describe, expect, test } from "@jest/globals";
import { type Answer, type Evidence, type Source, unavailable, value } from "../../src/evidence/evidence.ts";
import { realEngine } from "../support/engine.ts";

/** A node of which nothing is heard: only its cloud can tell off, cut off and frozen apart. */
const { judge } = await realEngine();
const at = "2026-11-21T12:00:00.000Z";
const condition = {
  type: "Ready",
  status: "Unknown",
  reason: "NodeStatusUnknown",
  lastTransitionTime: "2026-11-21T11:31:00Z",
};
const node = {
  kind: "Node",
  metadata: { name: "worker-1" },
  spec: { providerID: "aws:///eu-west-1a/i-0abc12345def67890" },
  status: { conditions: [condition], addresses: [{ type: "InternalIP", address: "10.0.0.7" }] },
};
const lease = { kind: "Lease", spec: { renewTime: "2026-11-21T11:30:20.000000Z", leaseDurationSeconds: 40 } };

const item = (probe: string, source: Source, answer: Answer): Evidence => ({
  probe,
  source,
  asked: [probe, "x"],
  at,
  tookMs: 1,
  answer,
});
const silent = [
  item("node-object", "kubernetes", value(JSON.stringify(node))),
  item("node-lease", "kubernetes", value(JSON.stringify(lease))),
  item("reach-ssh", "local", value("timed-out")),
  item("reach-kubelet", "local", value("timed-out")),
  item("kubelet-journal", "ssh", unavailable("timed-out", "no connection")),
];

function verdicts(...cloud: readonly Evidence[]) {
  const { reasoning } = judge({
    schema: 1,
    node: "worker-1",
    cluster: "c",
    at,
    year: 2026,
    items: [...silent, ...cloud],
  });
  const of = (id: string) => reasoning.ranked.find(({ cause }) => cause.id === id)?.verdict;
  return { off: of("node-powered-off"), cut: of("node-network-down"), host: of("cloud-host-maintenance") };
}

const instance = (status: string) =>
  item("cloud-instance", "cloud", value(JSON.stringify({ status, lastStartTimestamp: "2026-11-01T00:00:00Z" })));
const events = (state: string, reasonType: string) =>
  item("cloud-events", "cloud", value(JSON.stringify({ properties: { availabilityState: state, reasonType } })));

describe("a silent node", () => {
  test("without a cloud may be off or cut off", () => {
    expect(verdicts()).toMatchObject({ off: "likely", cut: "likely" });
  });

  test("that its cloud shows as stopped is off", () => {
    expect(verdicts(instance("TERMINATED"))).toMatchObject({ off: "confirmed", cut: "ruled-out" });
  });

  test("that has run since long before is cut off", () => {
    expect(verdicts(instance("RUNNING"), events("Available", ""))).toMatchObject({ off: "ruled-out", cut: "likely" });
  });

  test("whose host is impaired is the cloud's", () => {
    expect(verdicts(instance("RUNNING"), events("Unavailable", "Unplanned"))).toMatchObject({
      off: "ruled-out",
      host: "confirmed",
    });
  });

  test("whose cloud does not answer is as without one, and the report says so", () => {
    const refused = item("cloud-instance", "cloud", unavailable("forbidden", "403: no", "ec2:DescribeInstances"));
    expect(verdicts(refused)).toEqual(verdicts());
    const { report } = judge({
      schema: 1,
      node: "worker-1",
      cluster: "c",
      at,
      year: 2026,
      items: [...silent, refused],
    });
    expect(JSON.stringify(report)).toContain("ec2:DescribeInstances");
  });
});
