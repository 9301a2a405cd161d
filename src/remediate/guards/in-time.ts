import { blocked, type Guard, passed } from "./guard.ts";

/** The situation that was confirmed is only true for so long. */
export const inTime: Guard = {
  id: "in-time",
  check: ({ now, expiresAt }) => {
    const leftMs = Date.parse(expiresAt) - now.getTime();
    if (leftMs > 0) return passed(`may be confirmed until ${expiresAt.slice(11, 19)} UTC`);
    const late = Math.floor(-leftMs / 1000);
    return blocked(`it could be confirmed until ${expiresAt.slice(11, 19)} UTC, ${late} s ago`, "press Fix… again");
  },
};
