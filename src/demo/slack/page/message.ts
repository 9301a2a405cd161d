import type { Message } from "../state/message.ts";
import { repliesTo } from "../state/wire.ts";
import type { World } from "../state/world.ts";
import type { InteractiveElement } from "../validate/elements.ts";
import { addressOf, type Place, placeFields } from "./place.ts";
import { renderBlocks } from "./render/blocks.ts";
import { type Choice, renderButton, renderControl } from "./render/elements.ts";
import { emoji } from "./render/emoji.ts";
import { attributes, escapeHtml, hidden } from "./render/html.ts";
import { renderMrkdwn } from "./render/mrkdwn.ts";
import { namesFrom } from "./render/names.ts";

/** One message with its author, its blocks or text, its files and the way into its thread. */
export function renderMessage(world: World, place: Place, message: Message, inThread: boolean): string {
  const names = namesFrom(world.workspace);
  const body =
    message.blocks.length > 0
      ? renderBlocks(message.blocks, {
          names,
          element: (element, blockId) => renderElement(world, place, message, element, blockId, inThread),
          input: () => "",
        })
      : `<div class="text">${renderMrkdwn(message.text, names)}</div>`;
  const private_ = message.ephemeralTo ? '<p class="private">Only visible to you</p>' : "";
  const name = names.user(message.user);
  const byApp = message.user === world.workspace.installation.botUserId;
  const head = `<p class="head"><b>${escapeHtml(name)}</b>${byApp ? '<span class="badge">APP</span>' : ""} ${timeOf(message)}${message.edits.length > 0 ? ' <span class="edited">(edited)</span>' : ""}</p>`;
  return `${avatar(message.user, name, byApp)}<div class="content">${private_}${head}${body}${filesOf(world, message)}${reactionsOf(message)}${inThread ? "" : threadLink(world, place, message)}</div>`;
}

function timeOf(message: Message): string {
  const iso = new Date(Number(message.ts) * 1000).toISOString();
  return `<time${attributes({ datetime: iso, title: iso })}>${iso.slice(11, 16)} UTC</time>`;
}

/** The app's own sign: a node, and the question about it. */
export const mark =
  '<svg viewBox="0 0 32 32"><path d="M16 2.5 27.7 9.25v13.500L16 29.5 4.3 22.75V9.25z" fill="none" stroke="#fff" stroke-width="2.2" stroke-linejoin="round"/><path d="M12.2 12.6a3.9 3.9 0 1 1 5.7 3.45c-1.3.7-1.9 1.4-1.9 2.95" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/><circle cx="16" cy="23" r="1.7" fill="#fff"/></svg>';

/** A letter on a colour that stays with the person. */
export function avatar(userId: string, name: string, byApp: boolean): string {
  const colour = [...userId].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 6;
  if (byApp) return `<div class="avatar app" aria-hidden="true">${mark}</div>`;
  return `<div class="avatar hue-${colour}" aria-hidden="true">${escapeHtml((name.trim()[0] ?? "?").toUpperCase())}</div>`;
}

/** Each element is a form of its own: it works without a script, and by keyboard. */
function renderElement(
  world: World,
  place: Place,
  message: Message,
  element: InteractiveElement,
  blockId: string,
  inThread: boolean,
): string {
  const actionId = element.action_id ?? "";
  const fields = hidden({
    gesture: "click",
    ...placeFields(place),
    ts: message.ts,
    in: message.channel,
    block_id: blockId,
  });
  const form = (inner: string, more = ""): string =>
    `<form class="element" method="post" action="/do"${more}>${fields}${inner}</form>`;
  const id = `${inThread ? "t" : "m"}-${message.ts}-${blockId}-${actionId}`;
  if (element.type === "button") return form(renderButton(element, { name: "action_id", press: actionId, id }));
  const control = renderControl(
    element,
    { name: "choose", press: "", id },
    peopleChoices(world),
    channelChoices(world),
  );
  return form(
    `${hidden({ action_id: actionId })}<label class="unseen" for="${escapeHtml(id)}">${escapeHtml(actionId)}</label>${control}<button class="button plain">OK</button>`,
  );
}

export function peopleChoices(world: World): readonly Choice[] {
  return world.workspace.users().map((user) => ({ value: user.id, label: user.realName }));
}

export function channelChoices(world: World): readonly Choice[] {
  return world.workspace.channels().map((channel) => ({ value: channel.id, label: `#${channel.name}` }));
}

function filesOf(world: World, message: Message): string {
  return message.fileIds
    .flatMap((id) => world.files.find(id) ?? [])
    .map((file) => {
      const size = `${Math.max(1, Math.round((file.content?.length ?? 0) / 1024))} kB`;
      const href = `/files/${encodeURIComponent(file.id)}`;
      if (/\.png$/i.test(file.name))
        return `<figure><img${attributes({ src: href, alt: file.title })}><figcaption>${escapeHtml(file.title)}</figcaption></figure>`;
      return `<a class="file"${attributes({ href })} download><b>${escapeHtml(file.title)}</b><small>${escapeHtml(file.name)}, ${size}</small></a>`;
    })
    .join("");
}

function reactionsOf(message: Message): string {
  const chips = message.reactions.map(
    (one) => `<li title=":${escapeHtml(one.name)}:">${escapeHtml(emoji(one.name))} ${one.users.length}</li>`,
  );
  return chips.length > 0 ? `<ul class="reactions">${chips.join("")}</ul>` : "";
}

function threadLink(world: World, place: Place, message: Message): string {
  const replies = repliesTo(world, message);
  const last = replies.at(-1);
  if (last === undefined) return "";
  const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  const href = addressOf(place, { thread: message.ts });
  return `<a class="replies" data-nav${attributes({ href })}>${count}<small>Last ${timeOf(last)}</small></a>`;
}
