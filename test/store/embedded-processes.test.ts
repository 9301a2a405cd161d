/** Several real processes on one folder, some of them killed: nothing that was acknowledged is lost. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { openEmbedded } from "../../src/platform/store/embedded.ts";
import { inFreshFolder } from "./embedded-under-test.ts";

const script = fileURLToPath(new URL("./child.ts", import.meta.url));
const atOnce = 4;
const kills = 20;

describe("processes on one embedded store", () => {
  test(
    `${kills} writers killed at random moments lose nothing that was acknowledged`,
    inFreshFolder(async (dir) => {
      const moments = fc.sample(fc.integer({ min: 1, max: 120 }), { numRuns: kills, seed: 2026 });
      const acknowledged: string[] = [];
      while (moments.length > 0) {
        const batch = moments.splice(0, atOnce);
        const lists = await Promise.all(
          batch.map((moment, nth) => killedWriter(dir, `${moments.length}-${nth}`, moment)),
        );
        acknowledged.push(...lists.flat());
      }
      const documents = await openEmbedded({ dir });
      const missing = [];
      for (const id of acknowledged) if (!(await documents.get("things", id))) missing.push(id);
      const stored = await documents.count("things", {});
      await documents.close();
      expect(missing).toEqual([]);
      expect(acknowledged.length).toBeGreaterThanOrEqual(kills);
      // A killed writer has at most one insert that it could not acknowledge any more.
      expect(stored - acknowledged.length).toBeLessThanOrEqual(kills);
    }),
  );

  test(
    "counters in other processes lose no step",
    inFreshFolder(async (dir) => {
      const documents = await openEmbedded({ dir });
      await documents.insert("things", { _id: "counter", revision: 0, steps: 0 });
      const ends = await Promise.all(Array.from({ length: atOnce }, () => exitOf(child("count", dir, "25"))));
      const counter = await documents.get("things", "counter");
      await documents.close();
      expect(ends).toEqual(Array.from({ length: atOnce }, () => 0));
      expect(counter).toEqual({ _id: "counter", revision: 25 * atOnce, steps: 25 * atOnce });
    }),
  );
});

function child(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function exitOf(process: ChildProcess): Promise<number | null> {
  const [code] = await once(process, "exit");
  return code;
}

/** Starts a writer, kills it once it acknowledged `moment` inserts, and returns all that it acknowledged. */
async function killedWriter(dir: string, name: string, moment: number): Promise<readonly string[]> {
  const writer = child("insert", dir, name);
  let printed = "";
  writer.stdout?.on("data", (bytes: Buffer) => {
    printed += bytes.toString();
    if (printed.split("\n").length > moment) writer.kill("SIGKILL");
  });
  const [, signal] = await once(writer, "close");
  expect(signal).toBe("SIGKILL");
  return printed.split("\n").slice(0, -1);
}
