import { atOnce } from "./at-once.ts";
import { cooldown } from "./cooldown.ts";
import { fleet } from "./fleet.ts";
import type { Guard } from "./guard.ts";
import { inTime } from "./in-time.ts";
import { mode } from "./mode.ts";
import { onePerNode } from "./one-per-node.ts";
import { optOut } from "./opt-out.ts";
import { person } from "./person.ts";
import { sameBoot } from "./same-boot.ts";

/** In the order in which they are shown. */
export const guards: readonly Guard[] = [mode, person, inTime, onePerNode, cooldown, fleet, atOnce, optOut, sameBoot];

/** What can be answered without looking at the node: these are asked at the moment of confirming too. */
export const guardsOfConfirming: readonly Guard[] = [mode, person, inTime];
