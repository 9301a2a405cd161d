import { type ChildProcess, spawn } from "node:child_process";
import type { Clock } from "../../collect/ports.ts";
import { collector } from "./output.ts";

export interface ProgramLimits {
  readonly timeoutMs: number;
  /** Of standard output; what is said on standard error is kept up to 64 KiB. */
  readonly maxBytes: number;
  /** It goes on in the background, with its streams open, once it has ended well. */
  readonly staysBehind?: boolean;
}

/** How a program of this machine ended. */
export interface Ran {
  readonly how: "exited" | "late" | "aborted" | "not-started";
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Its process group: what it left running is still in it. Null: it did not start. */
  readonly group: number | null;
}

type Env = Readonly<Record<string, string | undefined>> | undefined;

const mostStderr = 64 * 1024;
/** A program is asked to end, and killed after this. */
const politeMs = 500;
/** What it said last may come after its end, unless a child of its own keeps the stream open. */
const drainMs = 200;

/** A child with a process group of its own: it can be ended with all it started, and finds no terminal to ask at. */
export function start(argv: readonly string[], env: Env): ChildProcess {
  const [program = "", ...rest] = argv;
  const child = spawn(program, rest, { detached: true, stdio: "pipe", ...(env === undefined ? {} : { env }) });
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.on("error", () => undefined); // it has ended
  return child;
}

/** Ends a process group; one that is not there any more is no trouble. */
export function endGroup(group: number, clock: Clock): void {
  if (!signalGroup(group, "SIGTERM")) return;
  clock.after(politeMs, () => signalGroup(group, "SIGKILL"));
}

export function signalGroup(group: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false; // ESRCH: nobody is left
  }
}

/** Runs a program with no input to its end, which may be ours. Never rejects. */
export function runProgram(
  argv: readonly string[],
  { timeoutMs, maxBytes, staysBehind = false }: ProgramLimits,
  env: Env,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Ran> {
  const [out, err] = [collector(maxBytes, "head"), collector(mostStderr, "head")];
  return new Promise((resolve) => {
    const child = start(argv, env);
    let settled = false;
    let undrain = (): void => undefined;
    const settle = (how: Ran["how"], exitCode: number | null, note = ""): void => {
      if (settled) return;
      settled = true;
      cancel();
      undrain();
      signal?.removeEventListener("abort", abort);
      if (how !== "exited" && child.pid !== undefined) endGroup(child.pid, clock);
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve({ how, exitCode, stdout: out.text().text, stderr: err.text().text + note, group: child.pid ?? null });
    };
    const abort = (): void => settle("aborted", null);
    const cancel = clock.after(timeoutMs, () => settle("late", null));
    signal?.addEventListener("abort", abort, { once: true });
    child.stdout?.on("data", out.add);
    child.stderr?.on("data", err.add);
    child.stdin?.end();
    child.once("error", (error) => settle("not-started", null, error.message));
    child.once("exit", (code) => {
      if (staysBehind && code === 0) settle("exited", code);
      else undrain = clock.after(drainMs, () => settle("exited", code));
    });
    child.once("close", (code) => settle("exited", code));
    if (signal?.aborted) abort();
  });
}
