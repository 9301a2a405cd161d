import { describe, expect, test } from "@jest/globals";
import {
  answers,
  ask,
  fromApi,
  never,
  nodeBody,
  onNode,
  probe,
  said,
  whenAnswered,
  world,
} from "../../test/support/collect-world.ts";
import { type Answer, absent, unavailable } from "../evidence/evidence.ts";
import { failed } from "../shared/result.ts";
import type { Command } from "./ports.ts";
import type { Progress } from "./run.ts";
import { addressBook } from "./sources/address.ts";

describe("what cannot be reached is an answer", () => {
  const apiDown = async (): Promise<Answer> => unavailable("refused", "ECONNREFUSED");

  test("API down: SSH still goes by the inventory", async () => {
    const inventory = [{ name: "worker-7", address: "192.0.2.9" }];
    const here = world({ get: apiDown, ports: { addresses: addressBook("InternalIP", inventory) } });
    const set = await ask([fromApi("node", "/api/v1/nodes/worker-7"), onNode("uptime")], here);
    expect(here.opened).toEqual(["192.0.2.9"]);
    expect(set.items.map(({ answer }) => answer.kind)).toEqual(["unavailable", "value"]);
  });

  test("API down: SSH still goes by the address of an earlier time", async () => {
    const addresses = addressBook("InternalIP");
    await ask([onNode("uptime")], world({ ports: { addresses } }));
    const here = world({ get: apiDown, ports: { addresses } });
    await ask([onNode("uptime")], here);
    expect(here.opened).toEqual(["10.0.0.7"]);
  });

  test("an inventory address does not wait for the API", async () => {
    const inventory = [{ name: "worker-7", address: "192.0.2.9" }];
    const here = world({ get: never, ports: { addresses: addressBook("InternalIP", inventory) } });
    const { answered, onProgress } = whenAnswered("uptime");
    const set = ask([fromApi("node", "/api/v1/nodes/worker-7"), onNode("uptime")], here, { onProgress });
    await answered;
    here.clock.advance(20_000);
    expect((await set).items.map(({ answer }) => answer.kind)).toEqual(["unavailable", "value"]);
  });

  test.each<[string, () => Promise<Answer>, string]>([
    ["no Node object", async () => absent("not found"), "not-asked"],
    ["API down", apiDown, "not-asked"],
    ["no addresses", () => said("{}"), "not-asked"],
    [
      "an address of another type",
      () => said('{"status":{"addresses":[{"type":"Hostname","address":"w"}]}}'),
      "not-asked",
    ],
    ["an address that is an option", () => said(nodeBody.replace("10.0.0.7", "-oProxyCommand=x")), "not-asked"],
    ["no JSON", () => said("<html>"), "unreadable"],
  ])("%s: the node and its ports are not asked", async (_, get, reason) => {
    const here = world({ get });
    const set = await ask([onNode("uptime"), probe("tcp", { source: "local", reach: { port: 22 } })], here);
    expect(set.items.map(({ answer }) => answer)).toEqual([
      expect.objectContaining({ kind: "unavailable", reason }),
      expect.objectContaining({ kind: "unavailable", reason }),
    ]);
    expect(here.opened).toEqual([]);
  });

  test("no login: every question to the node carries the reason", async () => {
    const problem = unavailable("host-key-changed", "SHA256:x", "ssh-keygen -R");
    const events: Progress[] = [];
    const here = world({ ports: { ssh: { open: async () => failed(problem) } } });
    const set = await ask([onNode("a"), onNode("b")], here, { onProgress: (event) => events.push(event) });
    expect(set.items.map(({ answer }) => answer)).toEqual([problem, problem]);
    expect(events).toContainEqual({ kind: "lost", source: "ssh", why: problem });
  });

  test("no SSH configured", async () => {
    const here = world();
    const { ssh: _none, ...ports } = here.ports;
    const set = await ask([onNode("a")], { ...here, ports });
    expect(answers(set.items).a).toMatchObject({ reason: "not-configured" });
  });

  test("a probe that throws costs only its own answer", async () => {
    const broken = probe("broken", {
      source: "ssh",
      argv: () => {
        throw new Error("no such fact");
      },
    });
    const set = await ask([broken, onNode("fine")], world());
    expect(set.items.map(({ answer }) => answer.kind)).toEqual(["unavailable", "value"]);
  });
});

describe("the deadline", () => {
  test("what has not answered is timed out, the connection is closed and what runs is told to stop", async () => {
    let told: AbortSignal | undefined;
    const run = (command: Command, signal?: AbortSignal): Promise<Answer> => {
      told = signal;
      return command.argv[0] === "slow" ? never() : said("");
    };
    const here = world({ run });
    const { answered, onProgress } = whenAnswered("quick");
    const collecting = ask([onNode("slow"), onNode("quick")], here, { deadlineMs: 5_000, onProgress });
    await answered;
    here.clock.advance(4_999);
    expect(told?.aborted).toBe(false);
    here.clock.advance(1);
    const set = await collecting;
    expect(answers(set.items)).toMatchObject({ quick: { kind: "value" }, slow: { reason: "timed-out" } });
    expect([told?.aborted, here.closed()]).toEqual([true, 1]);
    expect(set.items[1]).toMatchObject({ asked: ["slow"], at: "2026-11-21T12:00:05.000Z" });
  });

  test("holds while the API and the login hang", async () => {
    const here = world({ get: never, ports: { ssh: { open: () => new Promise(() => undefined) } } });
    const collecting = ask([fromApi("node", "/api/v1/nodes/worker-7"), onNode("uptime")], here, { deadlineMs: 5_000 });
    here.clock.advance(5_000);
    expect((await collecting).items.map(({ answer }) => answer)).toEqual([
      expect.objectContaining({ reason: "timed-out" }),
      expect.objectContaining({ reason: "timed-out" }),
    ]);
  });
});
