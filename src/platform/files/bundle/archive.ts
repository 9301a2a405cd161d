import { isAscii } from "node:buffer";
import { createWriteStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { extract, type Header, type Pack, pack } from "tar-stream";
import { manifestSchema, textFile } from "../../../evidence/bundle-schema.ts";
import type { EvidenceSet } from "../../../evidence/evidence.ts";
import { messageOf, OperatorError } from "../../../shared/errors.ts";
import { jsonOf } from "./json.ts";
import { largestBundle, refusal } from "./limits.ts";
import { setOf, toManifest } from "./manifest.ts";

/** Schema 2: a gzipped tar with `manifest.json` and one file for each text, in the manifest's order. */
export async function writeArchive(draft: string, path: string, set: EvidenceSet): Promise<void> {
  const { manifest, files } = toManifest(set);
  const head = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
  const total = files.reduce((bytes, { text }) => bytes + Buffer.byteLength(text), head.length);
  if (total > largestBundle) throw refusal(path, `would hold ${total} bytes, more than ${largestBundle}`);
  const tar = pack();
  const written = pipeline(tar, createGzip({ level: 6 }), createWriteStream(draft, { mode: 0o600 }));
  const mtime = new Date(set.at ?? 0);
  const filled = fill(tar, [{ name: "manifest.json", text: head }, ...files], mtime);
  await Promise.all([written, filled]);
}

async function fill(
  tar: Pack,
  files: readonly { readonly name: string; readonly text: string | Buffer }[],
  mtime: Date,
): Promise<void> {
  for (const { name, text } of files) {
    const size = Buffer.byteLength(text);
    const entry = tar.entry({ name, size, mode: 0o600, mtime });
    await pipeline(pieces(text), entry);
  }
  tar.finalize();
}

const pieceChars = 256 * 1024;

/** So that a long text is never held a second time as bytes. No pair of surrogates is cut in two. */
function* pieces(text: string | Buffer): Generator<Buffer> {
  if (typeof text !== "string") {
    yield text;
    return;
  }
  for (let from = 0; from < text.length; ) {
    const last = text.charCodeAt(Math.min(from + pieceChars, text.length) - 1);
    const to = from + pieceChars + (last >= 0xd800 && last < 0xdc00 ? 1 : 0);
    yield Buffer.from(text.slice(from, to));
    from = to;
  }
}

/**
 * Reads schema 2 as it streams: plain files of known names only, so much in all, each once.
 * @throws OperatorError on links, folders, other names, repeats, bombs, and what the manifest does not account for.
 */
export async function setFromArchive(path: string, file: FileHandle): Promise<EvidenceSet> {
  const texts = await textsIn(path, file);
  const head = texts.get("manifest.json");
  if (head === undefined) throw refusal(path, "has no manifest.json");
  texts.delete("manifest.json");
  const parsed = manifestSchema.safeParse(jsonOf(path, head));
  if (!parsed.success) throw refusal(path, notABundle(parsed.error.issues[0]));
  const set = setOf(path, parsed.data, texts);
  const [stray] = texts.keys(); // setOf took those that the manifest names
  if (stray !== undefined) throw refusal(path, `holds ${stray}, which its manifest does not name`);
  return set;
}

function notABundle(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): string {
  return `is not a bundle: manifest ${issue?.path.join(".") || "document"}: ${issue?.message ?? "malformed"}`;
}

/** Each file's text by name; whatever a bundle never holds is refused before its content is read. */
async function textsIn(path: string, file: FileHandle): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const tar = extract();
  const source = file.createReadStream({ start: 0, autoClose: false });
  const unpacked = pipeline(source, createGunzip(), atMost(path), tar);
  try {
    for await (const entry of tar) {
      const wrong = refusedEntry(entry.header, texts);
      if (wrong !== null) throw refusal(path, wrong);
      texts.set(entry.header.name, await textOf(path, entry.header.name, entry as AsyncIterable<Buffer>));
    }
    await unpacked;
  } catch (thrown) {
    unpacked.catch(() => undefined); // it fails for the same reason
    tar.destroy();
    source.destroy();
    if (thrown instanceof OperatorError) throw thrown;
    throw refusal(path, `cannot be unpacked: ${messageOf(thrown)}`, "make the bundle anew", thrown);
  }
  return texts;
}

const mostFiles = 10_001;

function refusedEntry({ name, type, size }: Header, texts: ReadonlyMap<string, string>): string | null {
  if (type !== "file") return `holds a ${type}, and a bundle holds plain files only`;
  if (name !== "manifest.json" && !textFile.safeParse(name).success)
    return `holds a file called ${JSON.stringify(name.slice(0, 80))}, which no bundle has`;
  if (texts.has(name)) return `holds ${name} twice`;
  if (texts.size >= mostFiles) return `holds more than ${mostFiles} files`;
  return size > largestBundle ? `unpacks to more than ${largestBundle} bytes` : null;
}

/** Decoded as it streams: a long log is never held as bytes and as text. */
async function textOf(path: string, name: string, body: AsyncIterable<Buffer>): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  let ascii = true;
  try {
    for await (const chunk of body) {
      ascii &&= isAscii(chunk); // the decoder would take two bytes for each character
      text += ascii ? chunk.toString("latin1") : decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    throw refusal(path, `holds ${name}, which is not UTF-8`, "make the bundle anew", thrown);
  }
}

/** Ends a bomb: tar's own padding and headers are small beside what it carries. */
function atMost(path: string): (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer> {
  return async function* (source) {
    let left = largestBundle + 16 * 1024 * 1024;
    for await (const chunk of source) {
      left -= chunk.length;
      if (left < 0) throw refusal(path, `unpacks to more than ${largestBundle} bytes`, "make the bundle anew");
      yield chunk;
    }
  };
}
