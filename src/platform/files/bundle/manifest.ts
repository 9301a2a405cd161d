import type { Manifest } from "../../../evidence/bundle-schema.ts";
import type { Evidence, EvidenceSet, Value } from "../../../evidence/evidence.ts";
import { refusal } from "./limits.ts";

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** The set without its texts, which become files of their own: `evidence/0003-kubelet-journal.out`. */
export function toManifest({ schema: _, items, ...about }: EvidenceSet): {
  readonly manifest: Manifest;
  readonly files: readonly TextFile[];
} {
  const files: TextFile[] = [];
  const filed = (text: string, item: Evidence, index: number, kind: "out" | "err"): string | null => {
    if (text === "") return null;
    const name = `evidence/${String(index).padStart(4, "0")}-${item.probe.replace(/[^a-z0-9]+/g, "-").slice(0, 80)}.${kind}`;
    files.push({ name, text });
    return name;
  };
  const rows = items.map((item, index) => {
    const { answer } = item;
    const asked = [...item.asked];
    if (answer.kind !== "value") return { ...item, asked, answer };
    const stdout = filed(answer.stdout, item, index, "out");
    const stderr = filed(answer.stderr, item, index, "err");
    return { ...item, asked, answer: { ...answer, stdout, stderr } };
  });
  return { manifest: { format: "node-why bundle", schema: 2, ...about, items: rows }, files };
}

/**
 * The set again. Takes each text out of `texts` as it is used.
 * @throws OperatorError where a text is missing.
 */
export function setOf(path: string, manifest: Manifest, texts: Map<string, string>): EvidenceSet {
  const { format: _, schema: __, items, ...about } = manifest;
  const text = (name: string | null): string => {
    if (name === null) return "";
    const held = texts.get(name);
    if (held === undefined) throw refusal(path, `lacks ${name}, which its manifest names`, "make the bundle anew");
    texts.delete(name);
    return held;
  };
  const read = items.map(({ answer, ...question }): Evidence => {
    if (answer.kind !== "value") return { ...question, answer };
    const { stdout, stderr, ...rest } = answer;
    return { ...question, answer: { ...rest, stdout: text(stdout), stderr: text(stderr) } satisfies Value };
  });
  return { schema: 1, ...about, items: read };
}
