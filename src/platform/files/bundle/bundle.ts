import { constants } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { gunzipSync, constants as zlib } from "node:zlib";
import type { EvidenceSet } from "../../../evidence/evidence.ts";
import { messageOf, OperatorError } from "../../../shared/errors.ts";
import { setFromArchive, writeArchive } from "./archive.ts";
import { setFromJson, writeJson } from "./json.ts";
import { largestBundle, refusal } from "./limits.ts";

export { largestBundle } from "./limits.ts";

/**
 * Reads saved evidence, whatever the file is called: an archive, or JSON, plain or gzipped.
 * @throws OperatorError on a file that cannot be read, is too large, or is not a bundle of a known schema.
 */
export async function readBundle(path: string): Promise<EvidenceSet> {
  const file = await opened(path);
  try {
    return (await isArchive(file)) ? await setFromArchive(path, file) : await setFromJson(path, await file.readFile());
  } catch (thrown) {
    if (thrown instanceof OperatorError) throw thrown;
    throw refusal(path, `cannot be read: ${messageOf(thrown)}`, "make the bundle anew", thrown);
  } finally {
    await file.close();
  }
}

/**
 * Saves evidence so that no reader ever sees half a file, readable by its owner only: an archive, or schema 1 where the
 * name ends in `.json` or `.json.gz`. The same set gives the same bytes.
 * @throws OperatorError where the file cannot be written, or the set is larger than readBundle takes.
 */
export async function writeBundle(path: string, set: EvidenceSet): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  try {
    if (/\.json(?:\.gz)?$/.test(path)) await writeJson(draft, path, set);
    else await writeArchive(draft, path, set);
    await rename(draft, path);
  } catch (thrown) {
    await rm(draft, { force: true });
    if (thrown instanceof OperatorError) throw thrown;
    throw refusal(path, `cannot be written: ${messageOf(thrown)}`, "check the folder and its permissions", thrown);
  }
}

/** A pipe or a device has no end and no size: refused, and not waited for. */
async function opened(path: string): Promise<FileHandle> {
  let file: FileHandle;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (thrown) {
    throw refusal(path, `cannot be read: ${messageOf(thrown)}`, "name an existing bundle", thrown);
  }
  const about = await file.stat();
  const wrong = !about.isFile()
    ? "is not a file"
    : about.size > largestBundle
      ? `holds ${about.size} bytes, more than ${largestBundle}`
      : null;
  if (wrong === null) return file;
  await file.close();
  throw refusal(path, wrong);
}

/** A gzip whose content begins with `{` is schema 1; every other gzip is taken for an archive. */
async function isArchive(file: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(startBytes), 0, startBytes, 0);
  const start = buffer.subarray(0, bytesRead);
  return start[0] === 0x1f && start[1] === 0x8b && inflatedStart(start)[0] !== "{".charCodeAt(0);
}

/** So few packed bytes can never unpack to more than half a megabyte. */
const startBytes = 512;

/** What the start of a gzip unpacks to; nothing where it is damaged. */
function inflatedStart(packed: Buffer): Buffer {
  try {
    return gunzipSync(packed, { finishFlush: zlib.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}
