import { describe, expect, test } from "@jest/globals";
import { fromApi, nodeBody, probe, said, world } from "../../../test/support/collect-world.ts";
import type { LogsReader, Machine } from "../ports.ts";
import { collect } from "../run.ts";

const at = "2026-11-21T12:00:00.000Z";
const probes = [
  fromApi("node-object", "/api/v1/nodes/n1"),
  probe("cloud-x", { source: "cloud", question: "instance" }),
  probe("metrics-x", { source: "metrics" }),
  probe("logs-x", { source: "logs", of: "kubelet" }),
];
const request = { node: "n1", cluster: "c", at, probes, readers: () => new Map() };
const renewed = probe("logs-x", { source: "logs", of: "kubelet" }, { after: ["lease.renewTime"] });
const lease = fromApi("lease", "/lease");

describe("those who do not live on the node", () => {
  test("are not asked where they are not configured", async () => {
    const { items } = await collect(request, world().ports);
    expect(items.map(({ probe: id }) => id)).toEqual(["node-object"]);
  });

  test("are told the node's name and address, and what they say is masked", async () => {
    const asked: Machine[] = [];
    const cloud = {
      get: (_: string, machine: Machine) => {
        asked.push(machine);
        return said("password: hunter22");
      },
    };
    const { items } = await collect(request, world({ get: () => said(nodeBody), ports: { cloud } }).ports);
    expect(asked).toEqual([{ node: "n1", providerID: null, address: "10.0.0.7" }]);
    expect(items.find(({ source }) => source === "cloud")).toMatchObject({
      asked: ["cloud", "instance", "no providerID"],
      answer: { stdout: "password: [masked]" },
    });
  });

  test.each([
    ["2026-11-21T09:00:00Z", "2026-11-21T08:45:00.000Z", "2026-11-21T09:02:00.000Z"],
    ["2026-11-21T19:00:00Z", "2026-11-21T11:43:00.000Z", "2026-11-21T12:00:00.000Z"],
    ["never", "2026-11-21T11:43:00.000Z", "2026-11-21T12:00:00.000Z"],
  ])("a last heartbeat at %s asks from %s until %s", async (heartbeat, from, until) => {
    const hours: unknown[] = [];
    const logs: LogsReader = {
      tail: (_log, _machine, window) => {
        hours.push(window);
        return said("");
      },
    };
    const lasting = { ...lease, provides: { "lease.renewTime": { type: "time", says: "x" } } } as const;
    const readers = () => new Map([["lease.renewTime", heartbeat]]);
    await collect({ ...request, probes: [lasting, renewed], readers }, world({ ports: { logs } }).ports);
    expect(hours).toEqual([{ from, until }]);
  });

  test("of the past they are asked for the past", async () => {
    const hours: unknown[] = [];
    const metrics = {
      range: (_: Machine, window: unknown) => {
        hours.push(window);
        return said("");
      },
    };
    const window = { from: "2026-11-20T00:00:00Z", until: "2026-11-20T01:00:00Z" };
    const past = [probe("metrics-x", { source: "metrics" }, { past: "the same" })];
    await collect({ ...request, probes: past, window }, world({ ports: { metrics } }).ports);
    expect(hours).toEqual([window]);
  });
});
