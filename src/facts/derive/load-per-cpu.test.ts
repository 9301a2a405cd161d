import { expect, test } from "@jest/globals";
import type { FactValue } from "../fact.ts";
import { loadPerCpu } from "./load-per-cpu.ts";

test.each<[Readonly<Record<string, FactValue>>, object]>([
  [{ "load.one": 7, "cpu.count": 2 }, { "load.perCpu": 3.5 }],
  [{ "load.one": 7 }, {}],
  [{ "load.one": 7, "cpu.count": 0 }, {}],
])("%j gives %j", (known, derived) => {
  expect(loadPerCpu.derive(new Map(Object.entries(known)), { at: null })).toEqual(derived);
});
