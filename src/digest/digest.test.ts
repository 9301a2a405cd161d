import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { closedOn, identity, incident, november } from "../../test/store/samples.ts";
import type { Incident } from "../remember/incident.ts";
import type { Digest } from "../report/digest.ts";
import { digestOf, weeksOf } from "./digest.ts";
import { seenOf } from "./seen.ts";
import { parseWeek, weekId } from "./week.ts";

/** Monday 16 to Sunday 22 November 2026. */
const week = parseWeek("2026-W47");
const words = (cause: string) => ({ title: `title of ${cause}`, lastingFix: cause === "oom" ? "more memory" : null });

function digest(incidents: readonly Incident[]): Digest {
  return digestOf({ week, timeZone: "UTC", clusters: ["prod"], seen: incidents.map(seenOf), fixes: [], words });
}

const cause = (id: string): Partial<Incident> => ({ roots: [id], fingerprints: [id] });
const on = (node: string): Partial<Incident> => ({ node });
const withImage = (image: string): Partial<Incident> => ({ identity: { ...identity, image } });
const lasting = (minutes: number, day: number): Partial<Incident> => ({
  status: "closed",
  closedAt: november(day, minutes).toISOString(),
});

describe("the digest of a week", () => {
  test("counts what opened in it, from its first instant to the last before the next", () => {
    const at = (openedAt: string): Incident => incident(openedAt, 16, { openedAt, node: openedAt });
    const found = digest([
      at("2026-11-15T23:59:59.999Z"),
      at("2026-11-16T00:00:00.000Z"),
      at("2026-11-22T23:59:59.999Z"),
      at("2026-11-23T00:00:00.000Z"),
    ]);
    expect(found).toMatchObject({ week: "2026-W47", incidents: 2, nodes: 2, from: "2026-11-16T00:00:00.000Z" });
    expect(found.weeks.map(({ week: id, incidents }) => [id, incidents])).toEqual([
      ["2026-W43", 0],
      ["2026-W44", 0],
      ["2026-W45", 0],
      ["2026-W46", 1],
      ["2026-W47", 2],
    ]);
  });

  test("a week without incidents is a digest too", () => {
    expect(digest([])).toMatchObject({
      incidents: 0,
      nodes: 0,
      minutes: 0,
      causes: [],
      unknown: 0,
      clusters: ["prod"],
    });
  });

  test("the costliest cause comes first, and both causes of one incident count", () => {
    const found = digest([
      incident("a", 16, { ...cause("oom"), ...lasting(5, 16) }),
      incident("b", 17, { ...cause("oom"), ...lasting(5, 17), ...on("worker-8") }),
      incident("c", 18, { roots: ["disk-full", "oom"], ...lasting(60, 18) }),
    ]);
    expect(found.causes.map(({ cause: id, incidents, nodes, minutes }) => [id, incidents, nodes, minutes])).toEqual([
      ["oom", 3, 2, 70],
      ["disk-full", 1, 1, 60],
    ]);
    expect(found.minutes).toBe(70);
    expect(found.causes[0]).toMatchObject({ title: "title of oom", lastingFix: "more memory" });
  });

  test.each<[string, Partial<Incident>, number]>([
    ["until it was found well", lasting(30, 16), 30],
    ["from the node's own condition", { ...lasting(30, 16), lastReport: since("2026-11-16T11:50:00Z") }, 40],
    [
      "from the opening where the condition is younger",
      { ...lasting(30, 16), lastReport: since("2026-11-16T12:10:00Z") },
      30,
    ],
    [
      "from the opening where the condition has no time",
      { ...lasting(30, 16), lastReport: since("0001-01-01T00:00:00Z") },
      30,
    ],
    ["from the opening where the report is not ours", { ...lasting(30, 16), lastReport: { facts: "?" } }, 30],
    ["to the last look while nobody saw it end", { reports: [look(16, 0), look(16, 20)] }, 20],
  ])("it costs the minutes %s", (_what, changes, minutes) => {
    expect(digest([incident("a", 16, changes)]).minutes).toBe(minutes);
  });

  test.each<[number, number, string, boolean]>([
    [1, 0, "new", true],
    [1, 4, "same", false],
    [2, 4, "up", false],
    [1, 8, "down", false],
  ])("%i now and %i in the four weeks before is %s", (now, before, trend, isNew) => {
    const found = digest([
      ...Array.from({ length: now }, (_, nth) => incident(`now-${nth}`, 16, lasting(10, 16))),
      ...Array.from({ length: before }, (_, nth) => incident(`before-${nth}`, 2 + nth, lasting(20, 2 + nth))),
    ]);
    expect(found.causes[0]).toMatchObject({
      trend,
      isNew,
      before: { perWeek: before / 4, minutes: (before * 20) / 4 },
    });
  });

  test("what nobody could name is counted apart, what is open is said", () => {
    const found = digest([
      incident("a", 16, { roots: [], fingerprints: [], verdict: "unknown" }),
      incident("b", 17, { ...on("worker-8"), ...closedOn(17) }),
    ]);
    expect(found).toMatchObject({ incidents: 2, unknown: 1, open: 1 });
    expect(found.causes).toHaveLength(1);
  });

  test("a node is a repeat from the second incident in a week on, or the third in five", () => {
    const found = digest([
      incident("a1", 16, { ...on("a"), ...cause("oom") }),
      incident("a2", 18, on("a")),
      incident("b1", 2, on("b")),
      incident("b2", 9, on("b")),
      incident("b3", 17, on("b")),
      incident("c1", 9, on("c")),
      incident("c2", 17, on("c")),
      incident("d1", 17, { ...on("a"), cluster: "lab" }),
    ]);
    expect(found.repeatNodes).toEqual([
      { cluster: "prod", node: "a", incidents: 2, before: 0, causes: ["disk-full", "oom"] },
      { cluster: "prod", node: "b", incidents: 1, before: 2, causes: ["disk-full"] },
    ]);
    expect(found.clusters).toEqual(["lab", "prod"]);
  });

  test("however incidents are ordered, the digest is the same", () => {
    const all = Array.from({ length: 12 }, (_, nth) =>
      incident(`i${nth}`, 3 + nth, {
        ...on(`n${nth % 3}`),
        ...cause(nth % 2 ? "oom" : "disk-full"),
        ...lasting(nth, 3 + nth),
      }),
    );
    const wanted = digest(all);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(digest(shuffled)).toEqual(wanted);
      }),
    );
  });
});

describe("what they share", () => {
  const four = ["a", "b", "c", "d"].map((node, nth) =>
    incident(node, 16 + nth, { ...on(node), ...withImage(nth < 3 ? "new" : "old") }),
  );
  const image = ({ causes }: Digest) => causes[0]?.shared.find(({ attribute }) => attribute === "image");

  test("is counted over nodes and told where the others have less of it", () => {
    const others = ["x", "y"].map((node) => incident(node, 3, { ...on(node), ...cause("oom"), ...withImage("old") }));
    const found = digest([...four, incident("again", 20, { ...on("a"), ...withImage("new") }), ...others]);
    expect(found.causes[0]?.shared).toEqual([
      { attribute: "image", value: "new", withCause: 3, ofCause: 4, withOthers: 0, ofOthers: 2 },
    ]);
  });

  test("is told where nothing is known of others", () => {
    expect(image(digest(four))).toMatchObject({ withCause: 3, ofCause: 4, ofOthers: 0 });
  });

  test.each([
    [
      "as many of the others have it",
      [...four, incident("x", 3, { ...on("x"), ...cause("oom"), ...withImage("new") })],
    ],
    ["there are two nodes only", four.slice(0, 2)],
    ["half have it", [...four, incident("e", 20, { ...on("e"), ...withImage("old") })].slice(1)],
  ])("is not told where %s", (_what, incidents) => {
    expect(image(digest(incidents))).toBeUndefined();
  });
});

test("a week is compared with the four before, over the turn of the year too", () => {
  expect(weeksOf(parseWeek("2027-W02")).map(weekId)).toEqual([
    "2026-W51",
    "2026-W52",
    "2026-W53",
    "2027-W01",
    "2027-W02",
  ]);
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
