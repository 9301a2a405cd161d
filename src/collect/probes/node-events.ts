import { textOf } from "../parse/answer.ts";
import { jsonIn } from "../parse/json.ts";
import { type EventObject, eventList } from "../parse/kubernetes.ts";
import { getsJson } from "../parse/recognise.ts";
import { isoStamp } from "../parse/stamp.ts";
import { defineProbe } from "../probe.ts";

/** Events about the Node object. The API server forgets them after an hour unless told otherwise. */
export const nodeEvents = defineProbe({
  id: "node-events",
  asks: "Which events does the cluster have about this node?",
  provides: {},
  streams: ["events"],
  via: {
    source: "kubernetes",
    path: ({ node }) =>
      `/api/v1/events?limit=500&fieldSelector=${encodeURIComponent(`involvedObject.kind=Node,involvedObject.name=${node}`)}`,
  },
  past: "the same",
  limits: { timeoutMs: 5_000, maxBytes: 2 * 1024 * 1024 },
  recognises: getsJson(/^(events?|ev)$/),
  read: (answer) => {
    const list = eventList.safeParse(jsonIn(textOf(answer)));
    return list.success ? { logs: { events: list.data.items.map(eventLine).sort().join("\n") } } : {};
  },
});

/** `2026-11-21T02:11:59Z Normal NodeNotReady (x3) Node n3 status is now: NodeNotReady`. */
function eventLine(event: EventObject): string {
  const at = isoStamp(event.series?.lastObservedTime) ?? isoStamp(event.lastTimestamp) ?? isoStamp(event.eventTime);
  const count = event.series?.count ?? event.count ?? 1;
  const parts = [at ?? isoStamp(event.firstTimestamp), event.type, event.reason, count > 1 ? `(x${count})` : undefined];
  return [...parts, event.message?.replaceAll(/\s+/g, " ").trim()].filter((part) => part !== undefined).join(" ");
}
