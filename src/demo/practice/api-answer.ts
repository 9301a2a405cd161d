import type { Answer, Unavailable } from "../../evidence/evidence.ts";
import { jsonOf } from "./identity.ts";
import type { PracticeNode } from "./node.ts";

/** What the practice API server says to one GET; `never`: it leaves the caller waiting. */
export type ApiAnswer =
  | { readonly kind: "body"; readonly status: number; readonly type: string; readonly body: string }
  | { readonly kind: "never" };

/** Answers a GET from what was recorded on any of the nodes. */
export function apiAnswer(nodes: readonly PracticeNode[], path: string): ApiAnswer {
  const place = placeOf(path);
  if (place === "/api/v1/nodes") return json(200, nodeList(nodes));
  nodes.find(({ name }) => place === `/api/v1/nodes/${name}`)?.begin();
  const found = nodes.flatMap((node) => recorded(node, place));
  const values = found.flatMap((answer) => (answer.kind === "value" ? [answer.stdout] : []));
  if (values.length > 0) return merged(values);
  const missing = found.find(({ kind }) => kind === "unavailable");
  return missing?.kind === "unavailable" ? refusal(missing) : notFound(place);
}

/** The path without what only pages the answer or picks its freshness. */
export function placeOf(path: string): string {
  const url = new URL(path, "https://practice");
  for (const key of ["limit", "continue", "resourceVersion", "timeoutSeconds"]) url.searchParams.delete(key);
  url.searchParams.sort();
  const query = url.searchParams.toString();
  return `${url.pathname}${query === "" ? "" : `?${query}`}`;
}

function recorded(node: PracticeNode, place: string): readonly Answer[] {
  return node
    .asked("kubernetes")
    .filter(([verb, path = ""]) => verb === "GET" && placeOf(path) === place)
    .flatMap((asked) => node.answer("kubernetes", asked) ?? []);
}

interface Listing {
  readonly kind?: unknown;
  readonly items: readonly unknown[];
}

function isList(value: unknown): value is Listing {
  return typeof value === "object" && value !== null && "items" in value && Array.isArray(value.items);
}

/** What several recordings list of the whole cluster is one list here; of anything else the first is as good as any. */
function merged(texts: readonly string[]): ApiAnswer {
  const parsed = texts.map(jsonOf);
  const [first] = parsed;
  if (!isList(first)) {
    const [text = ""] = texts;
    return first === null ? { kind: "body", status: 200, type: "text/plain", body: text } : json(200, first);
  }
  const items = new Map(
    parsed.filter(isList).flatMap((list) => list.items.map((item) => [keyOf(item), item] as const)),
  );
  return json(200, { ...first, items: [...items.values()] });
}

function keyOf(item: unknown): string {
  const about = (item as { metadata?: { uid?: unknown; namespace?: unknown; name?: unknown } } | null)?.metadata;
  return JSON.stringify(about === undefined ? item : [about.uid, about.namespace, about.name]);
}

function nodeList(nodes: readonly PracticeNode[]): Listing & { apiVersion: string } {
  const items = nodes.flatMap((node) => {
    const [answer] = recorded(node, `/api/v1/nodes/${node.name}`);
    const object = answer?.kind === "value" ? jsonOf(answer.stdout) : null;
    return object === null ? [] : [object];
  });
  return { kind: "NodeList", apiVersion: "v1", items };
}

const statuses: Readonly<Record<string, readonly [number, string]>> = {
  unauthenticated: [401, "Unauthorized"],
  forbidden: [403, "Forbidden"],
  refused: [503, "ServiceUnavailable"],
};

/** Refused as it was refused when it was recorded. */
function refusal({ reason, detail }: Unavailable): ApiAnswer {
  const [code, word] = statuses[reason] ?? [];
  return code === undefined || word === undefined ? { kind: "never" } : json(code, statusObject(code, word, detail));
}

/** As a real API server says it: `nodes "worker-9" not found`. */
function notFound(place: string): ApiAnswer {
  const [kind = "", name] = place.split("?", 1).join("").split("/").slice(-2);
  const message = place.startsWith("/api") && name ? `${kind} ${JSON.stringify(name)} not found` : "page not found";
  return json(404, { ...statusObject(404, "NotFound", message), details: { name, kind } });
}

export function statusObject(code: number, reason: string, message: string): Readonly<Record<string, unknown>> {
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code };
}

export function json(status: number, body: unknown): ApiAnswer {
  return { kind: "body", status, type: "application/json", body: JSON.stringify(body) };
}
