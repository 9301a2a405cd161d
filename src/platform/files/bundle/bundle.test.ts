import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { absent, type EvidenceSet, unavailable, value } from "../../../evidence/evidence.ts";
import { OperatorError } from "../../../shared/errors.ts";
import { largestBundle, readBundle, writeBundle } from "./bundle.ts";

const at = "2026-11-21T02:10:13.000Z";
const asked = ["journalctl", "-u", "kubelet"];
const from = { source: "ssh", asked, at, tookMs: 12 } as const;
const set: EvidenceSet = {
  schema: 1,
  node: "worker-7",
  cluster: "lab",
  at,
  year: 2026,
  items: [
    { probe: "kubelet-journal", ...from, answer: value("Stopped kubelet\n", { exitCode: null, truncated: true }) },
    { probe: "crictl-info", ...from, answer: unavailable("hung", "no end after 8 s") },
    { probe: "cluster-ca", ...from, answer: unavailable("sudo-refused", "a password is required", "a sudoers line") },
    { probe: "node-object", ...from, source: "kubernetes", at: null, answer: absent("not found") },
  ],
};

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "node-why-bundle-"));
});
afterEach(() => rm(dir, { recursive: true }));

describe("what was written is read again", () => {
  test.each(["bundle.json.gz", "bundle.tgz", "bundle.json"])("as %s", async (name) => {
    const path = join(dir, name);
    await writeBundle(path, set);
    expect(await readBundle(path)).toEqual(set);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(dir)).toEqual([name]);
  });
});

describe("refused with the file's name and a next step", () => {
  const { items, ...empty } = set;
  const [first] = items;
  test.each<[string, string | Buffer]>([
    ["no JSON", "hello"],
    ["damaged gzip", Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3])],
    ["bytes that are not UTF-8", Buffer.from([0x22, 0xff, 0x22])],
    ["another kind of JSON", "[]"],
    ["a newer schema", JSON.stringify({ ...set, schema: 3 })],
    ["an unknown key", JSON.stringify({ ...set, more: 1 })],
    ["no items", JSON.stringify(empty)],
    ["an unknown source", JSON.stringify({ ...set, items: [{ ...first, source: "telepathy" }] })],
    ["a command that is a line, not words", JSON.stringify({ ...set, items: [{ ...first, asked: "df -h" }] })],
    ["a time that is none", JSON.stringify({ ...set, at: "yesterday" })],
    ["a bomb", gzipSync(Buffer.alloc(largestBundle + 1, " "))],
  ])("%s", async (_, content) => {
    const path = join(dir, "bundle");
    await writeFile(path, content);
    const thrown: unknown = await readBundle(path).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(OperatorError);
    expect(thrown).toMatchObject({ message: expect.stringContaining(path), nextSteps: [expect.any(String)] });
  });

  test.each(["missing", ".", "../../../../../../dev/zero"])("%s is no file", async (name) => {
    await expect(readBundle(join(dir, name))).rejects.toBeInstanceOf(OperatorError);
  });

  test("a folder that is not there cannot be written to, and nothing is left behind", async () => {
    await expect(writeBundle(join(dir, "none", "bundle.json"), set)).rejects.toBeInstanceOf(OperatorError);
    expect(await readdir(dir)).toEqual([]);
  });
});
