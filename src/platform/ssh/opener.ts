import type { Clock, SshOpener } from "../../collect/ports.ts";
import type { Common } from "./common.ts";
import { loginLimit } from "./login-limit.ts";
import { restBook } from "./resting.ts";
import type { Local, SshSettings } from "./settings.ts";
import { ssh2Transport } from "./ssh2.ts";
import { turnstile } from "./turnstile.ts";

const loginsAtOnce = 4;

/**
 * Opens sessions for one cluster's nodes; remembers failed logins, and what hung in the kernel, as long as it lives.
 * `ends`: what becomes of a command whose connection is lost; see command-line.ts.
 */
export function sshOpener(
  settings: SshSettings,
  local: Local,
  clock: Clock,
  ends: Common["ends"] = "lifeline",
): SshOpener {
  const limit = loginLimit(clock);
  const logins = turnstile(settings.loginsAtOnce ?? loginsAtOnce);
  const common: Common = { local, clock, limit, logins, rests: restBook(), ends };
  return { open: (target, signal) => ssh2Transport({ target, settings, signal }, common) };
}
