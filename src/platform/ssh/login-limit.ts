/** Counts failed logins per user and host, so that the bot never locks an account or floods an audit log. */
export interface LoginLimit {
  readonly exhausted: (login: string) => boolean;
  readonly failed: (login: string) => void;
  readonly succeeded: (login: string) => void;
}

export const mostFailedLogins = 3;

/** Lives as long as the process: a restart is how an operator says that it is mended. */
export function loginLimit(): LoginLimit {
  const failures = new Map<string, number>();
  return {
    exhausted: (login) => (failures.get(login) ?? 0) >= mostFailedLogins,
    failed: (login) => void failures.set(login, (failures.get(login) ?? 0) + 1),
    succeeded: (login) => void failures.delete(login),
  };
}
