import { Command } from "commander";
import { digestText } from "../../present/text/digest.ts";
import type { Digest } from "../../report/digest.ts";
import { type CliIo, printJson } from "./io.ts";

/** Makes the digest of a week; null: of the last full one. */
export type MakeDigest = (week: string | null) => Promise<Digest>;

export function digestCommand(make: MakeDigest, io: CliIo): Command {
  return new Command("digest")
    .description("what a week looked like: recurring causes, repeat nodes, what they share, fixes that did not hold")
    .option("--week <week>", "an ISO week like 2026-W47 (default: the last full one)")
    .option("--json", "print one JSON object")
    .action(async (options: { week?: string; json?: boolean }) => {
      const digest = await make(options.week ?? null);
      if (options.json) printJson(io, digest);
      else io.out(digestText(digest));
    });
}
