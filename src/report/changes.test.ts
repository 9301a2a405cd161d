import { expect, test } from "@jest/globals";
import type { FactBase } from "../facts/base.ts";
import type { FactValue } from "../facts/fact.ts";
import type { Reasoning } from "../reason/reason.ts";
import { changesBefore } from "./changes.ts";

const from = { probe: "p", source: "ssh", asked: [], at: null } as const;
const base = (facts: Readonly<Record<string, FactValue>>): FactBase => ({
  vocabulary: new Map(),
  facts: new Map(
    Object.entries(facts).map(([name, value]) => [name, { kind: "value", value, from, line: null, since: null }]),
  ),
  logs: new Map(),
  now: null,
});
const nobodyKnows = { verdict: "unknown", roots: [] } as unknown as Reasoning;
const rows = [
  { at: "2026-11-19T02:00:00Z", kind: "file", what: "/etc/hosts written", who: "root" },
  { at: "2026-11-21T02:05:01Z", kind: "package", what: "package containerd upgraded 1.6.20 -> 1.7.2", who: null },
  { at: "2026-11-21T02:10:00Z", kind: "cordon", what: "cordon set", who: "kubectl" },
  { at: "2026-11-21T02:20:00Z", kind: "file", what: "/etc/fstab written", who: "root" },
];

test("shows what changed within the day before the last heartbeat", () => {
  const facts = { "change.rows": rows, "node.heartbeat": "2026-11-21T02:10:30Z" };
  expect(changesBefore(base(facts), nobodyKnows).map(({ at, says }) => [at, says])).toEqual([
    ["2026-11-21T02:05:01.000Z", "package containerd upgraded 1.6.20 -> 1.7.2"],
    ["2026-11-21T02:10:00.000Z", "cordon set (kubectl)"],
  ]);
});

test("a root's own beginning counts before the heartbeat", () => {
  const facts = { "change.rows": rows, "node.heartbeat": "2026-11-21T02:10:30Z" };
  const known = { verdict: "confirmed", roots: [{ onset: Date.parse("2026-11-21T02:05:02Z") }] } as never;
  expect(changesBefore(base(facts), known)).toHaveLength(1);
});

test("of a healthy node, and where nobody knows when it began, nothing is shown", () => {
  const facts = { "change.rows": rows, "node.heartbeat": "2026-11-21T02:10:30Z" };
  expect(changesBefore(base(facts), { verdict: "none", roots: [] } as never)).toEqual([]);
  expect(changesBefore(base({ "change.rows": rows }), nobodyKnows)).toEqual([]);
});
