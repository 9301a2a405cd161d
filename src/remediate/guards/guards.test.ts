import { describe, expect, test } from "@jest/globals";
import { guards } from "./all.ts";
import { type Judgement, judge, type Situation } from "./guard.ts";

const fine: Situation = {
  now: new Date("2026-11-21T12:00:00.000Z"),
  node: "n2",
  mode: "confirm",
  person: "allowed",
  expiresAt: "2026-11-21T12:15:00.000Z",
  fleet: { total: 10, notReady: 1, thisOneCounted: true },
  othersUnderWay: 0,
  atWork: "nobody",
  lastActed: "never",
  labels: new Map([["zone", "a"]]),
  bootId: { proposed: "boot-1", now: "boot-1" },
  limits: { notReadyPercent: 20, atOnce: 3, cooldownMs: 600_000 },
};

function blocking(change: Partial<Situation>): readonly Judgement[] {
  return judge(guards, { ...fine, ...change }).filter(({ passes }) => !passes);
}

test("where all is well nothing blocks", () => {
  expect(blocking({})).toEqual([]);
});

type Row = readonly [string, Partial<Situation>, string | null];
const rows: readonly Row[] = [
  ["mode propose", { mode: "propose" }, "mode"],
  ["mode off", { mode: "off" }, "mode"],
  ["a person who may not", { person: { why: "not among the operators" } }, "person"],
  ["one millisecond before the end", { expiresAt: "2026-11-21T12:00:00.001Z" }, null],
  ["at the end", { expiresAt: "2026-11-21T12:00:00.000Z" }, "in-time"],
  ["somebody at work", { atWork: { by: "U0BO", since: "2026-11-21T11:59:00.000Z" } }, "one-per-node"],
  ["acted on exactly ten minutes ago", { lastActed: "2026-11-21T11:50:00.000Z" }, null],
  ["acted on a millisecond less than ten minutes ago", { lastActed: "2026-11-21T11:50:00.001Z" }, "cooldown"],
  ["acted on by a clock that is ahead", { lastActed: "2026-11-21T12:05:00.000Z" }, "cooldown"],
  ["2 of 10 NotReady", { fleet: { total: 10, notReady: 2, thisOneCounted: true } }, null],
  ["3 of 10 NotReady", { fleet: { total: 10, notReady: 3, thisOneCounted: true } }, "fleet"],
  [
    "2 of 11 NotReady and this one Ready: 20 % of 11 is rounded up",
    { fleet: { total: 11, notReady: 2, thisOneCounted: false } },
    null,
  ],
  [
    "2 of 10 NotReady and this one Ready counts as a third",
    { fleet: { total: 10, notReady: 2, thisOneCounted: false } },
    "fleet",
  ],
  ["the only node", { fleet: { total: 1, notReady: 1, thisOneCounted: true } }, null],
  ["1 of 3", { fleet: { total: 3, notReady: 1, thisOneCounted: true } }, null],
  ["2 of 3", { fleet: { total: 3, notReady: 2, thisOneCounted: true } }, "fleet"],
  ["one other under repair of 10", { othersUnderWay: 1 }, null],
  ["two others under repair of 10: the share allows 2", { othersUnderWay: 2 }, "at-once"],
  ["two others of 100", { othersUnderWay: 2, fleet: { total: 100, notReady: 3, thisOneCounted: true } }, null],
  [
    "three others of 100: never more than three",
    { othersUnderWay: 3, fleet: { total: 100, notReady: 3, thisOneCounted: true } },
    "at-once",
  ],
  ["opted out", { labels: new Map([["node-why.dev/opt-out", ""]]) }, "opt-out"],
  ["opted out with true", { labels: new Map([["node-why.dev/opt-out", "true"]]) }, "opt-out"],
  ["opting out taken back", { labels: new Map([["node-why.dev/opt-out", "false"]]) }, null],
  ["another boot", { bootId: { proposed: "boot-1", now: "boot-2" } }, "same-boot"],
  ["nothing proposed yet", { bootId: { proposed: null, now: "boot-2" } }, null],
];

test.each(rows)("%s", (_, change, guard) => {
  expect(blocking(change).map((each) => each.guard)).toEqual(guard === null ? [] : [guard]);
});

describe("a guard that cannot answer refuses", () => {
  test.each<readonly [string, Partial<Situation>, readonly string[]]>([
    ["the fleet", { fleet: null }, ["fleet", "at-once"]],
    ["who is under repair", { othersUnderWay: null }, ["at-once"]],
    ["who is at work", { atWork: null }, ["one-per-node"]],
    ["when it was acted on", { lastActed: null }, ["cooldown"]],
    ["the labels", { labels: null }, ["opt-out"]],
    ["the boot", { bootId: { proposed: "boot-1", now: null } }, ["same-boot"]],
  ])("%s is not known", (_, change, expected) => {
    expect(blocking(change).map(({ guard }) => guard)).toEqual(expected);
  });
});

test("every refusal says what would unblock it, and those that count say their number", () => {
  const counted = ["one-per-node", "cooldown", "fleet", "at-once"];
  for (const [, change, guard] of rows.filter(([, , blocks]) => blocks !== null)) {
    const [refusal] = blocking(change);
    expect(refusal?.unblock?.length).toBeGreaterThan(5);
    if (counted.includes(guard ?? "")) expect(refusal?.says).toMatch(/\d/);
  }
});
