import { spawn } from "node:child_process";
import { once } from "node:events";

/** Where Debian puts programs for root is not in everybody's PATH, nor is Go's own folder. */
export const searchPath = [process.env.PATH ?? "", "/usr/sbin", "/sbin", "/usr/local/go/bin"].join(":");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds; then the program is killed, with all it started. */
  readonly timeoutMs?: number;
}

/** A program that did not do what was asked. */
export class RunError extends Error {
  readonly ran: Ran;
  constructor(argv: readonly string[], ran: Ran) {
    const said = (ran.stderr.trim() || ran.stdout.trim()).split("\n").slice(-5).join("\n");
    super(`${argv.slice(0, 6).join(" ")}: exit ${ran.code ?? "by a signal"}: ${said}`);
    this.name = "RunError";
    this.ran = ran;
  }
}

/** Runs a program to its end and gives back what it printed; throws RunError where it fails. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const ran = await attempt(argv, options);
  if (ran.code !== 0) throw new RunError(argv, ran);
  return ran.stdout;
}

/** Runs a program to its end, however it ends. */
export async function attempt(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const [program = "", ...rest] = argv;
  const child = spawn(program, rest, {
    cwd: options.cwd,
    env: { ...process.env, PATH: searchPath, ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on("error", () => undefined); // it may end without reading
  child.stdin.end(options.input ?? "");
  const timer = setTimeout(() => child.pid && process.kill(-child.pid, "SIGKILL"), options.timeoutMs ?? 1_800_000);
  try {
    // `exit` and not `close`: a daemon started by the program may hold its output open.
    const [code] = (await once(child, "exit")) as [number | null];
    await Promise.race([once(child, "close"), new Promise((resolve) => setTimeout(resolve, 200))]);
    return { code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
  } finally {
    clearTimeout(timer);
    child.stdout.destroy();
    child.stderr.destroy();
  }
}
