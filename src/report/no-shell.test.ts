import { expect, test } from "@jest/globals";
import type { FactBase } from "../facts/base.ts";
import type { FactState } from "../facts/fact.ts";
import { noShell } from "./no-shell.ts";

const from = { probe: "node-object", source: "kubernetes", asked: [], at: null } as const;
const base = (facts: Readonly<Record<string, FactState>>): FactBase => ({
  vocabulary: new Map(),
  facts: new Map(Object.entries(facts)),
  logs: new Map(),
  now: null,
});

test("a node without a shell says so in one line", () => {
  const state: FactState = { kind: "value", value: "Talos has no shell", from, line: null, since: null };
  expect(noShell(base({ "node.noShell": state }))).toMatchObject([{ detail: "Talos has no shell", grant: null }]);
});

test("others say nothing", () => {
  expect(noShell(base({ "node.noShell": { kind: "absent", detail: "", from } }))).toEqual([]);
});
