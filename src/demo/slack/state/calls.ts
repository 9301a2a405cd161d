import type { Changes } from "./changes.ts";

/** One Web API call as the stand-in saw it; tokens are left out. */
export interface RecordedCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly answer: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface Calls {
  readonly record: (call: RecordedCall) => void;
  readonly list: (method?: string) => readonly RecordedCall[];
}

export function createCalls(changes: Changes): Calls {
  const calls: RecordedCall[] = [];
  return {
    record: (call) => {
      calls.push(call);
      changes.notify();
    },
    list: (method) => calls.filter((call) => method === undefined || call.method === method),
  };
}
