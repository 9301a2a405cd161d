/**
 * Errors by meaning, not by place. Whoever catches one knows at once who can do something about it:
 * the operator (OperatorError), another system's owner (ExternalError), or us (Bug).
 * They carry data only; `present` words them.
 */

/** The operator can fix it. `nextSteps` are things to do, in order. */
export class OperatorError extends Error {
  readonly nextSteps: readonly string[];
  constructor(message: string, nextSteps: readonly string[] = [], options?: ErrorOptions) {
    super(message, options);
    this.name = "OperatorError";
    this.nextSteps = nextSteps;
  }
}

export type Service = "kubernetes" | "ssh" | "slack" | "mongodb" | "store" | "cloud";

/** Another system failed. `retryable` says whether asking again later can help. */
export class ExternalError extends Error {
  readonly service: Service;
  readonly retryable: boolean;
  constructor(service: Service, message: string, retryable: boolean, options?: ErrorOptions) {
    super(message, options);
    this.name = "ExternalError";
    this.service = service;
    this.retryable = retryable;
  }
}

/** Our own mistake: something that cannot happen did. */
export class Bug extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Bug";
  }
}

/** The message of anything that was thrown, for logs and "why not" lines. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
