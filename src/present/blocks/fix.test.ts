import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { validateMessageBlocks, validateView } from "../../demo/slack/validate/validate.ts";
import type { FixShown, ProposalShown } from "../fix.ts";
import { fixButtons, fixEnd, fixProgress, noteDialog, proposalDialog } from "./fix.ts";

const at = "2026-11-21T12:00:00.000Z";

function shown(words: string, count: number): FixShown {
  const ids = Array.from({ length: count }, (_, index) => `step-${index}`);
  return {
    _id: "fix-1",
    cluster: "lab",
    node: words.slice(0, 253) || "n2",
    address: words.slice(0, 253),
    cause: words.slice(0, 100),
    causeSays: words,
    action: "restart-runtime",
    state: "failed",
    plan: ids.map((id) => ({ id, says: words, argv: [words], sudo: true, unlessWellWithinMs: 60_000 })),
    proposedBy: "U0ANA",
    confirmedBy: "U0ANA",
    confirmedAt: at,
    endedAt: at,
    expiresAt: at,
    bundle: null,
    steps: ids.map((id) => ({ id, state: "failed", tookMs: 1, exitCode: 1, output: words, says: words })),
    checks: ids.map((id) => ({ id, holds: false, says: words })),
    outcome: { says: words, next: words },
  };
}

function proposal(words: string, token: string | null): ProposalShown {
  return {
    remediation: shown(words, 5),
    token,
    action: { title: words.slice(0, 24) || "x", says: words, risk: "low", riskSays: words, ifItFails: words },
    report: {
      at,
      verdict: "confirmed",
      causes: [],
      status: "NotReady",
      impact: { pods: null, byController: null, withoutController: null, localData: null, evictionStarts: null },
    } as unknown as ProposalShown["report"],
    record: { tried: 3, succeeded: 2, last: { at, state: "failed", cluster: words, node: words } },
    guards: Array.from({ length: 9 }, (_, index) => ({
      guard: `g${index}`,
      passes: index > 3,
      says: words,
      unblock: words,
    })),
  };
}

/** Long, empty, with control characters, with Slack's own markup. */
const words = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ minLength: 1_000, maxLength: 2_000 }),
  fc.constantFrom("", "<!channel> *x*", "\u0000\u001b[31m", "x".repeat(2_000)),
);

describe("whatever a node and its knowledge say, Slack takes it", () => {
  test("dialogs", () => {
    fc.assert(
      fc.property(words, fc.constantFrom(null, "token"), (text, token) => {
        expect(validateView(proposalDialog(proposal(text, token), "{}"))).toMatchObject({ ok: true });
        expect(validateView(noteDialog("Fix…", text, ["U0ANA"]))).toMatchObject({ ok: true });
      }),
      { numRuns: 50 },
    );
  });

  test("messages in the thread", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 20 }), (text, count) => {
        for (const { blocks, text: fallback } of [fixProgress(shown(text, count)), fixEnd(shown(text, count), text)]) {
          expect(validateMessageBlocks(blocks)).toMatchObject({ ok: true });
          expect(fallback.length).toBeLessThanOrEqual(4_000);
          expect(fallback).not.toContain("<!");
        }
      }),
      { numRuns: 50 },
    );
  });
});

test("without a token nothing can be submitted", () => {
  expect(proposalDialog(proposal("x", null), "{}")).not.toHaveProperty("submit");
  expect(proposalDialog(proposal("x", "token"), "{}")).toMatchObject({
    private_metadata: "{}",
    submit: { text: expect.any(String) },
  });
});

test("only people's ids become names, and only ours", () => {
  const { blocks } = fixProgress({ ...shown("U0BO did it", 1), outcome: null });
  expect(JSON.stringify(blocks)).toContain('"user_id":"U0ANA"');
  expect(JSON.stringify(blocks)).not.toContain('"user_id":"U0BO"');
});

test("one fix has a short button; several say which", () => {
  const button = (action: string) => ({ action, value: "{}" });
  const labels = (...actions: string[]) => fixButtons(actions.map(button)).elements.map(({ text }) => text.text);
  expect(labels("a")).toEqual(["Fix…"]);
  expect(labels("a", "b")).toEqual(["Fix… (a)", "Fix… (b)"]);
});
