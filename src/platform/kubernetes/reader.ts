import type { Clock, KubernetesReader } from "../../collect/ports.ts";
import type { Limits } from "../../collect/probe.ts";
import { type Answer, unavailable, value } from "../../evidence/evidence.ts";
import type { Result } from "../../shared/result.ts";
import { problemAnswer, refusalAnswer, worthRetry } from "./answer.ts";
import { listsObjects } from "./grant.ts";
import type { GetProblem, HttpGet, Response } from "./http-get.ts";
import { type Item, listText, objectOf, type Page, pageOf } from "./trim.ts";

const pageSize = 500;
/** A page as it comes is far larger than what is kept of it. */
const rawFactor = 8;
const leastRaw = 16_000_000;
const pauseMs = 250;
const longestPauseMs = 5_000;

/** Reads through one context's server; see the port for what the answers mean. */
export function kubernetesReader(get: HttpGet, clock: Clock): KubernetesReader {
  return {
    get: async (path, limits, signal) => {
      const began = clock.monotonicMs();
      const left = (): Limits => ({
        timeoutMs: Math.max(1, limits.timeoutMs - (clock.monotonicMs() - began)),
        maxBytes: Math.max(leastRaw, limits.maxBytes * rawFactor),
      });
      const ask = (where: string): Promise<Outcome> => withRetry(get, where, left, clock, signal);
      return readAll(ask, path, limits.maxBytes);
    },
  };
}

type Outcome = Result<Response, GetProblem>;

async function withRetry(
  get: HttpGet,
  path: string,
  left: () => Limits,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const first = await get(path, left(), signal);
  const pause = first.ok ? retryAfterMs(first.value) : pauseMs;
  const again = worthRetry(first.ok ? { status: first.value.status } : { code: first.problem.code });
  if (!again || signal?.aborted || left().timeoutMs <= pause) return first;
  await new Promise<void>((resolve) => void clock.after(pause, resolve));
  return get(path, left(), signal);
}

function retryAfterMs({ headers }: Response): number {
  const seconds = Number(headers["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, longestPauseMs) : pauseMs;
}

async function readAll(ask: (path: string) => Promise<Outcome>, path: string, maxBytes: number): Promise<Answer> {
  const outcome = await ask(paged(path));
  if (!outcome.ok) return problemAnswer(outcome.problem);
  const response = outcome.value;
  const refused = refusalAnswer(response, path);
  if (refused !== null) return refused;
  const stderr = `date: ${response.headers.date ?? "unknown"}\n`;
  if (!isJson(response)) return textAnswer(response, maxBytes, stderr);
  if (response.cut) return unavailable("unreadable", `the answer is longer than ${response.body.length} bytes`);
  const body = parsed(response);
  if (body === null) return unavailable("unreadable", "the answer is not JSON");
  const page = pageOf(body.json);
  return page === null ? objectAnswer(body.json, maxBytes, stderr) : listAnswer(ask, path, page, maxBytes, stderr);
}

/** Lists come in pages, so that a large cluster neither fills the memory nor meets one server timeout. */
function paged(path: string, next?: string): string {
  if (!listsObjects(path)) return path;
  const size = /[?&]limit=/.test(path) ? "" : `limit=${pageSize}`;
  const more = [size, next === undefined ? "" : `continue=${encodeURIComponent(next)}`].filter((part) => part !== "");
  return more.length === 0 ? path : `${path}${path.includes("?") ? "&" : "?"}${more.join("&")}`;
}

async function listAnswer(
  ask: (path: string) => Promise<Outcome>,
  path: string,
  first: Page,
  maxBytes: number,
  stderr: string,
): Promise<Answer> {
  const enough = /[?&]limit=/.test(path); // the probe wants that many and no more
  const items: Item[] = [...first.items];
  let next = first.next;
  let bytes = JSON.stringify(first.items).length;
  while (!enough && next !== null && bytes < maxBytes) {
    const page = await nextPage(ask, paged(path, next));
    if (page === null) break;
    items.push(...page.items);
    bytes += JSON.stringify(page.items).length;
    next = page.next;
  }
  const { text, truncated } = listText(first.kind, items, maxBytes);
  return value(text, { stderr, truncated: truncated || next !== null });
}

/** null: the rest of the list could not be read (410 when the list grew too old, a timeout); what came is kept. */
async function nextPage(ask: (path: string) => Promise<Outcome>, path: string): Promise<Page | null> {
  const outcome = await ask(path);
  if (!outcome.ok || outcome.value.status !== 200 || outcome.value.cut) return null;
  return pageOf(parsed(outcome.value)?.json);
}

function objectAnswer(json: unknown, maxBytes: number, stderr: string): Answer {
  const text = JSON.stringify(objectOf(json));
  const bytes = Buffer.byteLength(text);
  return bytes <= maxBytes ? value(text, { stderr }) : unavailable("unreadable", `the answer has ${bytes} bytes`);
}

function textAnswer({ body, cut }: Response, maxBytes: number, stderr: string): Answer {
  const stdout = new TextDecoder("utf-8").decode(body.subarray(0, maxBytes));
  return value(stdout, { stderr, truncated: cut || body.length > maxBytes });
}

function isJson({ headers }: Response): boolean {
  return /^application\/json\b/.test(headers["content-type"] ?? "");
}

function parsed({ body }: Response): { readonly json: unknown } | null {
  try {
    return { json: JSON.parse(body.toString("utf8")) };
  } catch {
    return null; // the caller says that it is not JSON
  }
}
