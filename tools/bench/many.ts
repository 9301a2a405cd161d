import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const atOnce = 4; // what `why --all-not-ready` and `check --all` do of themselves
const loginMs = 300;
const commandMs = 100;

interface Measured {
  readonly wall: number;
  readonly alone: number;
  readonly commands: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly cpu: number;
}

/** Many recorded nodes asked as `why --all-not-ready` asks them, beside the same nodes one by one. */
export async function benchMany(nodes = 200): Promise<readonly string[]> {
  const dir = mkdtempSync(join(tmpdir(), "node-why-many-"));
  const servers = spawn(process.execPath, [here("many-nodes.ts"), here("../../test/bundles"), dir, String(nodes)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  try {
    const file = join(dir, "cluster.json");
    writeFileSync(file, await firstLine(servers));
    asked(file, 1); // once before, so that compiled modules are there
    return linesOf(asked(file, nodes), nodes);
  } finally {
    servers.stdin?.end();
    rmSync(dir, { recursive: true });
  }
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Compiled modules are kept, as the command keeps them. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache") };

function asked(file: string, most: number): Measured & { readonly peak: number } {
  const words = [file, atOnce, loginMs, commandMs, most].map(String);
  const preload = ["as-command.mjs", "peak.mjs"].flatMap((name) => ["--import", new URL(name, import.meta.url).href]);
  const done = spawnSync(process.execPath, [...preload, here("many-client.ts"), ...words], {
    stdio: ["ignore", "pipe", "inherit", "pipe"],
    encoding: "utf8",
    env,
  });
  if (done.status !== 0) throw new Error(`the client ended with ${done.status}`);
  return { ...(JSON.parse(done.stdout) as Measured), peak: Number(done.output[3]) };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (text.includes("\n")) resolve(text.split("\n", 1)[0] ?? "");
    });
    child.once("exit", (code) => reject(new Error(`the nodes ended with ${code}`)));
  });
}

function linesOf(
  { wall, alone, commands, counts, cpu, peak }: Measured & { readonly peak: number },
  nodes: number,
): readonly string[] {
  const ideal = (alone * nodes) / atOnce;
  const verdicts = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`);
  return [
    `${nodes} recorded nodes, each an SSH server and a host key of its own on loopback, ${atOnce} at once. Every login takes`,
    `${loginMs} ms and every command ${commandMs} ms longer, as over a network. ${commands} commands answered; verdicts: ${verdicts.join(", ")}.`,
    "",
    "| what | seconds | ratio |",
    "|---|---|---|",
    `| one node alone (mean of 10) | ${alone.toFixed(2)} | |`,
    `| ideal: ${nodes} x that / ${atOnce} | ${ideal.toFixed(1)} | 1 |`,
    `| all of them | ${wall.toFixed(1)} | ${(wall / ideal).toFixed(2)} x the ideal |`,
    `| this process's own time on the processor | ${cpu.toFixed(1)} | ${((cpu / nodes) * 1000).toFixed(0)} ms a node |`,
    "",
    `Memory at most: ${Math.round(peak / 2 ** 20)} MiB.`,
  ];
}
