import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EvidenceSet } from "../../../src/evidence/evidence.ts";
import { writeBundle } from "../../../src/platform/files/bundle/bundle.ts";
import type { Tried } from "./matrix.ts";
import { type Trace, withoutTraces } from "./traces.ts";

export interface RecordWish {
  /** A folder with one folder for each fault: `test/lab/recordings`, or `test/bundles`, which the demo plays. */
  readonly into: string;
  /** Also where the answer was wrong: something to work on, and not to commit before it is right. */
  readonly wrong: boolean;
  /** What the host under the lab is called is nobody's business. */
  readonly traces: readonly Trace[];
}

/**
 * Saves what was read of the broken node, and of the healed one where the bot's action mended it (the demo shows
 * both). Redacted as every bundle is.
 */
export async function saveRecordings(
  { fault, node, outcome, recordings }: Tried,
  { into, wrong, traces }: RecordWish,
): Promise<void> {
  if (recordings?.broken == null || !(wrong || outcome.wrong.length === 0)) return;
  const folder = join(into, fault.name);
  mkdirSync(folder, { recursive: true });
  const save = (name: string, set: EvidenceSet): Promise<void> =>
    writeBundle(join(folder, name), withoutTraces(set, traces));
  await save("bundle.json.gz", recordings.broken.evidence);
  if (recordings.healed !== null && "action" in fault.heal) await save("healed.json.gz", recordings.healed.evidence);
  // Of two faults the report may name both: what counts is the first.
  const alsoRight = [...(fault.kind === "compound" ? [fault.root] : []), ...fault.also.map(({ id }) => id)];
  // What must be named comes from the fault's file, never from the answer that is to be tested.
  const expected = {
    node,
    roots: [fault.root],
    ...(alsoRight.length > 0 ? { alsoRight } : {}),
    verdict: fault.verdict,
  };
  writeFileSync(join(folder, "expect.json"), `${JSON.stringify(expected, null, 2)}\n`);
  writeFileSync(join(folder, "note.md"), `# ${fault.name}\n\n${fault.about}\n`);
}
