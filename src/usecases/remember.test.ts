import { describe, expect, test } from "@jest/globals";
import { healthy as sound } from "../../test/present/reports.ts";
import { healthy, november, summary } from "../../test/store/samples.ts";
import type { Incident } from "../remember/incident.ts";
import type { IncidentStore } from "../remember/incident-store.ts";
import { opened, withReport } from "../remember/life.ts";
import { withMemory } from "./remember.ts";

const over = (id: string, day: number, root: string): Incident =>
  withReport(
    opened(
      { id, openedAt: november(day).toISOString() },
      summary({ roots: [root], fingerprints: [root] }),
      november(day),
    ),
    healthy({}),
    november(day + 1),
  );

function store(past: readonly Incident[], closed?: Incident): IncidentStore {
  return {
    openFor: async () => undefined,
    record: async () => closed,
    history: async () => past,
    byCause: async () => [],
    between: async function* () {},
  };
}

async function remembered(past: readonly Incident[], closed?: Incident) {
  const report = { ...sound, memory: null };
  const ports = { incidents: store(past, closed), memoryProblem: null, now: november(20), askedBy: "cli", fleet: null };
  return (await withMemory(report, ports)).memory;
}

describe("a node of which nothing is wrong", () => {
  test("without a past", async () => {
    expect(await remembered([])).toMatchObject({
      incident: null,
      cause: null,
      onThisNode: { count: 0, last: null, ofAnyCause: 0 },
    });
  });

  test("its last trouble is named, with how often it had it and how long it held", async () => {
    const past = [over("inc-3", 10, "disk-full"), over("inc-2", 5, "system-oom"), over("inc-1", 2, "disk-full")];
    expect(await remembered(past)).toMatchObject({
      incident: null,
      cause: "disk-full",
      onThisNode: { count: 2, last30Days: 2, last: { at: november(10).toISOString(), heldDays: 9 }, ofAnyCause: 3 },
    });
  });

  test("one that has just healed: the incident that ends is told from those before it", async () => {
    const ending = over("inc-2", 19, "system-oom");
    expect(await remembered([ending, over("inc-1", 2, "disk-full")], ending)).toMatchObject({
      incident: "inc-2",
      cause: "system-oom",
      onThisNode: { ofAnyCause: 1 },
    });
  });
});
