import type { Logger, LogLevel } from "@slack/bolt";

/** The part of our logger that is needed here. */
export interface Log {
  readonly debug: (fields: object, message: string) => void;
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
}

/** Bolt's own logger writes to standard output, which is for answers only. */
export function boltLogger(log: Log): Logger {
  let level = "info" as LogLevel;
  const to =
    (name: keyof Log) =>
    (...parts: unknown[]): void =>
      log[name]({ from: "slack" }, parts.map(String).join(" "));
  return {
    debug: to("debug"),
    info: to("debug"),
    warn: to("warn"),
    error: to("error"),
    setLevel: (next) => {
      level = next;
    },
    getLevel: () => level,
    setName: () => undefined,
  };
}
