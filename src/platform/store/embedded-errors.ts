/** Every failure of SQLite by meaning: what the operator can do about it, or that asking again may help. */
import { ExternalError, messageOf, OperatorError } from "../../shared/errors.ts";

/** Primary result codes of SQLite; the driver gives extended ones, whose low byte is the primary. */
const busyCodes: readonly number[] = [5, 6];

const operatorCan: ReadonlyMap<number, { readonly what: string; readonly nextSteps: readonly string[] }> = new Map([
  [
    8,
    {
      what: "cannot be written",
      nextSteps: [
        "Give this user the right to write to the folder and the file.",
        "Check that the file system is not mounted read-only.",
      ],
    },
  ],
  [
    11,
    {
      what: "is damaged",
      nextSteps: [
        "Stop every node-why that uses it.",
        "Restore the file from a backup, or move it aside: a new one is made, without the memory.",
      ],
    },
  ],
  [13, { what: "cannot grow: the disk is full", nextSteps: ["Free space on the file system of the store."] }],
  [
    14,
    {
      what: "cannot be opened",
      nextSteps: [
        "Check that the folder exists and that this user may write to it.",
        "Set store.dir in the config to a folder of your own.",
      ],
    },
  ],
  [
    26,
    {
      what: "is not a database",
      nextSteps: [
        "Set store.dir in the config to a folder that holds nothing else.",
        "If the file should be the store, restore it from a backup.",
      ],
    },
  ],
]);

function resultCode(thrown: unknown): number | undefined {
  if (typeof thrown !== "object" || thrown === null || !("errcode" in thrown)) return undefined;
  return Number(thrown.errcode) & 0xff;
}

export const isBusy = (thrown: unknown): boolean => busyCodes.includes(resultCode(thrown) ?? -1);

/** The same failure by meaning; what is no failure of SQLite is returned as it came. */
export function embeddedFailure(thrown: unknown, file: string): unknown {
  const code = resultCode(thrown);
  if (code === undefined) return thrown;
  const known = operatorCan.get(code);
  if (known) return new OperatorError(`the store ${file} ${known.what}`, known.nextSteps, { cause: thrown });
  const busy = isBusy(thrown);
  const what = busy ? "is held by another process" : `failed: ${messageOf(thrown)}`;
  return new ExternalError("store", `the store ${file} ${what}`, busy, { cause: thrown });
}
