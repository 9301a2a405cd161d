import { OperatorError } from "../../shared/errors.ts";

/** Where answers and complaints go; tests pass their own. */
export interface CliIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly readText: (path: string) => string;
  readonly listFiles: (dir: string) => readonly string[];
  readonly exit: (code: number) => void;
}

export function printJson(io: CliIo, value: unknown): void {
  io.out(`${JSON.stringify(value)}\n`);
}

/** A count option like `--limit 20`. */
export function count(text: string): number {
  const parsed = Number(text);
  if (!Number.isInteger(parsed) || parsed < 1) throw new OperatorError(`${text} is not a number above 0`);
  return parsed;
}
