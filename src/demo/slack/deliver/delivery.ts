import type { Json } from "../state/wire.ts";

/** Slack gives an app this long to acknowledge what it is sent. */
export const acknowledgeWithinMs = 3_000;

export type DeliveryKind = "slash_commands" | "interactive" | "events_api";

/** One thing the app is told. A repeated delivery has the same payload and says that it is one. */
export interface Delivery {
  readonly id: string;
  readonly kind: DeliveryKind;
  /** For problems: the command, action, callback or event type. */
  readonly where: string;
  readonly payload: Json;
  readonly retry?: { readonly attempt: number; readonly reason: string };
}

/** What the app said to it. `body` is what it acknowledged with: an object, or undefined where it said nothing. */
export type TransportAnswer =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly reason: string; readonly detail?: string; readonly noRetry?: boolean };

/** How deliveries reach the app. */
export interface Transport {
  /** Slack's word for an answer that did not come, as its retries give it. */
  readonly timeoutReason: "timeout" | "http_timeout";
  /** Resolves when the app answers, which may be never. */
  readonly send: (delivery: Delivery) => Promise<TransportAnswer>;
}

/** What the user's Slack sees of it. */
export type Outcome =
  | { readonly acknowledged: true; readonly body: unknown; readonly afterMs: number }
  | {
      readonly acknowledged: false;
      /** As Slack words it to the user. */
      readonly error: "operation_timeout" | "dispatch_failed";
      /** As Slack words it to the app when it tries again. */
      readonly reason: string;
      readonly detail: string;
      readonly noRetry: boolean;
    };
