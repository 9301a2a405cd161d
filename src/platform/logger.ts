import { type DestinationStream, type Logger, pino } from "pino";

export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Names under which a secret may reach a log call; their values are never written. */
const secretNames = [
  "token",
  "password",
  "passphrase",
  "privateKey",
  "secret",
  "signingSecret",
  "authorization",
  "cookie",
];

/**
 * JSON lines on standard error: standard output is for answers only.
 * `destination` is for tests.
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.headers.${name}`]);
  return pino(
    { level, base: null, redact: { paths, censor: "[secret]" }, timestamp: pino.stdTimeFunctions.isoTime },
    destination ?? pino.destination({ dest: 2, sync: true }),
  );
}
