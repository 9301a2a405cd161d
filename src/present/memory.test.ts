import { describe, expect, test } from "@jest/globals";
import type { Memory, Report } from "../report/report.ts";
import { memoryOf } from "./memory.ts";

type Here = Memory["onThisNode"];
const never: Here = { count: 0, last30Days: 0, last: null, ofAnyCause: 0 };
const last = { at: "2026-11-12T08:00:00.000Z", heldDays: 8.5 };
const alike = (
  attribute: string,
  withCause: number,
  ofCause: number,
  fleetShare: number | null,
): Memory["alike"][number] => ({
  attribute,
  value: `its-${attribute}`,
  withCause,
  ofCause,
  fleetShare,
});

function says(memory: Partial<Memory> | null, verdict: Report["verdict"] = "confirmed"): string {
  const whole = memory && { incident: null, cause: "oom", onThisNode: never, alike: [], problem: null, ...memory };
  return memoryOf({ memory: whole, verdict } as Report);
}

const here = (changes: Partial<Here>): Partial<Memory> => ({ onThisNode: { ...never, ...changes } });

describe("what memory adds", () => {
  test.each<[string, Partial<Memory> | null, string]>([
    ["memory was not asked", null, ""],
    ["nothing was seen before", {}, "First time on this node."],
    [
      "only other causes",
      here({ ofAnyCause: 2 }),
      "First time with this cause here; 2 earlier incidents of other causes.",
    ],
    [
      "twice within a month",
      here({ count: 2, last30Days: 2, last, ofAnyCause: 2 }),
      "3rd time in 30 d here (last 2026-11-12, held 8 d).",
    ],
    [
      "more often before, and others",
      here({ count: 4, last30Days: 1, last: { ...last, heldDays: null }, ofAnyCause: 5 }),
      "2nd time in 30 d here, 5th in all (last 2026-11-12); 1 earlier incident of other causes.",
    ],
    [
      "long ago",
      here({ count: 1, last, ofAnyCause: 1 }),
      "2nd time here, the first in 30 d (last 2026-11-12, held 8 d).",
    ],
    ["no cause is known", { cause: null, ...here({ ofAnyCause: 3 }) }, "3 earlier incidents on this node."],
    ["memory is away", { problem: "mongodb is away" }, "could not be asked or written: mongodb is away."],
  ])("where %s", (_what, memory, words) => {
    expect(says(memory)).toBe(words);
  });

  test("what sets the nodes apart leads, what everybody has comes last, each with its counts", () => {
    const words = says({
      alike: [alike("kernel", 3, 3, 1), alike("pool", 3, 3, null), alike("zone", 2, 3, 0.5), alike("image", 3, 3, 0.2)],
    });
    expect(words).toContain("3 of 3 nodes with this cause have image its-image; 20 % of the fleet has it.");
    expect(words).toContain("Also zone its-zone (2 of 3; fleet 50 %), pool its-pool (3 of 3).");
    expect(words).toMatch(/As common in the whole fleet: kernel its-kernel \(3 of 3\)\.$/);
  });

  test("a healthy node has its past and the incident that ends", () => {
    expect(says({ ...here({ ofAnyCause: 1 }), incident: "inc-1" }, "none")).toBe(
      "Incident inc-1 (oom) ends. 1 earlier incident on this node.",
    );
    expect(says({ ...here({ ofAnyCause: 0 }), incident: "inc-1" }, "none")).toBe(
      "Incident inc-1 (oom) ends. It was the first on this node.",
    );
    expect(
      says({ ...here({ ofAnyCause: 1, last: { at: "2026-11-02T00:00:00Z", heldDays: 3 } }), incident: null }, "none"),
    ).toBe("1 earlier incident on this node. Last time: oom, 2026-11-02.");
  });
});
