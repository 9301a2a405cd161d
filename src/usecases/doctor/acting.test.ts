import { expect, test } from "@jest/globals";
import { fakeClock } from "../../../test/support/fake-clock.ts";
import type { Command, Ports, SshOpener } from "../../collect/ports.ts";
import type { Registry } from "../../collect/registry.ts";
import { addressBook } from "../../collect/sources/address.ts";
import { type Unavailable, unavailable, value } from "../../evidence/evidence.ts";
import { failed, ok } from "../../shared/result.ts";
import { actingFindings } from "./acting.ts";
import type { Tried } from "./login.ts";

const registry: Registry = {
  probes: [],
  derivations: [],
  readers: [
    {
      id: "unit",
      provides: { "kubelet.unit.name": { type: "string", says: "" } },
      read: () => ({ facts: { "kubelet.unit.name": "kubelet.service" } }),
    },
  ],
};
const ports: Ports = {
  clock: fakeClock(),
  kubernetes: { get: async () => unavailable("timed-out", "") },
  local: { connect: async () => value("open") },
  addresses: addressBook("InternalIP", [{ name: "n", address: "192.0.2.1" }]),
};
const commands = ["kubelet.service", "crio.service"].map((unit) => ({
  words: ["/usr/bin/timeout", "systemctl", "restart", unit],
  rule: `allow ${unit}`,
}));

function tried(lost: Unavailable | null): Tried {
  const item = { probe: "unit", source: "ssh", asked: ["x"], at: null, tookMs: 1, answer: value("x") } as const;
  const set = { schema: 1, node: "n", cluster: "c", at: null, year: null, items: [item] } as const;
  return { node: { name: "n", ready: true, zone: "", image: "" }, lost, set };
}

async function acting(open: SshOpener["open"], { user = "fixer", lost = null as Unavailable | null } = {}) {
  return actingFindings("c", { user, ssh: { open }, commands }, [tried(lost)], { registry, ports });
}

function host(exitCode: number, asked: Command[] = []): SshOpener["open"] {
  const run = async (command: Command) => {
    asked.push(command);
    return value("", { exitCode });
  };
  return async () => ok({ run, close: () => undefined });
}

test("sudo is asked about the fixes for the node's own units, and nothing is run", async () => {
  const asked: Command[] = [];
  expect(await acting(host(0, asked))).toMatchObject([{ check: "acting", state: "fine" }]);
  expect(asked.map(({ argv, sudo }) => [argv, sudo])).toEqual([
    [["sudo", "-n", "-l", "/usr/bin/timeout", "systemctl", "restart", "kubelet.service"], false],
  ]);
});

test("what it would not allow is named with the rule", async () => {
  expect(await acting(host(1))).toMatchObject([{ state: "fix", next: ["allow kubelet.service"] }]);
});

test("root needs no rule", async () => {
  const asked: Command[] = [];
  expect(await acting(host(1, asked), { user: "root" })).toMatchObject([{ state: "fine" }]);
  expect(asked).toEqual([]);
});

test("a login that fails", async () => {
  const refused = async () => failed(unavailable("unauthenticated", "no", "add the key"));
  expect(await acting(refused)).toMatchObject([{ state: "fix", next: ["add the key"] }]);
});

test("where the reading login did not get in, the acting one is not tried", async () => {
  const never: SshOpener["open"] = () => Promise.reject(new Error("tried"));
  expect(await acting(never, { lost: unavailable("refused", "") })).toEqual([]);
});
