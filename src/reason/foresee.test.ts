import { expect, test } from "@jest/globals";
import { causeText, factBase, type Given, knowledgeOf } from "../../test/support/world.ts";
import { foresee } from "./foresee.ts";
import { makeMatcher } from "./match.ts";

const knowledge = knowledgeOf(
  causeText(
    "ends",
    `warnings:
  - { id: dated, says: x, when: { fact: rotates, is: false }, strikes: date, by: end, why: x, steps: [{ do: x }] }
  - { id: logged, says: x, when: { log: 'soon over' }, strikes: restart, why: x, steps: [{ do: x }], seen: here }
`,
  ),
);
const day = 86_400_000;

function look(given: Given, withinMs = 30 * day): Readonly<Record<string, unknown>> {
  const base = factBase(given);
  const world = { base, hits: makeMatcher(knowledge)(base.logs), symptoms: new Map() };
  const found = foresee(knowledge.causes.values(), world, withinMs);
  return Object.fromEntries(found.map(({ warning, outcome, by }) => [warning.id, by ?? outcome.truth]));
}

const at = "2026-06-01T00:00:00Z";
const inDays = (days: number): string => new Date(Date.parse(at) + days * day).toISOString();

test.each<[string, Given, number | boolean | null]>([
  ["within the time", { at, facts: { rotates: false, end: inDays(12) } }, Date.parse(inDays(12))],
  ["over already", { at, facts: { rotates: false, end: inDays(-1) } }, Date.parse(inDays(-1))],
  ["later than that", { at, facts: { rotates: false, end: inDays(31) } }, false],
  ["something keeps it off", { at, facts: { rotates: true, end: inDays(12) } }, false],
  ["there is no such thing", { at, facts: { rotates: false, end: null } }, false],
  ["the time was not read", { at, facts: { rotates: false } }, null],
  ["the condition was not read", { at, facts: { end: inDays(400) } }, false],
  ["neither was read", { at, facts: {} }, null],
  ["now is not known", { facts: { rotates: false, end: inDays(12) } }, null],
  ["a time that is none", { at, facts: { rotates: false, end: "soon" } }, null],
])("a date: %s", (_, given, found) => {
  expect(look(given).dated).toBe(found);
});

test("what only the past shows is no warning", () => {
  const logs = { kubelet: ["2026-05-01T00:00:00Z n kubelet[1]: soon over"] };
  const complete = ["kubelet", "runtime", "kernel"] as const;
  expect(look({ at, logs, complete: [...complete] }).logged).toBe(true);
  expect(look({ at, logs, complete: [...complete], historyBefore: "2026-05-20T00:00:00Z" }).logged).toBe(false);
});
