import { OperatorError } from "../../../shared/errors.ts";

/** The most a bundle may hold, packed or unpacked, bytes. */
export const largestBundle = 128 * 1024 * 1024;

export function refusal(
  path: string,
  what: string,
  next = "save one with: node-why collect NODE -o FILE.tgz",
  cause?: unknown,
): OperatorError {
  return new OperatorError(`${path} ${what}`, [next], cause === undefined ? {} : { cause });
}
