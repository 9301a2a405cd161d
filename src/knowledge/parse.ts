import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { didYouMean, knownKeys } from "./nearest-key.ts";

/** One thing wrong in a knowledge or config file, with where it is. */
export interface Problem {
  readonly file: string;
  /** 1-based; null where the whole file is meant. */
  readonly line: number | null;
  readonly message: string;
}

export interface Parsed<T> {
  readonly value: T | null;
  readonly problems: readonly Problem[];
  /** The line of a part of the file, by its path. */
  readonly lineOf: (path: readonly PropertyKey[]) => number | null;
}

const largestFile = 512 * 1024;

/** Parses YAML strictly (no duplicate keys, few aliases) and checks it; each problem names its line. */
export function parseYaml<T>(file: string, text: string, schema: z.ZodType<T>, largest = largestFile): Parsed<T> {
  const lines = new LineCounter();
  if (text.length > largest) return broken(file, `larger than ${largest / 1024} KiB`);
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const lineOf = (path: readonly PropertyKey[]): number | null => lineAt(document, lines, path);
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      file,
      line: lines.linePos(error.pos[0]).line,
      message: error.message,
    }));
    return { value: null, problems, lineOf };
  }
  const content = toPlain(document);
  if (content === undefined) return broken(file, "too many aliases");
  const checked = schema.safeParse(content);
  if (checked.success) return { value: checked.data, problems: [], lineOf };
  const problems = checked.error.issues
    .flatMap((issue) => describe(issue, schema))
    .map(({ path, message }) => ({
      file,
      line: lineOf(path),
      message: path.length > 0 ? `${path.join(".")}: ${message}` : message,
    }));
  return { value: null, problems, lineOf };
}

function broken<T>(file: string, message: string): Parsed<T> {
  return { value: null, problems: [{ file, line: null, message }], lineOf: () => null };
}

function toPlain(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 }) as unknown;
  } catch {
    return undefined;
  }
}

/** For a union, the branch that came nearest is the one worth reporting. */
function describe(
  issue: z.core.$ZodIssue,
  schema: z.core.$ZodType,
  above: readonly PropertyKey[] = [],
): { path: PropertyKey[]; message: string }[] {
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(schema, [...above, ...issue.path]);
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: `there is no such key${didYouMean(key, known)}`,
    }));
  }
  if (issue.code !== "invalid_union" || issue.errors.length === 0) {
    return [{ path: [...issue.path], message: issue.message }];
  }
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const nearest = branches.sort((a, b) => deepest(b) - deepest(a) || a.length - b.length)[0] ?? [];
  const inner = nearest.flatMap((each) => describe(each, schema, [...above, ...issue.path]));
  if (inner.length === 0 || inner.every((each) => each.path.length === 0)) {
    return [{ path: [...issue.path], message: inner[0]?.message ?? issue.message }];
  }
  return inner.map((each) => ({ path: [...issue.path, ...each.path], message: each.message }));
}

function deepest(branch: readonly z.core.$ZodIssue[]): number {
  return Math.max(...branch.map((issue) => issue.path.length));
}

function lineAt(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}
