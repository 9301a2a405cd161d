import { expect, test } from "@jest/globals";
import type { FactValue } from "../fact.ts";
import { modulesKnown } from "./modules-known.ts";

test.each<[Readonly<Record<string, FactValue>>, object]>([
  [{ "modules.loaded": [], "modules.builtin": ["vxlan"] }, { "modules.known": true }],
  [{ "modules.loaded": [] }, {}],
  [{ "modules.builtin": ["vxlan"] }, {}],
])("%j gives %j", (known, derived) => {
  expect(modulesKnown.derive(new Map(Object.entries(known)), { at: null })).toEqual(derived);
});
