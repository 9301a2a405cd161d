import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { pack } from "tar-stream";
import { type EvidenceSet, value } from "../../../evidence/evidence.ts";
import { OperatorError } from "../../../shared/errors.ts";
import { readBundle, writeBundle } from "./bundle.ts";
import { toManifest } from "./manifest.ts";

const set = (...texts: readonly string[]): EvidenceSet => ({
  schema: 1,
  node: "worker-7",
  cluster: "lab",
  at: "2026-11-21T02:10:13.000Z",
  year: 2026,
  masked: { "bearer-token": 2 },
  items: texts.map((text, index) => ({
    probe: `probe-${index}`,
    source: "ssh",
    asked: ["cat", "/proc/x"],
    at: "2026-11-21T02:10:13.000Z",
    tookMs: 1,
    answer: value(text, { stderr: index % 2 ? text : "" }),
  })),
});

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "node-why-archive-"));
});
afterEach(() => rm(dir, { recursive: true }));

test("any text comes back as it was, also one cut into pieces between two halves of a character", async () => {
  const long = `a${"🔥".repeat(200_000)}`;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: "binary" })), async (texts) => {
      const path = join(dir, "bundle.tgz");
      await writeBundle(path, set(long, ...texts));
      expect(await readBundle(path)).toEqual(set(long, ...texts));
    }),
    { numRuns: 20 },
  );
});

interface Entry {
  readonly name: string;
  readonly content?: string;
  readonly bytes?: Buffer;
  readonly type?: "file" | "symlink" | "link" | "directory" | "fifo";
  readonly linkname?: string;
}

async function archive(...entries: readonly Entry[]): Promise<string> {
  const path = join(dir, "made.tgz");
  const tar = pack();
  for (const { content = "", bytes, ...header } of entries) tar.entry(header, bytes ?? content);
  tar.finalize();
  await pipeline(tar, createGzip(), createWriteStream(path));
  return path;
}

const { manifest, files } = toManifest(set("hello"));
const head = { name: "manifest.json", content: JSON.stringify(manifest) };
const [body] = files.map(({ name, text }) => ({ name, content: text }));
const first = { name: "evidence/0000-probe-0.out", content: "hello" };

describe("an archive made by hand", () => {
  test("is read where it keeps to the form, in any order", async () => {
    expect(body).toEqual(first);
    expect(await readBundle(await archive(first, head))).toEqual(set("hello"));
  });

  const manifestWith = (more: object): Entry => ({ ...head, content: JSON.stringify({ ...manifest, ...more }) });
  const leading = (stdout: string): Entry =>
    manifestWith({ items: [{ ...manifest.items[0], answer: { ...manifest.items[0]?.answer, stdout } }] });
  test.each<[string, readonly Entry[]]>([
    ["a path that leads out", [head, first, { name: "../../etc/cron.d/x", content: "x" }]],
    ["an absolute path", [head, first, { name: "/etc/passwd", content: "x" }]],
    ["a symbolic link", [head, { name: first.name, type: "symlink", linkname: "/etc/shadow" }]],
    ["a hard link", [head, { name: first.name, type: "link", linkname: "/etc/shadow" }]],
    ["a folder", [head, first, { name: "evidence", type: "directory" }]],
    ["a pipe", [head, { name: first.name, type: "fifo" }]],
    ["a file twice", [head, first, first]],
    ["no manifest", [first]],
    ["a text missing", [head]],
    ["a text too many", [head, first, { name: "evidence/0001-more.out", content: "x" }]],
    ["a manifest that names a file outside", [leading("../../etc/shadow"), first]],
    ["a text that is not UTF-8", [head, { name: first.name, bytes: Buffer.from([0x68, 0xff]) }]],
    ["a text cut inside a character", [head, { name: first.name, bytes: Buffer.from([0x68, 0xe2, 0x82]) }]],
    ["an unknown key", [manifestWith({ more: 1 }), first]],
    ["a newer schema", [manifestWith({ schema: 3 }), first]],
    ["a manifest that is no JSON", [{ ...head, content: "{" }, first]],
    ["a file too large to be true", [head, { name: first.name, content: "x".repeat(129 * 1024 * 1024) }]],
  ])("%s is refused", async (_, entries) => {
    const thrown: unknown = await readBundle(await archive(...entries)).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(OperatorError);
    expect(thrown).toMatchObject({ message: expect.stringContaining("made.tgz"), nextSteps: [expect.any(String)] });
  });
});
