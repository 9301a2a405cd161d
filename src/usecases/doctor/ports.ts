import type { Clock, Ports, SshOpener } from "../../collect/ports.ts";
import type { Registry } from "../../collect/registry.ts";
import type { Unavailable } from "../../evidence/evidence.ts";
import type { Result } from "../../shared/result.ts";

/** What the checkup asks, each part made when it is asked; what cannot be had says why by throwing. */
export interface DoctorPorts {
  readonly clock: Clock;
  readonly registry: Registry;
  readonly clusters: readonly DoctorCluster[];
  /** Nodes to try, by name or as CLUSTER/NAME; none: a sample of each cluster's. */
  readonly nodes: readonly string[];
  /** Milliseconds for each check. */
  readonly limitMs: number;
  readonly store: () => Promise<StoreState>;
  /** Problems of the operator's own knowledge folders; null: there are none. */
  readonly knowledge: (() => Promise<readonly string[]>) | null;
  /** null: no token is given. */
  readonly slack: (() => Promise<SlackState>) | null;
  readonly slackWish: SlackWish;
}

export interface DoctorCluster {
  readonly name: string;
  /** Hosts that are tried where the API names no node. */
  readonly inventory: readonly string[];
  readonly ports: () => Promise<Ports>;
  readonly reviews: () => Promise<AccessReviews>;
  readonly credentials: () => Promise<readonly Credential[]>;
  /** Where the pods are that commands may be run in; null: that is off. */
  readonly execNamespace: string | null;
  /** The login that runs fixes; null: none is configured. */
  readonly acting: ActingLogin | null;
}

export interface ActingLogin {
  readonly user: string;
  readonly ssh: SshOpener;
  /** What it has to be allowed: the words as sudo sees them, and the rule that allows them. */
  readonly commands: readonly { readonly words: readonly string[]; readonly rule: string }[];
}

/** Whether we may; asking is a POST of a SelfSubjectAccessReview, which changes nothing. */
export interface AccessReviews {
  /** Never rejects. */
  readonly allowed: (access: ReviewedAccess, timeoutMs: number) => Promise<Result<boolean, Unavailable>>;
}

export type ReviewedAccess =
  | { readonly path: string; readonly verb: string }
  | {
      readonly group: string;
      readonly resource: string;
      readonly subresource?: string;
      readonly namespace?: string;
      readonly name?: string;
      readonly verb: string;
    };

/** Something we show to others that ends by itself. */
export interface Credential {
  readonly what: string;
  /** Milliseconds since 1970; infinite where it never ends. */
  readonly endsAt: number;
  /** How to renew it. */
  readonly renew: string;
}

export interface StoreState {
  readonly where: string;
  /** Migrations that have not run yet. */
  readonly pending: readonly string[];
}

export interface SlackWish {
  /** As configured, by name or id. */
  readonly channels: readonly string[];
  readonly mode: "socket" | "http";
  readonly userGroups: boolean;
  readonly digest: boolean;
}

export interface SlackState {
  /** Slack's word for what is wrong with the bot's token. */
  readonly auth: Result<
    { readonly team: string; readonly bot: string; readonly scopes: readonly string[] | null },
    string
  >;
  /** By the channel as configured. */
  readonly channels: Readonly<Record<string, ChannelState>>;
  /** null: HTTP mode. */
  readonly socket: Result<null, string> | null;
  /** HTTP mode needs it. */
  readonly signingSecret: boolean;
}

export type ChannelState =
  | { readonly kind: "found"; readonly joined: boolean; readonly archived: boolean; readonly shared: boolean }
  | { readonly kind: "not-found" }
  | { readonly kind: "not-told"; readonly why: string };
