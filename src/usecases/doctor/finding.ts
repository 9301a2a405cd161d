/** The checks, in the order they are printed. */
export const checks = [
  "config",
  "knowledge",
  "store",
  "api",
  "rbac",
  "clock",
  "credentials",
  "ssh",
  "sudo",
  "acting",
  "slack",
] as const;
export type Check = (typeof checks)[number];

/** `fix`: somebody has to do something; `unknown`: it could not be told. */
export type State = "fine" | "fix" | "unknown";

export interface Finding {
  readonly check: Check;
  /** A cluster or cluster/node; null: of this node-why itself. */
  readonly about: string | null;
  readonly state: State;
  readonly says: string;
  /** Things to do, in order; empty where it is fine. */
  readonly next: readonly string[];
}

export interface Checkup {
  readonly schema: 1;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** The worst of all: something to fix wins over what could not be told. */
  readonly state: State;
  readonly findings: readonly Finding[];
}

export function finding(check: Check, about: string | null): Record<"fine" | "fix" | "unknown", Make> {
  const make =
    (state: State): Make =>
    (says, ...next) => ({ check, about, state, says, next });
  return { fine: make("fine"), fix: make("fix"), unknown: make("unknown") };
}

type Make = (says: string, ...next: readonly string[]) => Finding;

/** In order, what is to be fixed once each: a kubeconfig that cannot be read is in the way of every check of its cluster. */
export function checkupOf(at: string, given: readonly Finding[]): Checkup {
  const alike = Map.groupBy(given, ({ check, about, state, says }) =>
    JSON.stringify([about, says, state === "fix" ? null : check]),
  );
  const findings = [...alike.values()].flatMap(([first]) => first ?? []);
  const sorted = [...findings].sort((one, other) => checks.indexOf(one.check) - checks.indexOf(other.check));
  const states = findings.map(({ state }) => state);
  const state = states.includes("fix") ? "fix" : states.includes("unknown") ? "unknown" : "fine";
  return { schema: 1, at, state, findings: sorted };
}
