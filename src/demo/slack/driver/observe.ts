import type { RecordedCall } from "../state/calls.ts";
import type { StoredFile } from "../state/files.ts";
import type { Message } from "../state/message.ts";
import type { Problem } from "../state/problems.ts";
import type { OpenView } from "../state/views.ts";
import { repliesTo } from "../state/wire.ts";
import type { World } from "../state/world.ts";
import { channelNamed, userNamed } from "./gestures.ts";

/** What people and tests can see. Users and channels go by id or name. Everything returned is a snapshot. */
export interface Observer {
  /** The channel's own messages, oldest first, without thread replies. */
  readonly messages: (channel?: string) => readonly Message[];
  /** The parent and its replies, oldest first. */
  readonly thread: (channel: string, ts: string) => readonly Message[];
  /** What only this user sees, oldest first. */
  readonly ephemerals: (user?: string) => readonly Message[];
  /** The user's open dialogs, the one on top last. */
  readonly views: (user?: string) => readonly OpenView[];
  readonly files: () => readonly StoredFile[];
  /** Web API calls and posts to response URLs (`response_url`), in order. */
  readonly calls: (method?: string) => readonly RecordedCall[];
  /** Everything the app did that real Slack would have refused or shown as a failure. */
  readonly problems: () => readonly Problem[];
}

export function createObserver(world: World): Observer {
  const { messages, views, files, calls, problems } = world;
  return {
    messages: (channel) =>
      messages
        .inChannel(channelNamed(world, channel).id)
        .filter((message) => message.threadTs === undefined && message.ephemeralTo === undefined),
    thread: (channel, ts) => {
      const parent = messages.find(channelNamed(world, channel).id, ts);
      return parent === undefined ? [] : [parent, ...repliesTo(world, parent)];
    },
    ephemerals: (user) => messages.all().filter((message) => message.ephemeralTo === userNamed(world, user).id),
    views: (user) => views.stackOf(userNamed(world, user).id),
    files: files.all,
    calls: calls.list,
    problems: problems.list,
  };
}

/** One paragraph for the error of a wait that ended in vain. */
export function describeState(world: World): string {
  const lines = world.messages
    .all()
    .map((message) => `${message.ephemeralTo ? "(only one sees) " : ""}${message.text}`);
  const problems = world.problems.list().map((problem) => `${problem.kind} ${problem.where} ${problem.detail}`);
  return `messages: ${JSON.stringify(lines.slice(-5))}; problems: ${JSON.stringify(problems.slice(-5))}`;
}
