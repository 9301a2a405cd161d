import { mkdirSync, writeFileSync } from "node:fs";
import type { EvidenceSet } from "../../../src/evidence/evidence.ts";
import { writeBundle } from "../../../src/platform/files/bundle/bundle.ts";
import type { Tried } from "./matrix.ts";

const bundles = new URL("../../bundles/", import.meta.url);

/**
 * Saves what was read of the broken node and of the healed one into test/bundles, where the fast tests and the demo
 * find it. Redacted as every bundle is; `scrub`: patterns that are taken out too.
 */
export async function saveRecordings({ fault, node, recordings }: Tried, scrub: readonly string[]): Promise<void> {
  if (recordings?.broken == null) return;
  const folder = new URL(`${fault.name}/`, bundles);
  mkdirSync(folder, { recursive: true });
  const save = (name: string, set: EvidenceSet): Promise<void> =>
    writeBundle(new URL(name, folder).pathname, scrubbed(set, scrub));
  await save("bundle.json.gz", recordings.broken.evidence);
  if (recordings.healed?.report.verdict === "none" && fault.kind !== "healthy")
    await save("healed.json.gz", recordings.healed.evidence);
  // What must be named comes from the fault's file, never from the answer that is to be tested.
  // Of two faults the report may name both: what counts is the first.
  const alsoRight = [...(fault.kind === "compound" ? [fault.root] : []), ...fault.also.map(({ id }) => id)];
  const expected = { node, roots: [fault.root], alsoRight, verdict: fault.verdict, chain: fault.chain };
  writeFileSync(new URL("expect.json", folder), `${JSON.stringify(expected, null, 2)}\n`);
  writeFileSync(new URL("note.md", folder), `# ${fault.name}\n\n${fault.about}\n`);
}

function scrubbed(set: EvidenceSet, patterns: readonly string[]): EvidenceSet {
  const text = patterns.reduce(
    (json, pattern) => json.replaceAll(new RegExp(pattern, "g"), "host"),
    JSON.stringify(set),
  );
  return JSON.parse(text) as EvidenceSet;
}
