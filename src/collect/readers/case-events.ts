import type { Reader } from "../../facts/reader.ts";

/** The events of a case, as people paste them: one per line. */
export const caseEvents: Reader = {
  id: "case-events",
  provides: {},
  streams: ["events"],
  read: (answer) => (answer.kind === "value" ? { logs: { events: answer.stdout } } : {}),
};
