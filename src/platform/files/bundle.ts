import { constants } from "node:fs";
import { open, rename, rm, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { bundleSchema } from "../../evidence/bundle-schema.ts";
import type { EvidenceSet } from "../../evidence/evidence.ts";
import { messageOf, OperatorError } from "../../shared/errors.ts";

/** The most a bundle may hold, packed or unpacked, bytes. */
export const largestBundle = 64 * 1024 * 1024;

/**
 * Reads saved evidence: JSON, plain or gzipped, whatever the file is called.
 * @throws OperatorError on a file that cannot be read, is too large, or is not a bundle of a known schema.
 */
export async function readBundle(path: string): Promise<EvidenceSet> {
  const json = jsonIn(path, await unpacked(path, await bytesOf(path)));
  const parsed = bundleSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const newer = schemaOf(json);
  if (newer !== null && newer > 1) {
    throw refusal(
      path,
      `has schema ${newer}; this node-why reads schema 1`,
      "use the node-why that wrote it, or newer",
    );
  }
  const [issue] = parsed.error.issues;
  throw refusal(path, `is not a bundle: ${issue?.path.join(".") || "document"}: ${issue?.message ?? "malformed"}`);
}

/**
 * Saves evidence so that no reader ever sees half a file, readable by its owner only; gzipped unless the name ends in
 * `.json`. The same set gives the same bytes.
 * @throws OperatorError where the file cannot be written, or the set is larger than readBundle takes.
 */
export async function writeBundle(path: string, set: EvidenceSet): Promise<void> {
  const plain = Buffer.from(`${JSON.stringify(set)}\n`);
  if (plain.length > largestBundle) throw refusal(path, `would hold ${plain.length} bytes, more than ${largestBundle}`);
  const bytes = path.endsWith(".json") ? plain : await promisify(gzip)(plain, { level: 9 });
  const draft = `${path}.${process.pid}.part`;
  try {
    await writeFile(draft, bytes, { mode: 0o600 });
    await rename(draft, path);
  } catch (thrown) {
    await rm(draft, { force: true });
    throw refusal(path, `cannot be written: ${messageOf(thrown)}`, "check the folder and its permissions", thrown);
  }
}

/** A pipe or a device has no end and no size: refused, and not waited for. */
async function bytesOf(path: string): Promise<Buffer> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const about = await file.stat();
      if (!about.isFile()) throw refusal(path, "is not a file");
      if (about.size > largestBundle) throw refusal(path, `holds ${about.size} bytes, more than ${largestBundle}`);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (thrown) {
    if (thrown instanceof OperatorError) throw thrown;
    throw refusal(path, `cannot be read: ${messageOf(thrown)}`, "name an existing bundle", thrown);
  }
}

async function unpacked(path: string, bytes: Buffer): Promise<Buffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: largestBundle });
  } catch (thrown) {
    throw refusal(path, `cannot be unpacked: ${messageOf(thrown)}`, "make the bundle anew", thrown);
  }
}

function jsonIn(path: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (thrown) {
    throw refusal(path, `is not JSON: ${messageOf(thrown).slice(0, 200)}`, undefined, thrown);
  }
}

function schemaOf(json: unknown): number | null {
  if (typeof json !== "object" || json === null || !("schema" in json)) return null;
  return typeof json.schema === "number" ? json.schema : null;
}

function refusal(
  path: string,
  what: string,
  next = "save one with: node-why collect NODE",
  cause?: unknown,
): OperatorError {
  return new OperatorError(`${path} ${what}`, [next], cause === undefined ? {} : { cause });
}
