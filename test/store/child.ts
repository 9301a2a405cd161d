/**
 * Another process on the same embedded store, for embedded-processes.test.ts.
 *   child.ts insert DIR NAME     inserts NAME-0, NAME-1, … for ever and prints each id once it is acknowledged
 *   child.ts count DIR STEPS     adds 1 to the counter STEPS times by compare-and-set
 */
import { writeSync } from "node:fs";
import { argv } from "node:process";
import { openEmbedded } from "../../src/platform/store/embedded.ts";
import { addOne } from "./counter.ts";

const [, , mode, dir = "", argument = ""] = argv;
const documents = await openEmbedded({ dir });

if (mode === "insert") {
  for (let number = 0; ; number += 1) {
    const _id = `${argument}-${number}`;
    await documents.insert("things", { _id, revision: 0, text: "x".repeat(500) });
    writeSync(1, `${_id}\n`);
  }
}
for (let step = 0; step < Number(argument); step += 1) await addOne(documents);
await documents.close();
