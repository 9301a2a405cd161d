import { expect, test } from "@jest/globals";
import type { NodeNow } from "./node-now.ts";
import { checkIds, type Proof, verified } from "./verify.ts";

const unit = { unit: "containerd.service", active: "active", startedAt: "2026-11-21T12:00:00.000Z", pid: 10 };
const before: NodeNow = {
  at: "2026-11-21T12:00:10.000Z",
  ready: "False",
  readyMessage: null,
  healthz: "ok",
  bootId: "b",
  heartbeat: "2026-11-21T12:00:05.000Z",
  units: [unit],
};
const after: NodeNow = {
  ...before,
  ready: "True",
  heartbeat: "2026-11-21T12:01:00.000Z",
  units: [{ ...unit, startedAt: "2026-11-21T12:00:20.000Z", pid: 20 }],
};
const proof: Proof = {
  cause: "runtime-stopped",
  restarted: ["containerd.service"],
  before,
  after,
  heldMs: 300_000,
  holdMs: 300_000,
  report: { verdict: "none", roots: ["none"], status: "Ready" },
};

const missed = (change: Partial<Proof>): readonly string[] =>
  verified(checkIds, { ...proof, ...change })
    .filter(({ holds }) => !holds)
    .map(({ id }) => id);
const now = (change: Partial<NodeNow>): Partial<Proof> => ({ after: { ...after, ...change } });
const restarted = (change: Partial<typeof unit>): Partial<Proof> => now({ units: [{ ...unit, ...change }] });

test.each<readonly [string, Partial<Proof>, readonly string[]]>([
  ["all shown", {}, []],
  ["Ready is False", now({ ready: "False" }), ["ready"]],
  ["Ready is not known", now({ ready: null }), ["ready"]],
  ["held a millisecond too short", { heldMs: 299_999 }, ["held"]],
  ["no heartbeat since", now({ heartbeat: before.heartbeat }), ["heartbeat"]],
  ["heartbeat not known", now({ heartbeat: null }), ["heartbeat"]],
  ["healthz refused", now({ healthz: "refused" }), ["healthz"]],
  ["healthz not known", now({ healthz: null }), ["healthz"]],
  ["never started anew", restarted({}), ["happened"]],
  ["started anew within the same second", restarted({ pid: 11 }), []],
  ["started anew and failed", restarted({ startedAt: "2026-11-21T12:00:20.000Z", active: "failed" }), ["happened"]],
  ["an earlier start than before", restarted({ startedAt: "2026-11-21T11:00:00.000Z", pid: 9 }), ["happened"]],
  ["the unit is not known", now({ units: [] }), ["happened"]],
  ["nothing was run", { restarted: [] }, ["happened"]],
  ["the unit had never been started", { before: { ...before, units: [] } }, []],
  ["booted meanwhile", now({ bootId: "c" }), ["same-boot"]],
  ["the boot is not known", now({ bootId: null }), ["same-boot"]],
  ["no new diagnosis", { report: null }, ["diagnosis"]],
  [
    "the cause is still named",
    { report: { verdict: "likely", roots: ["runtime-stopped"], status: "Ready" } },
    ["diagnosis"],
  ],
  ["another cause is named", { report: { verdict: "confirmed", roots: ["disk-full"], status: "Ready" } }, []],
])("%s", (_, change, expected) => {
  expect(missed(change)).toEqual(expected);
});
