import type { Clock } from "../../collect/ports.ts";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";

/** Where somebody logs in, and through which bastion; null: straight. */
export interface LoginPlace {
  /** `user@host:port`. */
  readonly login: string;
  readonly bastion: string | null;
}

/** Counts failed logins, so that the bot never locks an account or floods an audit log. */
export interface LoginLimit {
  /** Why no further login is tried here for now; null: one may be. */
  readonly refusal: (place: LoginPlace) => Unavailable | null;
  readonly failed: (place: LoginPlace) => void;
  readonly succeeded: (place: LoginPlace) => void;
}

export const mostFailedLogins = 3;
export const restMinutes = 30;

interface Failures {
  /** One host that refuses counts as often as it is asked; behind a bastion, each host counts once. */
  readonly logins: readonly string[];
  readonly lastMs: number;
}

/** Lives as long as the process: a restart, or half an hour, is how an operator says that it is mended. */
export function loginLimit(clock: Pick<Clock, "monotonicMs">): LoginLimit {
  const failures = new Map<string, Failures>();
  const of = (key: string): Failures | undefined => {
    const found = failures.get(key);
    if (found === undefined || clock.monotonicMs() - found.lastMs < restMinutes * 60_000) return found;
    failures.delete(key);
    return undefined;
  };
  const count = (key: string, login: string, once: boolean): void => {
    const before = of(key)?.logins ?? [];
    const logins = once && before.includes(login) ? before : [...before, login];
    failures.set(key, { logins, lastMs: clock.monotonicMs() });
  };
  const exhausted = (key: string): boolean => (of(key)?.logins.length ?? 0) >= mostFailedLogins;
  return {
    refusal: ({ login, bastion }) => {
      if (exhausted(login)) return stopped(`${mostFailedLogins} logins as ${login} failed`);
      if (bastion === null || !exhausted(behind(login, bastion))) return null;
      return stopped(`logins to ${mostFailedLogins} hosts behind ${bastion} failed as ${userOf(login)}`);
    },
    failed: ({ login, bastion }) => {
      count(login, login, false);
      if (bastion !== null) count(behind(login, bastion), login, true);
    },
    succeeded: ({ login, bastion }) => {
      failures.delete(login);
      if (bastion !== null) failures.delete(behind(login, bastion));
    },
  };
}

const userOf = (login: string): string => login.slice(0, login.indexOf("@"));
const behind = (login: string, bastion: string): string => `${userOf(login)} behind ${bastion}`;

function stopped(what: string): Unavailable {
  const detail = `${what}; no more are tried, so that no account is locked`;
  return unavailable("unauthenticated", detail, `mend the login, then restart node-why or wait ${restMinutes} minutes`);
}
