import type { Ids } from "./ids.ts";

/** Slack's own figures: five messages within half an hour of the interaction. */
export const responseUrlLifeMs = 30 * 60_000;
export const responseUrlUses = 5;

/** What a response URL was issued for. `original` is the message that `replace_original` replaces. */
export interface ResponseUrl {
  readonly id: string;
  readonly user: string;
  readonly channel: string;
  original: string | undefined;
}

export type ResponseUrlError = "invalid_url" | "expired_url" | "used_url";

export interface ResponseUrls {
  /** Returns the identifier that ends the URL's path. `original` is a message's ts. */
  readonly issue: (user: string, channel: string, original?: string) => ResponseUrl;
  /** Counts one use. */
  readonly use: (id: string) => ResponseUrl | ResponseUrlError;
  /** Looks without counting. */
  readonly find: (id: string) => ResponseUrl | undefined;
}

interface Issued {
  readonly target: ResponseUrl;
  readonly at: number;
  uses: number;
}

export function createResponseUrls(ids: Ids, now: () => number): ResponseUrls {
  const issued = new Map<string, Issued>();
  return {
    issue: (user, channel, original) => {
      const target = { id: ids.next("R"), user, channel, original };
      issued.set(target.id, { target, at: now(), uses: 0 });
      return target;
    },
    find: (id) => issued.get(id)?.target,
    use: (id) => {
      const entry = issued.get(id);
      if (entry === undefined) return "invalid_url";
      if (now() - entry.at > responseUrlLifeMs) return "expired_url";
      if (entry.uses >= responseUrlUses) return "used_url";
      entry.uses += 1;
      return entry.target;
    },
  };
}
