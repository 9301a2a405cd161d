import { blocked, type Guard, passed, shareOf } from "./guard.ts";

/** Many nodes down at once have a common cause, and a fix of one of them is no cure but may do harm. */
export const fleet: Guard = {
  id: "fleet",
  check: (situation) => {
    const { fleet: known, limits } = situation;
    if (known === null)
      return blocked("it is not known how many nodes are NotReady", "wait until the API server lists the nodes");
    const notReady = known.notReady + (known.thisOneCounted ? 0 : 1);
    const most = shareOf(known.total, limits.notReadyPercent);
    const figures = `${notReady} of ${known.total} nodes are NotReady, this one counted; the limit is ${most} (${limits.notReadyPercent} %)`;
    return notReady <= most
      ? passed(figures)
      : blocked(figures, `at most ${most} may be NotReady: look for what they have in common first`);
  },
};
