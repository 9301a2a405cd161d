import type { Progress } from "../../collect/run.ts";
import type { SlackMessage } from "../../present/blocks/kit.ts";
import { type ProgressView, progressMessage } from "../../present/blocks/progress.ts";

const sourceNames = { kubernetes: "Kubernetes API", ssh: "SSH", local: "from here" } as const;
type Shown = keyof typeof sourceNames;

/** Follows the probes and says, at most once per interval, how far collecting is. */
export interface ProgressLine {
  readonly note: (event: Progress, about: { readonly cluster: string; readonly node: string }) => void;
  /** No update is sent after this; resolves once the last one has been. */
  readonly stop: () => Promise<void>;
}

export function makeProgress(
  send: (message: SlackMessage) => Promise<void>,
  clock: { readonly monotonicMs: () => number },
  intervalMs = 1_000,
): ProgressLine {
  const sources = new Map<Shown, { state: "waiting" | "answers" | "failed"; says: string }>();
  for (const name of Object.keys(sourceNames) as Shown[]) sources.set(name, { state: "waiting", says: "" });
  let [done, total, sentAt, stopped, found] = [0, 0, clock.monotonicMs(), false, false];
  let sending: Promise<void> = Promise.resolve();
  const view = (about: { cluster: string; node: string }): ProgressView => ({
    ...about,
    found,
    done,
    total,
    sources: [...sources].map(([name, each]) => ({ name: sourceNames[name], ...each })),
  });
  return {
    note: (event, about) => {
      if (event.kind === "began") total = event.total;
      if (event.kind === "lost") sources.set("ssh", { state: "failed", says: event.why.detail });
      if (event.kind === "answered") {
        done = event.done;
        found ||= event.item.probe === "node-object" && event.item.answer.kind === "value";
        const source = event.item.source as Shown;
        if (event.item.answer.kind !== "unavailable" && sources.has(source))
          sources.set(source, { state: "answers", says: "" });
      }
      if (stopped || clock.monotonicMs() - sentAt < intervalMs) return;
      sentAt = clock.monotonicMs();
      sending = sending.then(() => (stopped ? undefined : send(progressMessage(view(about)))));
    },
    stop: () => {
      stopped = true;
      return sending;
    },
  };
}
