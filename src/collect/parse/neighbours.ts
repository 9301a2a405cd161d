import type { Answer } from "../../evidence/evidence.ts";
import type { FactSpec } from "../../facts/fact.ts";
import { linesOf } from "./answer.ts";
import { reachValues } from "./reach.ts";
import { type Facts, shown } from "./reading.ts";

export function neighbourSpec(what: string): FactSpec {
  return {
    type: "string",
    says: `how the node's ${what} port answers two Ready nodes, the better of both`,
    values: reachValues,
  };
}

const words: readonly (string | undefined)[] = reachValues;

/** `worker-2 refused`, a line each; `reachValues` begins with the best. */
export function neighbourFacts(name: string, answer: Answer): Facts {
  const told = linesOf(answer).flatMap((line) => {
    const [, word] = /^[a-z0-9][a-z0-9.-]{0,252} ([a-z-]{4,12})$/.exec(line) ?? [];
    const rank = words.indexOf(word);
    return rank < 0 || word === undefined ? [] : [{ rank, word, line }];
  });
  const best = told.sort((one, other) => one.rank - other.rank)[0];
  return best === undefined ? {} : { [name]: shown(best.word, best.line) };
}
