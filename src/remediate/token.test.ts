import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Step } from "./action.ts";
import { type Bound, fits, planHashOf, sealOf } from "./token.ts";

const bound: Bound = { id: "fix-1", cluster: "lab", node: "n2", cause: "runtime-stopped", bootId: "b", planHash: "h" };
const step: Step = {
  id: "a",
  says: "A",
  argv: ["systemctl", "restart", "a.service"],
  sudo: true,
  timeoutMs: 1,
  restarts: "a.service",
  unlessWellWithinMs: null,
};

test("only the very token fits", () => {
  const seal = sealOf("secret", bound);
  expect(fits("secret", bound, seal)).toBe(true);
  fc.assert(fc.property(fc.string(), (guess) => guess === "secret" || !fits(guess, bound, seal)));
});

test("no field it is bound to may differ", () => {
  const seal = sealOf("secret", bound);
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(bound) as (keyof Bound)[])),
      fc.string(),
      (field, value) => value === bound[field] || !fits("secret", { ...bound, [field]: value }, seal),
    ),
  );
});

test("moving text from one field to the next is another binding", () => {
  expect(sealOf("t", { ...bound, cluster: "la", node: "bn2" })).not.toBe(sealOf("t", bound));
});

test.each<[string, Partial<Step>]>([
  ["argument", { argv: ["systemctl", "restart", "b.service"] }],
  ["split of the arguments", { argv: ["systemctl", "restart a.service"] }],
  ["user", { sudo: false }],
  ["limit", { timeoutMs: 2 }],
  ["condition", { unlessWellWithinMs: 1 }],
])("another %s is another plan", (_, change) => {
  expect(planHashOf("x", [{ ...step, ...change }])).not.toBe(planHashOf("x", [step]));
});
