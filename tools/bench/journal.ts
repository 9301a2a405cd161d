import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readBundle } from "../../src/platform/files/bundle/bundle.ts";

const folder = fileURLToPath(new URL("../../test/bundles/", import.meta.url));

/** A journal of so many lines, made of the recorded nodes' own kubelet and runtime journals, over and over. */
export async function longJournal(lines: number): Promise<string> {
  const slugs = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const recorded: string[] = [];
  for (const { name } of slugs) {
    const { items } = await readBundle(`${folder}${name}/bundle.json.gz`);
    for (const { probe, answer } of items) {
      if (!/^(kubelet|runtime)-journal$/.test(probe) || answer.kind !== "value") continue;
      recorded.push(...answer.stdout.split("\n").filter((line) => line.trim() !== ""));
    }
  }
  return Array.from({ length: lines }, (_, index) => recorded[index % recorded.length] ?? "").join("\n");
}
