import { describe, expect, test } from "@jest/globals";
import { ask, nodeBody, probe, said, world } from "../../../test/support/collect-world.ts";
import { type Unavailable, unavailable, value } from "../../evidence/evidence.ts";
import { failed, ok } from "../../shared/result.ts";
import type { Command, Ports, SshOpener } from "../ports.ts";
import { readyBeside } from "./neighbours.ts";

const reach = probe("reach", { source: "local", reach: { port: 22, from: "neighbours" } }, { after: ["fleet.rows"] });
const fleet = probe(
  "fleet",
  { source: "kubernetes", path: () => "/api/v1/nodes" },
  {
    provides: { "fleet.rows": { type: "rows", says: "nodes", columns: ["name", "ready"] } },
  },
);
const rows = ["worker-1", "worker-7", "worker-8", "worker-9"].map((name) => ({ name, ready: "True" }));
const away = unavailable("timed-out", "no answer");

/** Logins by the node's name; every command of a neighbour answers with curl's words. */
function network(more: { own?: Unavailable; neighbours?: "away"; curl?: string }) {
  const commands: Command[] = [];
  const opened: string[] = [];
  let closed = 0;
  const open: SshOpener["open"] = async ({ node }) => {
    opened.push(node);
    if (node === "worker-7") return failed(more.own ?? away);
    if (more.neighbours === "away") return failed(away);
    const run = (command: Command) => {
      commands.push(command);
      return said(more.curl ?? "");
    };
    const close = (): void => {
      closed += 1;
    };
    return ok({ run, close });
  };
  const ports: Partial<Ports> = { ssh: { open } };
  return { ports, commands, opened, closed: () => closed };
}

const asked = async (parts: ReturnType<typeof network>) => {
  const here = world({ ports: parts.ports, get: () => said(nodeBody) });
  const set = await ask([fleet, reach], here, { readers: () => new Map([["fleet.rows", rows]]) });
  return set.items.find(({ probe: id }) => id === "reach")?.answer;
};

describe("two neighbours", () => {
  test.each([
    [
      "refused",
      "\nhttp=000 time=0.001 err=Failed to connect to 10.0.0.7 port 22 after 0 ms: Couldn't connect to server\n",
    ],
    ["timed-out", "\nhttp=000 time=3.001 err=Connection timed out after 3001 milliseconds\n"],
    ["no-route", "\nhttp=000 time=0.5 err=Failed to connect to 10.0.0.7 port 22: No route to host\n"],
    ["open", "\nhttp=000 time=0.01 err=Received HTTP/0.9 when not allowed\n"],
    ["open", "Client sent an HTTP request to an HTTPS server.\n\nhttp=400 time=0.01 err=\n"],
  ])("say %s", async (word, curl) => {
    const parts = network({ curl });
    expect(await asked(parts)).toEqual(value(`worker-8 ${word}\nworker-9 ${word}\n`));
    expect(parts.commands[0]?.argv.at(-1)).toBe("http://10.0.0.7:22/");
    expect([parts.opened, parts.closed()]).toEqual([["worker-7", "worker-8", "worker-9"], 2]);
  });

  test("that cannot be reached either: this side is cut off", async () => {
    expect(await asked(network({ neighbours: "away" }))).toMatchObject({ reason: "unreachable" });
  });

  test("that cannot tell say nothing", async () => {
    expect(await asked(network({ curl: "sh: curl: not found" }))).toMatchObject({ reason: "not-asked" });
  });

  test("are left alone where the node has answered, if only to refuse a key", async () => {
    const parts = network({ own: unavailable("unauthenticated", "no key") });
    expect(await asked(parts)).toMatchObject({ reason: "not-asked" });
    expect(parts.opened).toEqual(["worker-7"]);
  });
});

test("the next two by name, Ready ones only", () => {
  const some = [...rows, { name: "worker-70", ready: "False" }, { name: "worker-71", ready: null }];
  expect(readyBeside("worker-9", some)).toEqual(["worker-1", "worker-7"]);
  expect(readyBeside("worker-7", some)).toEqual(["worker-8", "worker-9"]);
  expect(readyBeside("worker-7", undefined)).toEqual([]);
});
