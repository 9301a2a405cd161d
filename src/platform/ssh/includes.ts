import { readdir } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import SSHConfig from "ssh-config";
import type { ReadFile } from "./credentials.ts";
import { matches } from "./known-hosts.ts";

/** An ssh_config and what its Include lines bring in, by the pattern as it is written. */
export interface ConfigText {
  readonly text: string;
  readonly included: ReadonlyMap<string, readonly string[]>;
}

export const noConfig: ConfigText = { text: "", included: new Map() };

/** As ssh_config(5): at most this many files deep. */
const deepest = 16;

/** Reads a file and everything it includes; relative names count from ~/.ssh. A file that is not there is empty. */
export async function readConfigText(file: string, home: string, read: ReadFile): Promise<ConfigText> {
  const included = new Map<string, readonly string[]>();
  const follow = async (text: string, depth: number): Promise<void> => {
    for (const pattern of depth < deepest ? includesIn(text) : []) {
      if (included.has(pattern)) continue;
      const contents = await Promise.all((await filesOf(pattern, home)).map(read));
      const texts = contents.flatMap((content) => (content === null ? [] : [content.toString("utf8")]));
      included.set(pattern, texts);
      for (const one of texts) await follow(one, depth + 1);
    }
  };
  const text = (await read(file))?.toString("utf8") ?? "";
  await follow(text, 0);
  return { text, included };
}

/** Every pattern that an Include line names, in whatever block. Text that is no ssh_config has none: who reads it says so. */
function includesIn(text: string): readonly string[] {
  const found: string[] = [];
  for (const [, words = ""] of text.matchAll(/^[ \t]*Include(?:[ \t]+|[ \t]*=[ \t]*)(.+)$/gim)) {
    found.push(...includeWords(`Include ${words}`));
  }
  return found;
}

function includeWords(line: string): readonly string[] {
  try {
    return SSHConfig.parse(line).flatMap((one) => ("value" in one ? wordsOf(one.value) : []));
  } catch {
    return []; // the whole file is parsed later, and that tells what is wrong with it
  }
}

export function wordsOf(value: string | readonly { readonly val: string }[]): readonly string[] {
  return typeof value === "string" ? [value] : value.map(({ val }) => val);
}

/** `*` and `?` in the file's own name, as everybody writes it (conf.d/*.conf); a folder's name is taken literally. */
async function filesOf(pattern: string, home: string): Promise<readonly string[]> {
  const expanded = pattern.replace(/^~(?=\/)/, home);
  const path = isAbsolute(expanded) ? expanded : join(home, ".ssh", expanded);
  if (!/[*?]/.test(basename(path))) return [path];
  const names = await readdir(dirname(path)).catch(() => []);
  const hits = names.filter((name) => !name.startsWith(".") && matches(basename(path), name));
  return hits.sort().map((name) => join(dirname(path), name));
}
