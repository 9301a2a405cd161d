/** A guard looks at what is known and says yes, or no with the number that blocks and what would unblock it. */
export interface Guard {
  readonly id: string;
  readonly check: (situation: Situation) => Passed | Blocked;
}

export interface Passed {
  readonly passes: true;
  readonly says: string;
}
export interface Blocked {
  readonly passes: false;
  readonly says: string;
  readonly unblock: string;
}

/** null is "not known": a guard that cannot answer refuses. */
export interface Situation {
  readonly now: Date;
  readonly node: string;
  readonly mode: "off" | "propose" | "confirm";
  /** Why this person may not; `allowed` where they may. */
  readonly person: "allowed" | { readonly why: string };
  readonly expiresAt: string;
  readonly fleet: { readonly total: number; readonly notReady: number; readonly thisOneCounted: boolean } | null;
  /** Other nodes of the cluster under repair. */
  readonly othersUnderWay: number | null;
  /** Somebody at work on this very node. */
  readonly atWork: { readonly by: string; readonly since: string } | "nobody" | null;
  /** When a step was last run on this node; `never`. */
  readonly lastActed: string | "never" | null;
  readonly labels: ReadonlyMap<string, string> | null;
  readonly bootId: { readonly proposed: string | null; readonly now: string | null };
  readonly limits: Limits;
}

export interface Limits {
  /** No fix while more than this share of the nodes is not Ready, rounded up, at least one. */
  readonly notReadyPercent: number;
  /** So many nodes of a cluster under repair at once, and never more than the share above. */
  readonly atOnce: number;
  readonly cooldownMs: number;
}

export interface Judgement {
  readonly guard: string;
  readonly passes: boolean;
  readonly says: string;
  readonly unblock: string | null;
}

export function judge(guards: readonly Guard[], situation: Situation): readonly Judgement[] {
  return guards.map(({ id, check }) => {
    const verdict = check(situation);
    return { guard: id, passes: verdict.passes, says: verdict.says, unblock: verdict.passes ? null : verdict.unblock };
  });
}

export const passed = (says: string): Passed => ({ passes: true, says });
export const blocked = (says: string, unblock: string): Blocked => ({ passes: false, says, unblock });

/** The most nodes a share allows: rounded up, so that one of three may be mended, and never none. */
export function shareOf(total: number, percent: number): number {
  return Math.max(1, Math.ceil((total * percent) / 100));
}
