import type { SlackMessage } from "../../../present/blocks/kit.ts";

/** How a call to Slack ended where it did not succeed. */
export type Trouble =
  /** Slack said no, so nothing happened; with the seconds it wants us to wait, where it said so. */
  | { readonly kind: "refused"; readonly why: string; readonly waitSeconds: number | null }
  /** It may have happened: no answer came, or one that says nothing. */
  | { readonly kind: "unknown"; readonly why: string };

export type Found =
  | { readonly kind: "found"; readonly ts: string }
  | { readonly kind: "not-there" }
  /** No right to read, or too much to read: trying again does not help. */
  | { readonly kind: "unreadable"; readonly why: string }
  | { readonly kind: "failed"; readonly why: string };

/** The channel of the digest. Nothing here rejects. */
export interface DigestChannel {
  readonly team: () => Promise<{ readonly kind: "team"; readonly id: string } | Trouble>;
  readonly post: (
    message: SlackMessage,
    week: string,
  ) => Promise<{ readonly kind: "posted"; readonly ts: string } | Trouble>;
  /** The digest of this week, posted by this app since then. */
  readonly find: (week: string, since: Date) => Promise<Found>;
}

/** The `event_type` of the metadata by which a posted digest is known again. */
export const digestEvent = "node_why_digest";
