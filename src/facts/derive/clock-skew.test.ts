import { expect, test } from "@jest/globals";
import type { FactValue } from "../fact.ts";
import { clockSkew } from "./clock-skew.ts";

test.each<[string, Readonly<Record<string, FactValue>>, object]>([
  ["the collector is right", { "clock.offsetSeconds": 300, "api.offsetSeconds": 1 }, { "clock.skewSeconds": 300 }],
  [
    "the collector is wrong, the node right",
    { "clock.offsetSeconds": -600, "api.offsetSeconds": -600 },
    { "clock.skewSeconds": 0 },
  ],
  ["the API server was not asked", { "clock.offsetSeconds": -2 }, { "clock.skewSeconds": -2 }],
  ["the node was not asked", { "api.offsetSeconds": 0 }, {}],
])("%s", (_, known, derived) => {
  expect(clockSkew.derive(new Map(Object.entries(known)), { at: null })).toEqual(derived);
});
