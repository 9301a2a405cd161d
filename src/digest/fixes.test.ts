import { describe, expect, test } from "@jest/globals";
import { incident, november } from "../../test/store/samples.ts";
import type { Incident } from "../remember/incident.ts";
import type { FixNotHeld } from "../report/digest.ts";
import { type Fix, fixesNotHeld } from "./fixes.ts";
import { seenOf } from "./seen.ts";
import { parseWeek, spanOf } from "./week.ts";

const week = spanOf(parseWeek("2026-W47"), "UTC");

function notHeld(incidents: readonly Incident[], fixes: readonly Fix[]): readonly FixNotHeld[] {
  return fixesNotHeld(fixes, incidents.map(seenOf), week);
}

describe("fixes that did not hold", () => {
  const fix: Fix = {
    cluster: "prod",
    node: "worker-7",
    cause: "disk-full",
    action: "restart-kubelet",
    at: november(17).toISOString(),
  };
  const closed = incident("first", 17, { status: "closed", closedAt: november(17).toISOString() });

  test("a new incident with the cause within a day", () => {
    const back = incident("back", 18, { openedAt: november(17, 90).toISOString(), reports: [look(17, 90)] });
    expect(notHeld([closed, back], [fix])).toEqual([{ ...fix, heldMinutes: 90 }]);
  });

  test("it held until the node went, not until somebody asked", () => {
    const back = incident("back", 18, {
      openedAt: november(17, 90).toISOString(),
      reports: [look(17, 90)],
      lastReport: since(november(17, 30).toISOString()),
    });
    expect(notHeld([closed, back], [fix])[0]?.heldMinutes).toBe(30);
  });

  test("the same incident says it again", () => {
    const open = incident("first", 17, { reports: [look(17, 0), look(17, 45)] });
    expect(notHeld([open], [fix])[0]?.heldMinutes).toBe(45);
  });

  test.each<[string, Incident]>([
    [
      "another cause",
      incident("back", 18, { openedAt: november(17, 90).toISOString(), reports: [look(17, 90, "oom")] }),
    ],
    ["another node", incident("back", 18, { ...{ node: "worker-8" }, reports: [look(17, 90)] })],
    ["another cluster", incident("back", 18, { cluster: "lab", reports: [look(17, 90)] })],
    ["more than a day later", incident("back", 18, { reports: [look(18, 1)] })],
    ["what was seen before the fix", incident("first", 16, { reports: [look(16, 0), look(17, 0)] })],
  ])("%s does not count", (_what, other) => {
    expect(notHeld([other], [fix])).toEqual([]);
  });

  test("it belongs to the week in which the cause came back", () => {
    const sunday = { ...fix, at: "2026-11-15T20:00:00.000Z" };
    const monday = incident("back", 16, {
      openedAt: "2026-11-16T01:00:00.000Z",
      reports: [lookAt("2026-11-16T01:00:00.000Z")],
    });
    expect(notHeld([monday], [sunday])).toHaveLength(1);
    const early = incident("back", 15, {
      openedAt: "2026-11-15T22:00:00.000Z",
      reports: [lookAt("2026-11-15T22:00:00.000Z")],
    });
    expect(notHeld([early], [sunday])).toEqual([]);
  });
});

function since(notReadySince: string): Incident["lastReport"] {
  return { schema: 1, facts: { notReadySince } };
}

function look(day: number, minute: number, root = "disk-full"): Incident["reports"][number] {
  return lookAt(november(day, minute).toISOString(), root);
}

function lookAt(at: string, root = "disk-full"): Incident["reports"][number] {
  return { at, verdict: "confirmed", roots: [root], askedBy: "U1" };
}
