/** Failures on order: how a test makes Slack refuse, limit or drop calls. */
export interface Fault {
  /** A Web API method; every method where absent. `response_url` names posts to response URLs. */
  readonly method?: string;
  /** HTTP status; 429 carries `retryAfter`. */
  readonly status?: number;
  /** Slack's error code in an answer with status 200. */
  readonly error?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** The connection breaks without an answer. */
  readonly reset?: boolean;
  /** How many calls fail; 1 by default. */
  readonly times?: number;
}

export interface Faults {
  readonly order: (fault: Fault) => void;
  /** The fault this call meets, counted down. */
  readonly next: (method: string) => Fault | undefined;
}

export function createFaults(): Faults {
  const ordered: { readonly fault: Fault; left: number }[] = [];
  return {
    order: (fault) => void ordered.push({ fault, left: fault.times ?? 1 }),
    next: (method) => {
      const entry = ordered.find(({ fault, left }) => left > 0 && (fault.method ?? method) === method);
      if (entry) entry.left -= 1;
      return entry?.fault;
    },
  };
}
