import { expect, test } from "@jest/globals";
import type { Report } from "../../../src/report/report.ts";
import type { Fault } from "../fault-schema.ts";
import { judge } from "./judge.ts";

const fault = {
  kind: "single",
  root: "disk-full",
  also: [{ id: "inodes-exhausted", because: "both" }],
  verdict: "confirmed",
  chain: ["runtime-exits"],
  never: ["runtime-stopped"],
} as unknown as Fault;

const right = { id: "disk-full", verdict: "confirmed" };

function answer(changes: object = {}): Report {
  const cause = (id: string, verdict: string): object => ({ id, verdict });
  return {
    roots: ["disk-full"],
    verdict: "confirmed",
    causes: [cause("disk-full", "confirmed"), cause("runtime-exits", "likely")],
    chain: [{ from: "disk-full", to: "runtime-exits", says: "" }],
    ...changes,
  } as unknown as Report;
}

test("a right answer has nothing wrong", () => {
  expect(judge(fault, answer())).toMatchObject({ rank: 1, wrong: [] });
});

test("an id that is as right counts as the root", () => {
  const causes = [{ id: "inodes-exhausted", verdict: "confirmed" }];
  const report = answer({
    roots: ["inodes-exhausted"],
    causes,
    chain: [{ from: "inodes-exhausted", to: "runtime-exits" }],
  });
  expect(judge(fault, report)).toMatchObject({ rank: 1, wrong: [] });
});

test("a second trouble beside a confirmed root makes the whole less sure, and the root no less right", () => {
  const causes = [...answer().causes, { id: "cpu-starvation", verdict: "likely" }];
  const report = answer({ roots: ["disk-full", "cpu-starvation"], verdict: "likely", causes });
  expect(judge(fault, report)).toMatchObject({ rank: 1, verdict: "likely", wrong: [] });
});

test.each([
  ["another root first", { roots: ["memory-low", "disk-full"] }, 2],
  ["the root not named at all", { roots: ["memory-low"], causes: [] }, null],
  ["another verdict", { causes: [{ id: "disk-full", verdict: "likely" }] }, 1],
  ["a link missing from the chain", { chain: [] }, 1],
  ["a cause confirmed that must not be", { causes: [right, { id: "runtime-stopped", verdict: "confirmed" }] }, 1],
])("%s is wrong", (_, changes, rank) => {
  const judged = judge(fault, answer(changes));
  expect(judged.rank).toBe(rank);
  expect(judged.wrong).toHaveLength(1);
});

test("on a healthy node nothing at all may be confirmed", () => {
  const healthy = { ...fault, kind: "healthy", root: "none", also: [], verdict: "none", chain: [], never: [] } as Fault;
  const quiet = answer({ roots: ["none"], verdict: "none", causes: [{ id: "none", verdict: "likely" }], chain: [] });
  expect(judge(healthy, quiet).wrong).toEqual([]);
  const puzzled = { ...quiet, roots: [], verdict: "unknown", causes: [] } as unknown as Report;
  expect(judge(healthy, puzzled).wrong).toEqual([]);
  const guessing = { ...quiet, roots: ["disk-full"], causes: [{ id: "disk-full", verdict: "likely" }] };
  expect(judge(healthy, guessing as unknown as Report).wrong).toHaveLength(1);
  const loud = { ...quiet, causes: [{ id: "disk-full", verdict: "confirmed" }] } as unknown as Report;
  expect(judge(healthy, loud).wrong).toHaveLength(1);
});
