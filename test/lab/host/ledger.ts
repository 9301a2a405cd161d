import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Place } from "../place.ts";

/** Something of the host's that the lab makes or changes. */
const made = z.discriminatedUnion("kind", [
  /** Groups that hold all of the lab's processes: one in each hierarchy. */
  z.object({ kind: z.literal("cgroup"), folders: z.array(z.string().min(2)) }),
  z.object({ kind: z.literal("sysctl"), key: z.string().regex(/^[a-z0-9_.]+$/), before: z.string() }),
  z.object({ kind: z.literal("netns"), name: z.string() }),
  z.object({ kind: z.literal("link"), name: z.string() }),
  z.object({ kind: z.literal("mount"), target: z.string() }),
]);
export type Made = z.infer<typeof made>;

const fileOf = (place: Place): string => join(place.state, "made.jsonl");

/** Writes down what is about to be made, and only then returns: after a crash `down` knows of it. */
export function note(place: Place, entry: Made): void {
  mkdirSync(place.state, { recursive: true, mode: 0o755 });
  const file = openSync(fileOf(place), "a");
  try {
    writeSync(file, `${JSON.stringify(entry)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Everything that was written down, in order. A last line that a crash cut off stands for nothing made yet. */
export function noted(place: Place): readonly Made[] {
  if (!existsSync(fileOf(place))) return [];
  const lines = readFileSync(fileOf(place), "utf8").split("\n");
  return lines.slice(0, -1).flatMap((line) => {
    const parsed = made.safeParse(parsedLine(line));
    return parsed.success ? [parsed.data] : [];
  });
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
