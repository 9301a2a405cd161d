import { describe, expect, test } from "@jest/globals";
import { answers, ask, fromApi, onNode, probe, world } from "../../test/support/collect-world.ts";
import { type Answer, type Evidence, unavailable, value } from "../evidence/evidence.ts";
import { Bug } from "../shared/errors.ts";
import type { Progress } from "./run.ts";

const fact = { type: "string", says: "for the test" } as const;

describe("collecting", () => {
  test("gives one item per probe, by source, then probe, whatever order they were asked in", async () => {
    const reach = probe("tcp", { source: "local", reach: { port: 22 } });
    const set = await ask([reach, onNode("uptime"), onNode("df"), fromApi("pods", "/api/v1/pods")], world());
    expect(set.items.map(({ source, probe: id, asked }) => [source, id, asked])).toEqual([
      ["kubernetes", "pods", ["GET", "/api/v1/pods"]],
      ["ssh", "df", ["df"]],
      ["ssh", "uptime", ["uptime"]],
      ["local", "tcp", ["tcp-connect", "10.0.0.7", "22"]],
    ]);
    expect(set).toMatchObject({
      schema: 1,
      node: "worker-7",
      cluster: "lab",
      year: 2026,
      at: "2026-11-21T12:00:00.000Z",
    });
  });

  test("reads the Node object once, for its probe and for the address", async () => {
    const here = world();
    await ask([fromApi("node", "/api/v1/nodes/worker-7"), onNode("uptime")], here);
    expect(here.gets).toEqual(["/api/v1/nodes/worker-7"]);
    expect(here.opened).toEqual(["10.0.0.7"]);
  });

  test("keeps a name with odd characters inside its path", async () => {
    const here = world();
    await ask([onNode("uptime")], here, { node: "../../secrets?x=1" });
    expect(here.gets).toEqual(["/api/v1/nodes/..%2F..%2Fsecrets%3Fx%3D1"]);
  });

  test("has at most four commands in flight on the one connection", async () => {
    let running = 0;
    let most = 0;
    const run = async (): Promise<Answer> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return value("");
    };
    const here = world({ run });
    await ask(
      Array.from({ length: 40 }, (_, index) => onNode(`p${index}`)),
      here,
    );
    expect([most, here.opened.length, here.closed()]).toEqual([4, 1, 1]);
  });

  test("tells how far it is", async () => {
    const events: Progress[] = [];
    await ask([onNode("a"), onNode("b")], world(), { onProgress: (event) => events.push(event) });
    expect(events.map((event) => (event.kind === "answered" ? event.done : event.kind))).toEqual([
      "began",
      "connected",
      1,
      2,
    ]);
  });
});

describe("a probe that builds on facts", () => {
  const provider = onNode("mounts", ["cat", "/proc/self/mountinfo"], { provides: { "mounts.local": fact } });
  const readers = (items: readonly Evidence[]) =>
    new Map(
      items.flatMap(({ answer }) => (answer.kind === "value" ? [["mounts.local", answer.stdout]] : [])) as [
        string,
        string,
      ][],
    );
  const dependent = probe(
    "disk",
    { source: "ssh", argv: (known) => (known.has("mounts.local") ? ["df", String(known.get("mounts.local"))] : null) },
    { after: ["mounts.local"] },
  );

  test("is asked once they are known", async () => {
    const here = world();
    const set = await ask([dependent, provider], here, { readers });
    expect(here.commands.map(({ argv }) => argv[0])).toEqual(["cat", "df"]);
    expect(set.items[0]?.asked).toEqual(["df", "cat /proc/self/mountinfo"]);
  });

  test("also where the fact is derived from another", async () => {
    const derived = probe("disk", { source: "ssh", argv: ["df"] }, { after: ["mounts.role"] });
    const here = world();
    const derivations = [
      { id: "role", needs: ["mounts.local"], provides: { "mounts.role": fact }, derive: () => ({}) },
    ];
    await ask([derived, provider], here, { derivations });
    expect(here.commands.map(({ argv }) => argv[0])).toEqual(["cat", "df"]);
  });

  test("is not asked where they cannot be known", async () => {
    const here = world({ run: async () => unavailable("hung", "no end") });
    const set = await ask([dependent, provider], here, { readers });
    expect(answers(set.items).disk).toMatchObject({ kind: "unavailable", reason: "not-asked" });
  });

  test("waiting for each other is a mistake in the list", async () => {
    const one = onNode("one", ["x"], { after: ["b"], provides: { a: fact } });
    const other = onNode("other", ["x"], { after: ["a"], provides: { b: fact } });
    await expect(ask([one, other], world())).rejects.toThrow(Bug);
  });
});
