import type { ServerResponse } from "node:http";
import { messageOf, OperatorError } from "../../../shared/errors.ts";
import type { Desk } from "../driver/gestures.ts";
import type { Exchange } from "../http/api-route.ts";
import { readBody } from "../http/body.ts";
import { replyJson, replyText } from "../http/reply.ts";
import { serveChanges } from "./changes-stream.ts";
import { clientScript } from "./client.ts";
import { perform } from "./gesture.ts";
import { isOwn } from "./guard.ts";
import { type PageOptions, renderPage } from "./layout.ts";
import { mark } from "./message.ts";
import { partsOf } from "./parts.ts";
import { addressOf, placeFrom } from "./place.ts";
import { baseStyle } from "./style/base.ts";
import { controlStyle } from "./style/controls.ts";
import { messageStyle } from "./style/message.ts";

const maxFormBytes = 200_000;

/** Nothing from elsewhere, nothing inline: even markup that slipped through could not run. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#326ce5"/>${mark}</svg>`;

/** Serves the page and what it needs; false where the path is not the page's. */
export async function servePage(exchange: Exchange, desk: Desk, options: PageOptions): Promise<boolean> {
  const { world, request, response, url } = exchange;
  if (!isOwn(request, world.origin())) return false;
  if (request.method === "POST") return url.pathname === "/do" && act(exchange, desk);
  return serveStatic(response, url.pathname) || serveLive(exchange, options);
}

function serveStatic(response: ServerResponse, path: string): boolean {
  const files: Readonly<Record<string, readonly [string, string]>> = {
    "/style.css": [baseStyle + messageStyle + controlStyle, "text/css"],
    "/page.js": [clientScript, "text/javascript"],
    "/icon.svg": [icon, "image/svg+xml"],
  };
  const [body, type] = files[path] ?? [];
  if (body === undefined) return false;
  replyText(response, 200, body, type);
  return true;
}

function serveLive({ world, url, request, response }: Exchange, options: PageOptions): boolean {
  if (url.pathname === "/changes") return serveChanges(world, request, response);
  const archived = /^\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(url.pathname);
  if (archived) return redirectToMessage(response, archived, url);
  const place = placeFrom(world, url.searchParams);
  if (place === undefined) return false;
  if (url.pathname === "/parts") replyJson(response, 200, partsOf(world, place));
  else if (url.pathname === "/") replyHtml(response, renderPage(world, place, partsOf(world, place), options));
  else return false;
  return true;
}

function replyHtml(response: ServerResponse, html: string): void {
  response.setHeader("content-security-policy", policy);
  response.setHeader("cache-control", "no-store");
  response.setHeader("referrer-policy", "no-referrer");
  replyText(response, 200, html, "text/html");
}

/** Permalinks lead to the channel with the message's thread open. */
function redirectToMessage(
  response: ServerResponse,
  [, channel = "", seconds, micros]: RegExpExecArray,
  url: URL,
): boolean {
  const ts = url.searchParams.get("thread_ts") ?? `${seconds}.${micros}`;
  response.writeHead(303, { location: `/?${new URLSearchParams({ channel, thread: ts })}` });
  response.end();
  return true;
}

/** Does what a form says. The script gets JSON, a browser without it is sent back to where it was. */
async function act({ world, request, response }: Exchange, desk: Desk): Promise<boolean> {
  const form = new URLSearchParams((await readBody(request, maxFormBytes))?.toString() ?? "");
  const place = placeFrom(world, form);
  if (place === undefined) return false;
  const told = await perform(desk, place, form).catch(wording);
  if (request.headers.accept === "application/json") {
    replyJson(response, 200, { told: told ?? "" });
    return true;
  }
  response.writeHead(303, { location: addressOf(place) });
  response.end();
  return true;
}

/** What a person can meet: a button that is gone, a dialog that was closed meanwhile. */
function wording(thrown: unknown): string {
  if (thrown instanceof OperatorError) return thrown.message;
  return `The page stumbled: ${messageOf(thrown)}`;
}
