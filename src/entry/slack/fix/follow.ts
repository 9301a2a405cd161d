import type { WebClient } from "@slack/web-api";
import { fixEnd, fixProgress } from "../../../present/blocks/fix.ts";
import type { FixMessage } from "../../../present/blocks/fix-parts.ts";
import { messageOf } from "../../../shared/errors.ts";
import type { Tell } from "../../../usecases/remediate/ports.ts";
import type { FixEnd } from "../../../usecases/remediate/run.ts";
import type { Log } from "../bolt-logger.ts";

type Followed = FixEnd["remediation"];

export interface Follower {
  readonly tell: Tell;
  /** Posts how it ended; rejects where Slack does not take it. */
  readonly end: (end: FixEnd) => Promise<void>;
}

/** One message in the thread that follows a fix, and one more when it has ended, so that people are notified. */
export function followInThread(client: WebClient, log: Log): Follower {
  let shown: { readonly channel: string; readonly ts: string } | null = null;
  let next: Followed | null = null;
  let sending: Promise<void> = Promise.resolve();
  const send = async (): Promise<void> => {
    const now = next;
    next = null;
    if (now === null) return; // a newer state was sent already
    const message = fixProgress(now);
    if (shown === null) shown = await postInThread(client, now, message);
    else await client.chat.update({ ...shown, ...plain(message) });
  };
  return {
    tell: (remediation) => {
      next = remediation;
      // What Slack refuses costs a line of progress, never the fix.
      sending = sending
        .then(send)
        .catch((thrown: unknown) => log.error({ error: messageOf(thrown) }, "progress not shown"));
    },
    end: async (end) => {
      await sending;
      await postEnd(client, end);
    },
  };
}

export async function postEnd(client: WebClient, { remediation, unrecorded }: FixEnd): Promise<void> {
  await postInThread(client, remediation, fixEnd(remediation, unrecorded));
}

async function postInThread(
  client: WebClient,
  { place }: Followed,
  message: FixMessage,
): Promise<{ readonly channel: string; readonly ts: string }> {
  const { channel, thread } = place;
  if (channel === null) return { channel: "", ts: "" }; // it was begun on a terminal
  const sent = await client.chat.postMessage({
    channel,
    ...plain(message),
    ...(thread === null ? {} : { thread_ts: thread }),
  });
  return { channel: sent.channel ?? channel, ts: sent.ts ?? "" };
}

function plain({ text, blocks }: FixMessage): {
  text: string;
  blocks: never[];
  unfurl_links: false;
  unfurl_media: false;
} {
  return { text, blocks: blocks as unknown as never[], unfurl_links: false, unfurl_media: false };
}
