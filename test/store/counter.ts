import type { Documents } from "../../src/platform/store/documents.ts";

/** One step of a shared counter by compare-and-set, again and again until it is the one that counts. */
export async function addOne(documents: Documents): Promise<void> {
  for (;;) {
    const counter = await documents.get("things", "counter");
    if (!counter) throw new Error("the counter is gone");
    const answer = await documents.replaceIfRevision("things", { ...counter, steps: Number(counter.steps) + 1 });
    if (answer === "ok") return;
  }
}
