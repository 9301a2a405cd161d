import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { bundleSchema } from "../../../evidence/bundle-schema.ts";
import type { EvidenceSet } from "../../../evidence/evidence.ts";
import { messageOf } from "../../../shared/errors.ts";
import { largestBundle, refusal } from "./limits.ts";

/**
 * Schema 1: the whole set as one JSON document, plain or gzipped.
 * @throws OperatorError on anything but a bundle of this schema.
 */
export async function setFromJson(path: string, bytes: Buffer): Promise<EvidenceSet> {
  const json = jsonIn(path, await unpacked(path, bytes));
  const parsed = bundleSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const newer = schemaOf(json);
  if (newer !== null && newer > 2) {
    throw refusal(
      path,
      `has schema ${newer}; this node-why reads schemas 1 and 2`,
      "use the node-why that wrote it, or newer",
    );
  }
  const [issue] = parsed.error.issues;
  throw refusal(path, `is not a bundle: ${issue?.path.join(".") || "document"}: ${issue?.message ?? "malformed"}`);
}

/** Writes schema 1; gzipped unless the name ends in `.json`. */
export async function writeJson(draft: string, path: string, set: EvidenceSet): Promise<void> {
  const plain = Buffer.from(`${JSON.stringify(set)}\n`);
  if (plain.length > largestBundle) throw refusal(path, `would hold ${plain.length} bytes, more than ${largestBundle}`);
  const bytes = path.endsWith(".json") ? plain : await promisify(gzip)(plain, { level: 9 });
  await writeFile(draft, bytes, { mode: 0o600 });
}

async function unpacked(path: string, bytes: Buffer): Promise<Buffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: largestBundle, chunkSize: 1024 * 1024 });
  } catch (thrown) {
    throw refusal(path, `cannot be unpacked: ${messageOf(thrown)}`, "make the bundle anew", thrown);
  }
}

function jsonIn(path: string, bytes: Buffer): unknown {
  try {
    return jsonOf(path, new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (thrown) {
    throw thrown instanceof TypeError ? refusal(path, "is not UTF-8", undefined, thrown) : thrown;
  }
}

export function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw refusal(path, `is not JSON: ${messageOf(thrown).slice(0, 200)}`, undefined, thrown);
  }
}

function schemaOf(json: unknown): number | null {
  if (typeof json !== "object" || json === null || !("schema" in json)) return null;
  return typeof json.schema === "number" ? json.schema : null;
}
