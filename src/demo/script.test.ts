import { describe, expect, test } from "@jest/globals";
import type { Report } from "../report/report.ts";
import { difference, type Step, walk } from "./script.ts";

const disk = { roots: ["disk-full"], alsoRight: ["inodes-exhausted"], verdict: "confirmed", status: "NotReady" };
const well = { roots: ["none"], alsoRight: [] };

const shown = (steps: readonly Step[]) =>
  steps.map((step) =>
    step.kind === "types" ? [step.text, step.expect?.roots[0]] : [`fix of ${step.node}`, undefined],
  );

describe("the walk", () => {
  const nodes = [
    { name: "practice-1", expect: well },
    { name: "practice-2", expect: disk },
  ];
  test("asks of every node once, and of the first broken one again before its history", () => {
    expect(shown(walk(nodes, () => false, "2026-W47"))).toEqual([
      ["list", undefined],
      ["why practise-2", undefined],
      ["why practice-1", "none"],
      ["why practice-2", "disk-full"],
      ["why practice-2", "disk-full"],
      ["history practice-2", undefined],
      ["digest 2026-W47", undefined],
    ]);
  });
  test("fixes the last node that a fix mends, asks of it again, and looks at its history", () => {
    const steps = walk(nodes, ({ name }) => name === "practice-2", "2026-W47");
    expect(shown(steps.slice(-4))).toEqual([
      ["fix of practice-2", undefined],
      ["why practice-2", "none"],
      ["history practice-2", undefined],
      ["digest 2026-W47", undefined],
    ]);
  });
  test("needs no broken node", () => {
    expect(shown(walk([], () => true, "2026-W47")).map(([text]) => text)).toEqual([
      "list",
      "why practise-1",
      "digest 2026-W47",
    ]);
  });
});

describe("a report against what was recorded", () => {
  const report = (roots: readonly string[], verdict: string, status: string): Report =>
    ({ roots, verdict, status }) as unknown as Report;
  test.each<[string, Report | undefined, readonly string[] | null]>([
    ["the same", report(["disk-full"], "confirmed", "NotReady"), null],
    ["another root that is as right", report(["inodes-exhausted", "x"], "confirmed", "NotReady"), null],
    ["another root", report(["kubelet-stopped"], "confirmed", "NotReady"), ["kubelet-stopped", "disk-full"]],
    ["a second root", report(["disk-full", "x"], "confirmed", "NotReady"), ["x"]],
    ["no root", report([], "unknown", "NotReady"), ["disk-full", "unknown"]],
    ["another verdict", report(["disk-full"], "likely", "NotReady"), ["likely", "confirmed"]],
    ["another status", report(["disk-full"], "confirmed", "Ready"), ["Ready", "NotReady"]],
    ["none at all", undefined, []],
  ])("%s", (_, given, parts) => {
    const found = difference(disk, given);
    expect(found === null).toBe(parts === null);
    for (const part of parts ?? []) expect(found).toContain(part);
  });
  test("verdict and status are only held against what is expected of them", () => {
    expect(difference(well, report(["none"], "none", "Ready"))).toBeNull();
  });
});
