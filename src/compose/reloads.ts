import type { Clock } from "../collect/ports.ts";
import { knowledgeFolderMark } from "../platform/files/knowledge-folder.ts";
import { messageOf } from "../shared/errors.ts";
import { type LiveEngine, type Reload, reloadText } from "../usecases/reload.ts";

export interface ReloadPorts {
  /** The operator's own folders. */
  readonly folders: readonly string[];
  readonly clock: Pick<Clock, "after">;
  readonly log: Record<"info" | "error", (fields: object, message: string) => void>;
}

/** Polling sees what no notification tells of: network file systems, and a ConfigMap whose links are exchanged. */
const lookEveryMs = 10_000;

/** Reads the knowledge anew at SIGHUP, and when the operator's folders have changed and then rested for one look. */
export function startReloads(live: LiveEngine, { folders, clock, log }: ReloadPorts): { readonly stop: () => void } {
  const reload = (): void => {
    live.reload().then(
      (outcome) => tell(outcome, log),
      (thrown: unknown) => log.error({ error: messageOf(thrown) }, "the knowledge could not be read anew"),
    );
  };
  process.on("SIGHUP", reload);
  const stopLooking = folders.length > 0 ? lookForChanges(folders, clock, reload) : () => undefined;
  return {
    stop: () => {
      process.removeListener("SIGHUP", reload);
      stopLooking();
    },
  };
}

function tell(outcome: Reload, log: ReloadPorts["log"]): void {
  const { digest } = outcome.engine.knowledge;
  if (outcome.kind === "kept") log.error({ knowledge: digest, problems: outcome.problems }, reloadText(outcome));
  else log.info({ knowledge: digest }, reloadText(outcome));
}

function lookForChanges(folders: readonly string[], clock: Pick<Clock, "after">, changed: () => void): () => void {
  const mark = (): string => folders.map(knowledgeFolderMark).join("\n\n");
  let known = mark();
  let before = known;
  let stop = (): void => undefined;
  const look = (): void => {
    const now = mark();
    if (now !== known && now === before) {
      known = now;
      changed();
    }
    before = now;
    stop = clock.after(lookEveryMs, look);
  };
  stop = clock.after(lookEveryMs, look);
  return () => stop();
}
