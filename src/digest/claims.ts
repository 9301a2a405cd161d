/** Who posts one week's digest to one channel, and how far that has come: a port of the store. */

export interface DigestPlace {
  readonly team: string;
  /** As configured, so that all replicas name it alike. */
  readonly channel: string;
  /** `2026-W47`. */
  readonly week: string;
}

export interface Claimant {
  /** One name per attempt. */
  readonly holder: string;
  readonly ttlMs: number;
  readonly now: Date;
}

/** Every operation may reject as the store does. */
export interface DigestClaims {
  readonly claim: (place: DigestPlace, claimant: Claimant) => Promise<Claimed>;
}

export type Claimed =
  | { readonly kind: "ended"; readonly how: Ending }
  | { readonly kind: "held"; readonly until: Date }
  | { readonly kind: "ours"; readonly claim: DigestClaim };

/** `given-up`: it may have been posted, and nobody can look; it is never posted again. */
export type Ending = "posted" | "given-up";

/** The right to post, until it ends. Each step answers false where somebody else has taken over meanwhile. */
export interface DigestClaim {
  readonly until: Date;
  /** When somebody began to post it before, of whom nobody knows how that ended; null: it surely was not posted. */
  readonly begunAt: Date | null;
  /** Written before the message is sent. */
  readonly begin: (now: Date) => Promise<boolean>;
  readonly end: (how: Ending, ts: string | null, now: Date) => Promise<boolean>;
  /** It surely was not posted; anybody may try from then on. */
  readonly putOff: (until: Date) => Promise<boolean>;
}
