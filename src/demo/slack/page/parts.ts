import { createHash } from "node:crypto";
import type { Message } from "../state/message.ts";
import { repliesTo } from "../state/wire.ts";
import type { World } from "../state/world.ts";
import { renderDialog } from "./dialog.ts";
import { renderMessage } from "./message.ts";
import type { Place } from "./place.ts";
import { attributes } from "./render/html.ts";

/** A piece of the page that the script replaces only when its version changes: focus and what is typed survive. */
export interface Part {
  readonly id: string;
  readonly version: string;
  readonly html: string;
}

export interface Parts {
  readonly log: readonly Part[];
  readonly thread: readonly Part[];
  readonly dialogs: readonly Part[];
}

export function partsOf(world: World, place: Place): Parts {
  return {
    log: channelMessages(world, place).map((message) => messagePart(world, place, message, false)),
    thread: threadParts(world, place),
    dialogs: world.views
      .stackOf(place.user.id)
      .slice(-1)
      .map((view) => {
        const html = renderDialog(world, place, view);
        return part("dialog", `view-${view.id}`, "", html);
      }),
  };
}

/** What this person sees in the channel: not other people's ephemeral messages, not what is in threads. */
function channelMessages(world: World, place: Place): readonly Message[] {
  return world.messages
    .inChannel(place.channel.id)
    .filter((message) => message.threadTs === undefined && isFor(message, place));
}

/** The parent, a line that counts the replies, and the replies. */
function threadParts(world: World, place: Place): readonly Part[] {
  const [parent, ...replies] = threadMessages(world, place).map((message) => messagePart(world, place, message, true));
  if (parent === undefined) return [];
  const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  return [parent, part("p", "t-replies", "count", count), ...replies];
}

function threadMessages(world: World, place: Place): readonly Message[] {
  const parent = place.thread === undefined ? undefined : world.messages.find(place.channel.id, place.thread);
  if (parent === undefined) return [];
  const private_ = world.messages
    .inChannel(place.channel.id)
    .filter((message) => message.threadTs === parent.ts && message.ephemeralTo === place.user.id);
  return [parent, ...[...repliesTo(world, parent), ...private_].sort((a, b) => Number(a.ts) - Number(b.ts))];
}

const isFor = (message: Message, place: Place): boolean => (message.ephemeralTo ?? place.user.id) === place.user.id;

function messagePart(world: World, place: Place, message: Message, inThread: boolean): Part {
  const id = `${inThread ? "t" : "m"}-${message.ts.replace(".", "-")}`;
  return part(
    "article",
    id,
    message.ephemeralTo ? "message only" : "message",
    renderMessage(world, place, message, inThread),
  );
}

function part(tag: "article" | "dialog" | "p", id: string, className: string, inner: string): Part {
  const version = createHash("sha256").update(inner).digest("hex").slice(0, 16);
  const open = tag === "dialog";
  return {
    id,
    version,
    html: `<${tag}${attributes({ id, class: className, "data-version": version, open })}>${inner}</${tag}>`,
  };
}
