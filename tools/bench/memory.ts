/**
 * Run as a program of its own, so that nothing measured before counts: how far the process grows from
 * "ready, journal in hand" while it judges the journal once. Prints one JSON object, bytes.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { loadRegistry } from "../../src/collect/registry.ts";
import { compileKnowledge } from "../../src/knowledge/compile.ts";
import { readKnowledgeFolder } from "../../src/platform/files/knowledge-folder.ts";
import { makeEngine } from "../../src/usecases/engine.ts";
import { evidenceOf } from "./evidence.ts";
import { longJournal } from "./journal.ts";

const measured = z.object({ before: z.number(), after: z.number(), most: z.number() });
export type Memory = z.infer<typeof measured>;

/** Resident memory of a fresh process before and after one judgement, and the most it ever had. */
export function measureMemory(lines: number): Memory {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), String(lines)], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr.slice(-500));
  return measured.parse(JSON.parse(stdout));
}

async function judgeOnce(lines: number): Promise<Memory> {
  const folder = fileURLToPath(new URL("../../knowledge", import.meta.url));
  const { knowledge } = compileKnowledge([readKnowledgeFolder(folder)]);
  const engine = makeEngine(await loadRegistry(), knowledge, "bench");
  const set = evidenceOf(await longJournal(lines));
  const before = process.memoryUsage().rss;
  engine.judge(set);
  return { before, after: process.memoryUsage().rss, most: process.resourceUsage().maxRSS * 1024 };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(JSON.stringify(await judgeOnce(Number(process.argv[2]))));
}
