import { describe, expect, test } from "@jest/globals";
import { type World as Scripted, said, world as scripted } from "../../../test/support/collect-world.ts";
import { realEngine } from "../../../test/support/engine.ts";
import { type Answer, absent, unavailable } from "../../evidence/evidence.ts";
import { ExternalError } from "../../shared/errors.ts";
import type { World } from "../ports.ts";
import { lookAt, observeNode } from "./look.ts";

const about = { cluster: "lab", node: "n2" };
const nodeObject = JSON.stringify({
  kind: "Node",
  metadata: { name: "n2", labels: { zone: "a" } },
  spec: {},
  status: {
    addresses: [{ type: "InternalIP", address: "10.0.0.2" }],
    conditions: [{ type: "Ready", status: "False" }],
  },
});
const units = [
  "Id=kubelet.service\nLoadState=loaded\nActiveState=active\nMainPID=76\nExecMainStartTimestamp=Sat 2026-11-21 12:00:00 UTC\n",
  "Id=containerd.service\nLoadState=loaded\nActiveState=inactive\nMainPID=0\n",
];

async function worldOf(
  parts: Parameters<typeof scripted>[0],
  ports?: () => Promise<Scripted["ports"]>,
): Promise<World> {
  const made = scripted(parts);
  const cluster = { name: "lab", inventory: [], ports: ports ?? (async () => made.ports) };
  return {
    engine: await realEngine(),
    clusters: [cluster],
    clock: made.clock,
    incidents: null,
    memoryProblem: null,
    deadlineMs: 1_000,
  } as World;
}

const api = (path: string): Promise<Answer> =>
  path === "/api/v1/nodes/n2" ? said(nodeObject) : Promise.resolve(unavailable("refused", "not scripted"));
const shell = ({ argv }: { readonly argv: readonly string[] }): Promise<Answer> => {
  if (argv.includes("kubelet.service")) return said(units[0] ?? "");
  if (argv.includes("containerd.service")) return said(units[1] ?? "");
  return Promise.resolve(unavailable("refused", "not scripted"));
};

describe("a glance at a node", () => {
  test("says what the API server and systemd say; the rest is not known", async () => {
    const seen = await observeNode(await worldOf({ get: api, run: shell }), about);
    expect(seen).toMatchObject({ ready: "False", healthz: null, bootId: null });
    expect(seen.units).toEqual([
      { unit: "containerd.service", active: "inactive", startedAt: null, pid: null },
      { unit: "kubelet.service", active: "active", startedAt: expect.stringContaining("2026-11-21T12:00:00"), pid: 76 },
    ]);
  });

  test("of a cluster that cannot be reached, or is gone from the config, knows nothing and does not fail", async () => {
    const broken = () => Promise.reject(new ExternalError("kubernetes", "no kubeconfig", false));
    expect(await observeNode(await worldOf({}, broken), about)).toMatchObject({ ready: null, units: [] });
    expect(await observeNode(await worldOf({}), { ...about, cluster: "gone" })).toMatchObject({ ready: null });
  });
});

describe("a fresh look", () => {
  test("gives the report, the facts it was made from and the address", async () => {
    const look = await lookAt(await worldOf({ get: api, run: shell }), about, "U0ANA");
    expect(look).toMatchObject({
      ok: true,
      value: { address: "10.0.0.2", report: { node: "n2", status: "NotReady" } },
    });
    expect(look.ok && look.value.facts.get("runtime.unit.name")).toBe("containerd.service");
  });

  test("of a node that is gone, or a cluster that cannot be asked, is a sentence", async () => {
    const gone = await worldOf({ get: () => Promise.resolve(absent("nodes n2 not found")) });
    expect(await lookAt(gone, about, "U0ANA")).toMatchObject({ ok: false, problem: expect.stringContaining("n2") });
    const broken = await worldOf({}, () => Promise.reject(new ExternalError("kubernetes", "no kubeconfig", false)));
    expect(await lookAt(broken, about, "U0ANA")).toMatchObject({
      ok: false,
      problem: expect.stringContaining("no kubeconfig"),
    });
  });
});
