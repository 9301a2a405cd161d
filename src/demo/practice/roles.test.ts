import { describe, expect, test } from "@jest/globals";
import { OperatorError } from "../../shared/errors.ts";
import { castRoles } from "./roles.ts";
import { nodeSet, recording } from "./testing.ts";

const stopped = recording("kubelet-stopped", nodeSet("inactive"), "kubelet-stopped");
const healthy = recording("healthy", nodeSet("active"), "none");

describe("who plays what", () => {
  test("every recording has a name that does not tell its fault, and an address of its own", () => {
    const roles = castRoles([stopped, healthy, stopped]);
    expect(roles.map(({ name }) => name).slice(0, 3)).toEqual(["practice-1", "practice-2", "practice-3"]);
    expect(new Set(roles.map(({ address }) => address)).size).toBe(roles.length);
  });

  test("one node in five is broken, the others are the healthy one again", () => {
    const roles = castRoles([stopped, healthy, stopped]);
    expect(roles).toHaveLength(10);
    expect(roles.slice(3).every(({ broken }) => broken === healthy.set)).toBe(true);
  });

  test("without a healthy recording there is no crowd and nothing to heal to", () => {
    expect(castRoles([stopped])).toMatchObject([{ broken: stopped.set, healthy: null }]);
  });

  test("a node that was recorded after its fault was mended heals to that", () => {
    const healed = nodeSet("active");
    expect(castRoles([{ ...stopped, healed }, healthy])[0]?.healthy).toBe(healed);
    expect(castRoles([stopped, healthy])[0]?.healthy).toBe(healthy.set);
  });

  test("hundreds of recordings have addresses too", () => {
    const roles = castRoles(Array.from({ length: 400 }, () => stopped));
    expect(new Set(roles.map(({ address }) => address)).size).toBe(400);
  });

  test("a recording of nobody cannot be played", () => {
    expect(() => castRoles([{ ...stopped, set: { ...stopped.set, node: null } }])).toThrow(OperatorError);
  });
});
