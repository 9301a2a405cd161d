import type { WebClient } from "@slack/web-api";
import type { Clock } from "../../../collect/ports.ts";
import { messageOf } from "../../../shared/errors.ts";
import type { FixWorld } from "../../../usecases/remediate/ports.ts";
import { sweep } from "../../../usecases/remediate/sweep.ts";
import type { Log } from "../bolt-logger.ts";
import { postEnd } from "./follow.ts";

const everyMs = 60_000;

/** Looks at once and every minute for what a stopped process has left; returns how to end that. */
export function startSweeping(
  world: FixWorld,
  client: WebClient,
  clock: Pick<Clock, "after">,
  log: Log,
): () => Promise<void> {
  let stopped = false;
  let cancel = (): void => undefined;
  const once = async (): Promise<void> => {
    try {
      const swept = await sweep(world, (remediation) => postEnd(client, { remediation, unrecorded: null }));
      if (swept.interrupted.length > 0) log.warn({ fixes: swept.interrupted }, "fixes were left behind and are over");
    } catch (thrown) {
      log.error({ error: messageOf(thrown) }, "looking for fixes that were left behind failed");
    }
    if (!stopped) cancel = clock.after(everyMs, again);
  };
  const again = (): void => {
    running = once();
  };
  let running = once();
  return async () => {
    stopped = true;
    cancel();
    await running;
  };
}
