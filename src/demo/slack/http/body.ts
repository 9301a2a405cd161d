import type { IncomingMessage } from "node:http";
import { failed, ok, type Result } from "../../../shared/result.ts";

export const maxCallBytes = 4_000_000;
export const maxUploadBytes = 50_000_000;

/** The whole body, or undefined where it is larger than `maxBytes`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  return size > maxBytes ? undefined : Buffer.concat(chunks);
}

type Arguments = Readonly<Record<string, unknown>>;

/** Arguments that are JSON text in a form body. */
const nested = new Set(["blocks", "view", "message", "metadata", "attachments", "files"]);

/** The arguments of a call, from its query and its form or JSON body. */
export function parseArguments(query: URLSearchParams, contentType: string, body: string): Result<Arguments, string> {
  const fromQuery = unfold(query);
  if (!fromQuery.ok || body === "") return fromQuery;
  const fromBody = contentType.startsWith("application/json")
    ? parseJsonObject(body)
    : unfold(new URLSearchParams(body));
  return fromBody.ok ? ok({ ...fromQuery.value, ...fromBody.value }) : fromBody;
}

/** Slack takes nested arguments as JSON text in a JSON body too. */
function parseJsonObject(body: string): Result<Arguments, string> {
  const parsed = parseJson(body);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return failed("invalid_json");
  return unfoldEntries(Object.entries(parsed));
}

function unfold(form: URLSearchParams): Result<Arguments, string> {
  return unfoldEntries([...form.entries()]);
}

function unfoldEntries(entries: readonly (readonly [string, unknown])[]): Result<Arguments, string> {
  const unfolded = entries.map(
    ([key, value]) => [key, nested.has(key) && typeof value === "string" ? parseJson(value) : value] as const,
  );
  const broken = unfolded.find(([, value]) => value === undefined);
  if (broken) return failed(broken[0] === "blocks" ? "invalid_blocks_format" : "invalid_arguments");
  return ok(Object.fromEntries(unfolded));
}

/** Undefined where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
