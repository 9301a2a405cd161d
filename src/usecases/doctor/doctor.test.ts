import { expect, test } from "@jest/globals";
import { fakeClock } from "../../../test/support/fake-clock.ts";
import { defineProbe } from "../../collect/probe.ts";
import { addressBook } from "../../collect/sources/address.ts";
import { unavailable } from "../../evidence/evidence.ts";
import { Bug, ExternalError, OperatorError } from "../../shared/errors.ts";
import { failed } from "../../shared/result.ts";
import { checkup } from "./doctor.ts";
import { checkupOf, finding } from "./finding.ts";
import type { DoctorCluster, DoctorPorts } from "./ports.ts";

const clock = fakeClock();
const never = new Promise<never>(() => undefined);

function portsWith(more: Partial<DoctorPorts>): DoctorPorts {
  return {
    clock,
    registry: { probes: [], readers: [], derivations: [] },
    clusters: [],
    nodes: [],
    limitMs: 20_000,
    store: async () => ({ where: "here", pending: [] }),
    knowledge: null,
    slack: null,
    slackWish: { channels: [], mode: "socket", userGroups: false, digest: false },
    ...more,
  };
}
const storeOf = async (more: Partial<DoctorPorts>) => {
  const { findings } = await checkup(portsWith(more));
  return findings.find(({ check }) => check === "store");
};

test("what hangs is told when its time is over, and keeps nothing else from being told", async () => {
  const cluster: DoctorCluster = {
    name: "c",
    inventory: [],
    ports: () => never,
    reviews: () => never,
    credentials: async () => [],
    execNamespace: null,
    acting: null,
  };
  const asked = checkup(portsWith({ clusters: [cluster], store: () => never }));
  await new Promise((resolve) => setImmediate(resolve));
  clock.advance(20_000);
  const { state, findings } = await asked;
  expect(state).toBe("unknown");
  expect(findings.map(({ check, state: is }) => `${check} ${is}`)).toEqual([
    "store unknown",
    "api unknown",
    "rbac unknown",
    "ssh unknown",
    "slack fine",
  ]);
});

test.each([
  [new OperatorError("newer", ["upgrade"]), { state: "fix", says: "newer", next: ["upgrade"] }],
  [new ExternalError("mongodb", "away", true), { state: "unknown", says: "mongodb: away" }],
  [new Bug("ours"), { state: "unknown", says: "ours" }],
])("what throws is a finding: %s", async (thrown, found) => {
  expect(await storeOf({ store: () => Promise.reject(thrown) })).toMatchObject(found);
});

test("what is in the way of every check of a cluster is told once", async () => {
  const broken = () => Promise.reject(new OperatorError("no kubeconfig", ["write one"]));
  const cluster = {
    name: "c",
    inventory: [],
    ports: broken,
    reviews: broken,
    credentials: broken,
    execNamespace: null,
    acting: null,
  };
  const { findings } = await checkup(portsWith({ clusters: [cluster] }));
  expect(findings.filter(({ about }) => about === "c")).toMatchObject([{ state: "fix", next: ["write one"] }]);
});

test("where the API is away, the hosts of the inventory are tried", async () => {
  const away = unavailable("timed-out", "away");
  const reach = {
    clock,
    kubernetes: { get: async () => away },
    local: { connect: async () => away },
    addresses: addressBook("InternalIP", [{ name: "n1", address: "192.0.2.1" }]),
    ssh: { open: async () => failed(unavailable("host-key-unknown", "shown", "compare it")) },
  };
  const uptime = { asks: "", provides: {}, limits: { timeoutMs: 1, maxBytes: 1 }, read: () => ({}) };
  const probe = defineProbe({ id: "p", via: { source: "ssh", argv: ["uptime"] }, ...uptime });
  const cluster: DoctorCluster = {
    name: "c",
    inventory: ["n1"],
    ports: async () => reach,
    reviews: async () => ({ allowed: async () => failed(away) }),
    credentials: async () => [],
    execNamespace: null,
    acting: null,
  };
  const registry = { probes: [probe], readers: [probe], derivations: [] };
  const { findings } = await checkup(portsWith({ clusters: [cluster], registry }));
  expect(findings.filter(({ check }) => check === "ssh")).toMatchObject([
    { about: "c/n1", state: "fix", next: ["compare it"] },
  ]);
});

test("migrations that wait are told, and are fine: serve runs them", async () => {
  const store = await storeOf({ store: async () => ({ where: "here", pending: ["0002-x"] }) });
  expect(store).toMatchObject({ state: "fine", says: expect.stringContaining("0002-x") });
});

test("no cluster at all is something to fix", async () => {
  expect((await checkup(portsWith({}))).state).toBe("fix");
});

test("something to fix wins over what could not be told", () => {
  const say = finding("api", null);
  expect(checkupOf("", [say.unknown("a"), say.fix("b"), say.fine("c")]).state).toBe("fix");
  expect(checkupOf("", [say.unknown("a"), say.fine("c")]).state).toBe("unknown");
  expect(checkupOf("", []).state).toBe("fine");
});
