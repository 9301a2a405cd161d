import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault } from "../state/faults.ts";
import type { World } from "../state/world.ts";
import { answerCall } from "../web-api/call.ts";
import { type Method, refuse } from "../web-api/method.ts";
import { answerResponseUrl } from "../web-api/response-url.ts";
import { maxCallBytes, maxUploadBytes, parseArguments, parseJson, readBody } from "./body.ts";
import { replyJson, replyText } from "./reply.ts";

export interface Exchange {
  readonly world: World;
  readonly url: URL;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** `POST /api/METHOD`, also GET with a query, as with Slack. */
export async function serveApi(
  { world, url, request, response }: Exchange,
  extra: ReadonlyMap<string, Method>,
): Promise<void> {
  const method = url.pathname.slice("/api/".length);
  const body = await readBody(request, maxCallBytes);
  if (body === undefined) return replyText(response, 413, "too large");
  const fault = world.faults.next(method);
  if (fault) return serveFault(response, fault);
  const args = parseArguments(url.searchParams, request.headers["content-type"] ?? "", body.toString());
  if (!args.ok) return replyJson(response, 200, answerBroken(world, method, args.problem));
  const { token: given, ...rest } = args.value;
  const token = bearer(request) ?? (typeof given === "string" ? given : undefined);
  const answer = answerCall(world, { method, token, args: rest }, extra);
  const ofBot =
    token === world.secrets.botToken ? { "x-oauth-scopes": world.workspace.installation.scopes.join(",") } : {};
  replyJson(response, 200, answer, ofBot);
}

function answerBroken(world: World, method: string, error: string) {
  world.problems.add("refused_call", method, error);
  return refuse(error);
}

function bearer(request: IncomingMessage): string | undefined {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
}

/** The failure a test has ordered. */
export function serveFault(response: ServerResponse, fault: Fault): void {
  if (fault.reset) response.socket?.destroy();
  else if (fault.error !== undefined) replyJson(response, 200, refuse(fault.error));
  else serveFailure(response, fault);
}

function serveFailure(response: ServerResponse, fault: Fault): void {
  const status = fault.status ?? 500;
  const headers: Record<string, string> = status === 429 ? { "retry-after": String(fault.retryAfter ?? 1) } : {};
  replyJson(response, status, refuse(status === 429 ? "ratelimited" : "internal_error"), headers);
}

/** `POST /response/ID`. Slack answers `ok` as text, and 404 for a URL that is used up or too old. */
export async function serveResponseUrl({ world, url, request, response }: Exchange): Promise<void> {
  const body = await readBody(request, maxCallBytes);
  const fault = world.faults.next("response_url");
  if (fault) return serveFault(response, fault);
  const given = answerResponseUrl(world, url.pathname.slice("/response/".length), parseJson(body?.toString() ?? ""));
  if (given.ok) return replyText(response, 200, "ok");
  replyJson(response, /_url$/.test(given.error ?? "") ? 404 : 400, given);
}

/** `POST /upload/v1/ID`: the bytes themselves, or a multipart form with one file in it. */
export async function serveUpload({ world, url, request, response }: Exchange): Promise<void> {
  const body = await readBody(request, maxUploadBytes);
  if (body === undefined) return replyText(response, 413, "too large");
  const content = await fileIn(body, request.headers["content-type"] ?? "");
  const known = content && world.files.receive(url.pathname.slice("/upload/v1/".length), content);
  replyText(response, known ? 200 : 404, known ? `OK - ${content.length}` : "no such upload");
}

async function fileIn(body: Buffer, contentType: string): Promise<Buffer | undefined> {
  if (!contentType.startsWith("multipart/form-data")) return body;
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": contentType } }).formData();
  const file = [...form.values()].find((value) => typeof value !== "string");
  return file === undefined ? undefined : Buffer.from(await file.arrayBuffer());
}

/** `GET /files/ID`: what was uploaded, as a download; only a real PNG is shown as a picture. */
export function serveFile({ world, url, response }: Exchange): void {
  const file = world.files.find(url.pathname.slice("/files/".length));
  if (file?.content === undefined) {
    replyText(response, 404, "no such file");
    return;
  }
  const isPng = file.content.subarray(0, 8).equals(pngSignature);
  response.writeHead(200, {
    "content-type": isPng ? "image/png" : "application/octet-stream",
    "content-disposition": `${isPng ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    "x-content-type-options": "nosniff",
  });
  response.end(file.content);
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
