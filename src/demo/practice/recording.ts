import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { EvidenceSet } from "../../evidence/evidence.ts";
import { readBundle } from "../../platform/files/bundle/bundle.ts";
import { messageOf, OperatorError } from "../../shared/errors.ts";

/** What the recorded node's report has to say; the root `none`: nothing is wrong with it. */
const expectation = z.object({
  roots: z.array(z.string()).min(1),
  /** First roots that are as right. */
  alsoRight: z.array(z.string()).default([]),
  verdict: z.string().optional(),
  status: z.string().nullish(),
});
export type Expectation = z.infer<typeof expectation>;

/** One real node as it was read at one time. */
export interface Recording {
  /** The folder's name; it tells the fault, so nobody who is to guess it sees it. */
  readonly slug: string;
  readonly set: EvidenceSet;
  /** The same node once its fault was mended, where that was recorded too. */
  readonly healed: EvidenceSet | null;
  readonly expect: Expectation;
}

/**
 * Reads `<folder>/<slug>/bundle.json.gz`, `expect.json` and, where it is there, `healed.json.gz`, sorted by slug.
 * @throws OperatorError where the folder holds none, or one of them cannot be read.
 */
export async function readRecordings(folder: string): Promise<readonly Recording[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((thrown: unknown) => {
    throw new OperatorError(`cannot read the recordings in ${folder}: ${messageOf(thrown)}`);
  });
  const slugs = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  if (slugs.length === 0) throw new OperatorError(`${folder} holds no recordings`);
  return Promise.all(slugs.sort().map((slug) => readRecording(folder, slug)));
}

async function readRecording(folder: string, slug: string): Promise<Recording> {
  const dir = join(folder, slug);
  const files = await readdir(dir);
  const [set, expect, healed] = await Promise.all([
    readBundle(join(dir, "bundle.json.gz")),
    readExpectation(join(dir, "expect.json")),
    files.includes("healed.json.gz") ? readBundle(join(dir, "healed.json.gz")) : null,
  ]);
  return { slug, set, healed, expect };
}

async function readExpectation(path: string): Promise<Expectation> {
  try {
    return expectation.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (thrown) {
    throw new OperatorError(`${path} is not what a recording's report has to say: ${messageOf(thrown)}`);
  }
}

export function isHealthy({ expect }: Recording): boolean {
  return expect.roots[0] === "none";
}
