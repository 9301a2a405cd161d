import { describe, expect, test } from "@jest/globals";
import { closedOn, identity, incident, november } from "../../test/store/samples.ts";
import type { Identity, Incident } from "./incident.ts";
import { type Recurrence, recurrence } from "./recurrence.ts";

const present = incident("present", 30);
const now = november(30, 5);
const ask = (past: readonly Incident[], changes: Partial<Parameters<typeof recurrence>[0]> = {}): Recurrence =>
  recurrence({ past, present, now, fleet: null, ...changes });

const on = (node: string, changes: Partial<Identity> = {}): Partial<Incident> => ({
  node,
  identity: { ...identity, ...changes },
});

describe("on this node", () => {
  test("the first time", () => {
    expect(ask([])).toEqual({
      cause: "disk-full",
      onThisNode: { count: 0, sinceDays: { 7: 0, 30: 0, 90: 0 }, last: null, ofAnyCause: 0, incidents: [] },
      alike: [],
    });
  });

  test("counts by the day it opened, each once, and never the present one", () => {
    const past = [
      incident("a", 24, closedOn(25)),
      incident("b", 22, closedOn(23)),
      incident("b", 22, closedOn(23)),
      incident("old", -20, closedOn(-19)),
      incident("older", -100, closedOn(-99)),
      present,
    ];
    expect(ask(past).onThisNode).toEqual({
      count: 4,
      sinceDays: { 7: 1, 30: 2, 90: 3 },
      last: { at: november(24).toISOString(), id: "a", heldDays: 5 },
      ofAnyCause: 4,
      incidents: ["a", "b", "old", "older"],
    });
  });

  test("only what is the same: fingerprint, node and cluster", () => {
    const past = [
      incident("other-mount", 20, { fingerprints: ["disk-full:0123456789abcdef"] }),
      incident("other-cause", 21, { roots: ["oom"], fingerprints: ["oom"] }),
      incident("other-node", 22, { node: "worker-8" }),
      incident("other-cluster", 23, { cluster: "test" }),
    ];
    expect(ask(past).onThisNode).toMatchObject({ count: 0, last: null, ofAnyCause: 2 });
  });

  test("goes by the fingerprint of the first root", () => {
    const two = incident("present", 30, { roots: ["b", "a"], fingerprints: ["a:1", "b:2"] });
    const past = [incident("x", 20, { fingerprints: ["a:1"] }), incident("y", 21, { fingerprints: ["b:2"] })];
    expect(ask(past, { present: two }).onThisNode.incidents).toEqual(["y"]);
  });

  test.each([
    ["it never ended", incident("a", 24), null],
    ["it ended after this one began, so clocks disagree", incident("a", 24, closedOn(31)), null],
    ["it ended as this one began", incident("a", 24, closedOn(30)), 0],
  ])("how long it held: %s", (_what, last, heldDays) => {
    expect(ask([last]).onThisNode.last?.heldDays).toBe(heldDays);
  });

  test("without a root nothing recurs", () => {
    const unknown = incident("present", 30, { verdict: "unknown", roots: [], fingerprints: [] });
    const answer = ask([incident("a", 24), incident("b", 23, on("worker-8"))], { present: unknown });
    expect(answer).toMatchObject({ cause: null, onThisNode: { count: 0, ofAnyCause: 1 }, alike: [] });
  });
});

describe("alike", () => {
  const past = [
    incident("8", 20, on("worker-8")),
    incident("9", 21, on("worker-9", { image: "Flatcar", zone: null })),
    incident("other", 22, { ...on("worker-10"), roots: ["oom"], fingerprints: ["oom"] }),
  ];
  const byAttribute = (answer: Recurrence) => Object.fromEntries(answer.alike.map((one) => [one.attribute, one]));

  test("counts nodes with the cause, this one too, where the attribute is known", () => {
    const { image, zone } = byAttribute(ask(past));
    expect(image).toEqual({
      attribute: "image",
      value: "Ubuntu 24.04",
      withCause: 2,
      ofCause: 3,
      fleetShare: null,
      incidents: ["present", "8"],
    });
    expect(zone).toMatchObject({ withCause: 2, ofCause: 2 });
  });

  test("a node counts once, as it was last", () => {
    const again = [...past, incident("9-later", 25, on("worker-9")), incident("7-before", 2)];
    expect(byAttribute(ask(again)).image).toMatchObject({
      withCause: 3,
      ofCause: 3,
      incidents: ["present", "9-later", "8"],
    });
  });

  test("the fleet's share is of the nodes that are known to have one", () => {
    const fleet = [
      identity,
      { ...identity, image: "Flatcar" },
      { ...identity, image: null },
      { ...identity, image: "Flatcar" },
    ];
    const { image, zone } = byAttribute(ask(past, { fleet }));
    expect(image?.fleetShare).toBeCloseTo(1 / 3);
    expect(zone?.fleetShare).toBe(1);
  });

  test("one node alone is like nobody, nor is an attribute that is not known here", () => {
    expect(ask([incident("7-before", 2)]).alike).toEqual([]);
    const bare = incident("present", 30, on("worker-7", { image: null }));
    expect(byAttribute(ask(past, { present: bare })).image).toBeUndefined();
  });
});
