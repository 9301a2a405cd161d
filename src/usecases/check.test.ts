import { expect, test } from "@jest/globals";
import { onNode, probe, world as scripted } from "../../test/support/collect-world.ts";
import { type Answer, type EvidenceSet, unavailable, value } from "../evidence/evidence.ts";
import type { Forecast } from "../report/forecast.ts";
import { checkNode } from "./check.ts";
import type { Engine } from "./engine.ts";
import type { World } from "./ports.ts";

const late = unavailable("timed-out", "no end after 1 s");
const object = probe("node-object", { source: "kubernetes", path: ({ node }) => `/api/v1/nodes/${node}` });

/** What a node that answers each command so, one answer per asking, is judged by. */
async function judged(answers: Readonly<Record<string, readonly Answer[]>>) {
  const asked: string[] = [];
  const { ports, clock } = scripted({
    run: ({ argv: [name = ""] }) => {
      const before = asked.filter((each) => each === name).length;
      asked.push(name);
      return Promise.resolve(answers[name]?.[before] ?? late);
    },
  });
  const probes = [object, ...Object.keys(answers).map((name) => onNode(name))];
  let set: EvidenceSet | undefined;
  const engine = {
    registry: { probes, readers: probes, derivations: [] },
    foresee: (given: EvidenceSet) => {
      set = given;
      return { warnings: [] } as unknown as Forecast;
    },
  } as unknown as Engine;
  const cluster = { name: "lab", ports: async () => ports, inventory: [] };
  const world: World = { engine, clusters: [cluster], clock, incidents: null, memoryProblem: null, deadlineMs: 20_000 };
  await checkNode("worker-7", 0, world);
  const kinds = set?.items.filter(({ source }) => source === "ssh").map((item) => [item.probe, item.answer.kind]);
  return { asked: asked.sort(), kinds: Object.fromEntries(kinds ?? []) as Record<string, string> };
}

const fine = value("x");

test("what is answered in time is asked once", async () => {
  expect(await judged({ a: [fine], b: [fine] })).toEqual({ asked: ["a", "b"], kinds: { a: "value", b: "value" } });
});

test("what came too late is asked once more, and what was answered stays", async () => {
  const { asked, kinds } = await judged({ a: [fine, late], b: [late, fine], c: [late, late, fine] });
  expect(asked).toEqual(["a", "a", "b", "b", "c", "c"]);
  expect(kinds).toEqual({ a: "value", b: "value", c: "unavailable" });
});

test("a node that answers nothing is not asked again", async () => {
  expect(await judged({ a: [late], b: [late] })).toMatchObject({ asked: ["a", "b"] });
});
