import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import type { EvidenceSet } from "../../src/evidence/evidence.ts";
import { readBundle } from "../../src/platform/files/bundle/bundle.ts";
import { realEngine } from "../support/engine.ts";
import { loadFaults } from "./fault/load.ts";
import type { Fault } from "./fault-schema.ts";
import { judge } from "./matrix/judge.ts";

/** Every recorded fault, answered from what was read on the real node, without one: expected is what its file says. */
const folder = fileURLToPath(new URL("recordings/", import.meta.url));
const file = (name: string, what: string): string => `${folder}${name}/${what}.json.gz`;
const recorded = existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(file(name, "bundle"))) : [];
const faults = new Map(loadFaults().map((fault) => [fault.name, fault]));

const report = async (set: EvidenceSet): Promise<Parameters<typeof judge>[1]> => (await realEngine()).judge(set).report;

test("what was recorded is still a fault", () => {
  expect(recorded.filter((name) => !faults.has(name))).toEqual([]);
});

for (const name of recorded)
  describe(name, () => {
    test("is named as its file says", async () => {
      expect(judge(faults.get(name) as Fault, await report(await readBundle(file(name, "bundle")))).wrong).toEqual([]);
    });

    if (existsSync(file(name, "healed"))) {
      test("mended, it is over", async () => {
        expect((await report(await readBundle(file(name, "healed")))).verdict).toBe("none");
      });
    }
  });
