import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { evidenceOf } from "./evidence.ts";
import { median } from "./timing.ts";

/** The most resident memory that fresh processes had, bytes. A part of it is Node's own binary, mapped and shared. */
export interface Memory {
  /** `node -e 0` */
  readonly node: number;
  /** `node-why knowledge list`: the knowledge loaded and checked. */
  readonly knowledge: number;
  /** `node-why why --bundle` of this journal. */
  readonly why: number;
}

const command = fileURLToPath(new URL("../../bin/node-why.mjs", import.meta.url));
const peak = new URL("peak.mjs", import.meta.url).href;

/** As an operator runs it, by the command itself; once before, so that compiled modules are there. */
export function measureMemory(journal: string): Memory {
  const folder = mkdtempSync(join(tmpdir(), "node-why-bench-"));
  const bundle = join(folder, "journal.json");
  try {
    writeFileSync(bundle, JSON.stringify(evidenceOf(journal)));
    most([command, "why", "--bundle", bundle]);
    return {
      node: most(["-e", "0"]),
      knowledge: most([command, "knowledge", "list"]),
      why: most([command, "why", "--bundle", bundle]),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function most(argv: readonly string[]): number {
  const done = spawnSync(process.execPath, ["--import", peak, ...argv], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(done.stderr.slice(-500));
  return Number(done.output[3]);
}

/** Seconds that the command takes to say something about itself, beside `node -e 0`; medians of nine. */
export async function measureStart(): Promise<{
  readonly node: number;
  readonly version: number;
  readonly help: number;
}> {
  const run = (...argv: string[]): Promise<number> => median(9, () => void spawnSync(process.execPath, argv));
  return {
    node: await run("-e", "0"),
    version: await run(command, "--version"),
    help: await run(command, "why", "--help"),
  };
}
