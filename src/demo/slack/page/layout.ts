import type { World } from "../state/world.ts";
import { avatar } from "./message.ts";
import type { Part, Parts } from "./parts.ts";
import { addressOf, type Place, peopleIn, placeFields } from "./place.ts";
import { attributes, escapeHtml, hidden } from "./render/html.ts";

/** What the demo adds to the page. */
export interface PageOptions {
  /** Above the channel list; `Stand-in` by default. */
  readonly title?: string;
  /** One line below the channel's name. */
  readonly topic?: string;
  /** Commands to try, offered above the message box. */
  readonly suggestions?: readonly string[];
}

export function renderPage(world: World, place: Place, parts: Parts, options: PageOptions): string {
  const name = escapeHtml(place.channel.name);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>#${name}</title>
<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/style.css"><script src="/page.js" defer></script></head>
<body${attributes({ class: place.thread === undefined ? undefined : "with-thread" })}>
<a class="skip" href="#text">Skip to the message box</a>
${renderSide(world, place, options)}
<main>
<header><h1># ${name}</h1><p>${escapeHtml(options.topic ?? "A Slack on this machine. Nothing here leaves it.")}</p></header>
<div id="log" class="messages" role="log" aria-label="Messages in ${name}" tabindex="0" data-empty="Nothing has been said here yet.">${join(parts.log)}</div>
${renderComposer(place, options)}
</main>
${renderThread(place, parts)}
<div id="dialogs">${join(parts.dialogs)}</div>
<p id="notice" role="status"></p>
</body></html>`;
}

const join = (parts: readonly Part[]): string => parts.map((part) => part.html).join("\n");

function renderSide(world: World, place: Place, options: PageOptions): string {
  const channels = world.workspace
    .channels()
    .filter((channel) => channel.directWith === undefined && channel.members.has(place.user.id));
  const items = channels.map((channel) => {
    const current = channel.id === place.channel.id;
    const href = addressOf(place, { channel: channel.id, thread: undefined });
    return `<li><a${attributes({ href, "aria-current": current ? "page" : undefined })}># ${escapeHtml(channel.name)}</a></li>`;
  });
  const people = peopleIn(world).map((user) => {
    const kind = user.kind === "member" ? "" : ` (${user.kind})`;
    return `<option${attributes({ value: user.id, selected: user.id === place.user.id })}>${escapeHtml(user.realName + kind)}</option>`;
  });
  return `<nav aria-label="Workspace"><p class="team">${escapeHtml(options.title ?? "Stand-in")}</p>
<h2>Channels</h2><ul>${items.join("")}</ul>
<form method="get" action="/" class="who">${avatar(place.user.id, place.user.realName, false)}<label>You are<select name="user">${people.join("")}</select></label>${hidden({ channel: place.channel.id })}<noscript><button>Switch</button></noscript></form></nav>`;
}

function renderComposer(place: Place, options: PageOptions): string {
  const chips = (options.suggestions ?? []).map(
    (text) =>
      `<button${attributes({ type: "submit", name: "text", value: text })} formnovalidate>${escapeHtml(text)}</button>`,
  );
  const fields = hidden({ gesture: "write", ...placeFields(place) });
  const tries =
    chips.length > 0
      ? `<form class="tries" method="post" action="/do" aria-label="Try">${fields}${chips.join("")}</form>`
      : "";
  return `<div class="composer">${tries}<form id="composer" method="post" action="/do" autocomplete="off">${fields}
<label class="unseen" for="text">Message or command</label>
<input id="text" name="text" required maxlength="3000" placeholder="Message #${escapeHtml(place.channel.name)}, or /node why NAME">
<button class="button primary" aria-label="Send">Send</button></form></div>`;
}

function renderThread(place: Place, parts: Parts): string {
  const close = addressOf(place, { thread: undefined });
  return `<aside aria-label="Thread"><header><h2>Thread</h2><a class="close" data-nav${attributes({ href: close })} aria-label="Close the thread">×</a></header>
<div id="thread" class="messages" role="log" aria-label="Thread" tabindex="0">${join(parts.thread)}</div></aside>`;
}
