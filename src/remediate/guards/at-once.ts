import { blocked, type Guard, passed, shareOf } from "./guard.ts";

export const atOnce: Guard = {
  id: "at-once",
  check: ({ fleet, othersUnderWay, limits }) => {
    if (fleet === null || othersUnderWay === null) {
      return blocked(
        "it is not known how many nodes are under repair",
        "wait until the store and the API server answer",
      );
    }
    const most = Math.min(limits.atOnce, shareOf(fleet.total, limits.notReadyPercent));
    const figures = `${othersUnderWay} other nodes under repair; with this one the limit is ${most}`;
    return othersUnderWay + 1 <= most ? passed(figures) : blocked(figures, "wait until one of them is done");
  },
};
