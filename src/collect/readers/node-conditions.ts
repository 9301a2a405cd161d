import type { Reader } from "../../facts/reader.ts";
import { textOf } from "../parse/answer.ts";
import { arrayOf, nodeCondition } from "../parse/kubernetes.ts";
import { alarmingLines, conditionFacts } from "../parse/node-facts.ts";
import { conditionSpecs } from "../parse/node-specs.ts";

const document = arrayOf(nodeCondition);

/** The conditions alone, as a case lists them: a JSON array. Asked live, the Node object has them. */
export const nodeConditions: Reader = {
  id: "node-conditions",
  provides: conditionSpecs,
  streams: ["conditions"],
  read: (answer) => {
    const conditions = conditionsIn(textOf(answer));
    return conditions === undefined || conditions.length === 0
      ? {}
      : { facts: conditionFacts(conditions), logs: { conditions: alarmingLines(conditions) } };
  },
};

function conditionsIn(text: string) {
  try {
    return document.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON: the answer shows no conditions.
    return undefined;
  }
}
