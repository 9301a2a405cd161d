import { readdirSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { realEngine } from "../support/engine.ts";
import { loadFaults } from "./fault/load.ts";
import { areas, type Fault } from "./fault-schema.ts";

/** The faults as data: that each is well formed, that the causes it names exist, and that there are enough of each sort. */
const faults = loadFaults();
const count = (sort: (fault: Fault) => boolean): number => faults.filter(sort).length;

test("there is nothing in the folder but faults", () => {
  const names = readdirSync(new URL("./faults/", import.meta.url));
  expect(names.sort()).toEqual(faults.map(({ name }) => `${name}.yaml`).sort());
});

test("there are enough of each kind", () => {
  expect(count(({ kind }) => kind === "single")).toBeGreaterThanOrEqual(45);
  expect(count(({ kind }) => kind === "compound")).toBeGreaterThanOrEqual(8);
  expect(count(({ kind }) => kind === "healthy")).toBeGreaterThanOrEqual(6);
});

test.each(areas)("%s has at least two", (area) => {
  expect(count((fault) => fault.area === area)).toBeGreaterThanOrEqual(2);
});

test("no two do and expect the same", () => {
  const bodies = faults.map(({ inject, root, see, node }) => JSON.stringify({ inject, root, see, node }));
  expect(bodies.filter((body, index) => bodies.indexOf(body) !== index)).toEqual([]);
});

describe("what is expected can be said", () => {
  test.each(faults.map((fault) => [fault.name, fault] as const))("%s", async (_, fault) => {
    const { knowledge, actions } = await known();
    const causes = [fault.root, ...fault.also.map(({ id }) => id), ...fault.never].filter((id) => id !== "none");
    expect(causes.filter((id) => !knowledge.has(id))).toEqual([]);
    if ("action" in fault.heal) expect(actions).toContain(fault.heal.action);
    if (fault.kind === "healthy") expect([fault.root, fault.verdict]).toEqual(["none", "none"]);
    else expect(fault.root).not.toBe("none");
  });
});

async function known(): Promise<{ readonly knowledge: ReadonlySet<string>; readonly actions: readonly string[] }> {
  const { knowledge } = await realEngine();
  return { knowledge: new Set(knowledge.causes.keys()), actions: ["restart-runtime", "restart-kubelet"] };
}
