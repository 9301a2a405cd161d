import { describe, expect, test } from "@jest/globals";
import type { FactValue } from "../fact.ts";
import { machine } from "./machine.ts";

const told = (facts: Readonly<Record<string, FactValue>>, at: string | null = "2026-11-21T12:00:00Z") =>
  machine.derive(new Map(Object.entries(facts)), { at });
const row = (state: string, until: string | null = null) => ({ what: "x", state, from: null, until });

describe("what the cloud says of the machine", () => {
  test("nobody asked leaves no question open", () => {
    expect(told({})).toEqual({
      "machine.state": "not-told",
      "machine.host": "not-told",
      "machine.reachable": "not-told",
      "machine.maintenance": "not-told",
    });
  });

  test.each([
    ["running", false, "running"],
    ["running", true, "running"],
    ["stopped", false, "off"],
    ["terminated", true, "preempted"],
    ["stopping", true, "preempted"],
    ["stopping", false, "changing"],
    ["gone", false, "gone"],
    ["unknown", true, "not-told"],
  ])("%s, preempted %s: %s", (state, preempted, expected) => {
    const facts = { "cloud.instance.state": state, "cloud.preempted": preempted };
    expect(told(facts)["machine.state"]).toBe(expected);
  });

  test.each([
    [[row("announced"), row("under-way")], "under-way"],
    [[row("over", "2026-11-21T11:30:00Z"), row("announced")], "just-over"],
    [[row("over", "2026-11-21T10:30:00Z")], "none"],
    [[row("over", "2026-11-22T10:30:00Z")], "none"],
    [[row("announced")], "announced"],
    [[], "none"],
  ])("maintenance %j: %s", (rows, expected) => {
    expect(told({ "cloud.maintenance.rows": rows })["machine.maintenance"]).toBe(expected);
  });
});
