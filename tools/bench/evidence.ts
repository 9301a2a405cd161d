import { type EvidenceSet, value } from "../../src/evidence/evidence.ts";

/** A node of which only the journal was read. */
export function evidenceOf(journal: string): EvidenceSet {
  return {
    schema: 1,
    node: "bench",
    cluster: "bench",
    at: new Date().toISOString(),
    year: null,
    items: [
      { probe: "kubelet-journal", source: "ssh", asked: ["journalctl"], at: null, tookMs: 0, answer: value(journal) },
    ],
  };
}
