import { blocked, type Guard, passed } from "./guard.ts";

/** After a boot, or on another machine of the same name, what was confirmed is about something that is gone. */
export const sameBoot: Guard = {
  id: "same-boot",
  check: ({ bootId: { proposed, now } }) => {
    if (now === null)
      return blocked(
        "the node's boot id is not known",
        "let node-why read the node by SSH, or wait for the API server",
      );
    if (proposed === null || proposed === now) return passed(`boot ${now.slice(0, 8)}`);
    return blocked(
      `the node was booted or replaced since: boot ${now.slice(0, 8)}, was ${proposed.slice(0, 8)}`,
      "ask again and press Fix… on the new answer",
    );
  },
};
