import type { Ids } from "./ids.ts";

/** Slack's own figure: a trigger opens one dialog, within three seconds of the interaction it came with. */
export const triggerLifeMs = 3_000;

export interface Trigger {
  readonly id: string;
  readonly user: string;
}

export type TriggerError = "invalid_trigger_id" | "expired_trigger_id" | "exchanged_trigger_id";

export interface Triggers {
  readonly issue: (user: string) => string;
  /** Exchanges the trigger for the user it belongs to; each works once. */
  readonly exchange: (id: string) => Trigger | TriggerError;
}

interface Issued extends Trigger {
  readonly at: number;
  used: boolean;
}

export function createTriggers(ids: Ids, now: () => number): Triggers {
  const issued = new Map<string, Issued>();
  return {
    issue: (user) => {
      const id = ids.next("trigger.");
      issued.set(id, { id, user, at: now(), used: false });
      return id;
    },
    exchange: (id) => {
      const trigger = issued.get(id);
      if (trigger === undefined) return "invalid_trigger_id";
      if (trigger.used) return "exchanged_trigger_id";
      if (now() - trigger.at > triggerLifeMs) return "expired_trigger_id";
      trigger.used = true;
      return trigger;
    },
  };
}
