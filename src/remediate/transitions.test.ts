import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { Bug } from "../shared/errors.ts";
import { type Remediation, remediationSchema, type State, states } from "./remediation.ts";
import { confirmed, type Ending, finished, running, stepEnded, stepStarted, verifying } from "./transitions.ts";

const now = new Date("2026-11-21T12:00:00.000Z");
const at = now.toISOString();
const nodeNow = { at, ready: null, readyMessage: null, healthz: null, bootId: null, heartbeat: null, units: [] };
const step = { says: "", argv: ["true"], sudo: false, timeoutMs: 1, restarts: "a.service", unlessWellWithinMs: null };

const proposed: Remediation = {
  _id: "fix-1",
  revision: 0,
  cluster: "lab",
  node: "n2",
  address: "10.0.0.2",
  cause: "runtime-stopped",
  causeSays: "",
  action: "restart-runtime",
  state: "proposed",
  plan: [
    { ...step, id: "one" },
    { ...step, id: "two" },
  ],
  planHash: "h",
  bootId: "b",
  seal: "s",
  place: { surface: "cli", team: null, channel: null, thread: null },
  proposedAt: at,
  proposedBy: "U0ANA",
  expiresAt: at,
  confirmedAt: null,
  confirmedBy: null,
  endedAt: null,
  ran: false,
  steps: [],
  bundle: null,
  before: null,
  after: null,
  nodeBefore: null,
  nodeAfter: null,
  checks: [],
  outcome: null,
  news: "none",
  transitions: [{ at, state: "proposed", by: "U0ANA" }],
};

const ending = (state: Ending["state"]): Ending => ({
  state,
  outcome: { code: "bug", guard: null, says: "", next: null },
});
const moves = {
  confirm: (from: Remediation) => confirmed(from, "U0ANA", now),
  run: (from: Remediation) => running(from, nodeNow, "U0ANA", now),
  one: (from: Remediation) => stepStarted(from, "one", now),
  two: (from: Remediation) => stepStarted(from, "two", now),
  done: (from: Remediation) =>
    stepEnded(from, "one", { state: "done", exitCode: 0, output: "", says: "", tookMs: 1 }, now),
  verify: (from: Remediation) => verifying(from, "U0ANA", now),
  succeed: (from: Remediation) => finished(from, ending("succeeded"), "U0ANA", now),
  fail: (from: Remediation) => finished(from, ending("failed"), "U0ANA", now),
  refuse: (from: Remediation) => finished(from, ending("refused"), "U0ANA", now),
  expire: (from: Remediation) => finished(from, ending("expired"), "U0ANA", now),
  interrupt: (from: Remediation) => finished(from, ending("interrupted"), "U0ANA", now),
};
type Move = keyof typeof moves;
const names = Object.keys(moves) as Move[];

/** What cannot happen throws Bug and leaves everything as it was. */
function tried(from: Remediation, move: Move): Remediation {
  try {
    return moves[move](from);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(Bug);
    return from;
  }
}

test("whatever is tried in whatever order: no step begins twice or unconfirmed, and an end stays", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...names), { maxLength: 30 }), (tries) => {
      let record = proposed;
      for (const move of tries) {
        const next = tried(record, move);
        if (record.endedAt !== null) expect(next.state).toBe(record.state);
        record = next;
      }
      expect(remediationSchema.safeParse(record).success).toBe(true);
      expect(new Set(record.steps.map(({ id }) => id)).size).toBe(record.steps.length);
      if (record.steps.length > 0) expect(record.confirmedBy).toBe("U0ANA");
      expect((record.endedAt === null) === (record.outcome === null)).toBe(true);
    }),
  );
});

test.each<readonly [readonly Move[], State]>([
  [["confirm", "run", "one", "verify", "succeed"], "succeeded"],
  [["confirm", "refuse"], "refused"],
  [["confirm", "run", "one", "fail"], "failed"],
  [["expire", "confirm"], "expired"],
  [["run"], "proposed"],
  [["confirm", "succeed"], "confirmed"],
  [["confirm", "run", "one", "interrupt", "two"], "interrupted"],
])("%j ends as %s", (tries, state) => {
  expect(tries.reduce(tried, proposed).state).toBe(state);
});

test("every state can be reached", () => {
  const reached = new Set<State>();
  const visit = (record: Remediation, depth: number): void => {
    reached.add(record.state);
    if (depth > 0) for (const move of names) if (tried(record, move) !== record) visit(tried(record, move), depth - 1);
  };
  visit(proposed, 5);
  expect([...reached].sort()).toEqual([...states].sort());
});

test("a step that was surely not run does not count as an act", () => {
  const begun = tried(tried(tried(proposed, "confirm"), "run"), "one");
  expect(begun.ran).toBe(true);
  expect(stepEnded(begun, "one", { state: "not-run", exitCode: null, output: "", says: "", tookMs: 0 }, now).ran).toBe(
    false,
  );
  expect(stepEnded(begun, "one", { state: "unknown", exitCode: null, output: "", says: "", tookMs: 0 }, now).ran).toBe(
    true,
  );
});
