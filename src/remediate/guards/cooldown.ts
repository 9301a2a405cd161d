import { blocked, type Guard, passed } from "./guard.ts";

/** A node that was just acted on shows what that did; acting again at once hides it. */
export const cooldown: Guard = {
  id: "cooldown",
  check: ({ now, lastActed, limits: { cooldownMs } }) => {
    const minutes = Math.round(cooldownMs / 60_000);
    if (lastActed === null)
      return blocked("it is not known when this node was last acted on", "wait until the store answers");
    if (lastActed === "never") return passed("no fix was run on this node before");
    const leftMs = Date.parse(lastActed) + cooldownMs - now.getTime();
    if (leftMs <= 0) return passed(`last acted on ${lastActed.slice(0, 16)} UTC, more than ${minutes} min ago`);
    const until = new Date(now.getTime() + leftMs).toISOString().slice(11, 19);
    return blocked(
      `this node was acted on at ${lastActed.slice(11, 19)} UTC; ${minutes} min have to pass`,
      `wait until ${until} UTC`,
    );
  },
};
