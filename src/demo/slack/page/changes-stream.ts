import type { IncomingMessage, ServerResponse } from "node:http";
import type { World } from "../state/world.ts";

/** Many changes come at once; the page hears of them at most this often. */
const gatherMs = 40;

/** Server-sent events: one word for each change, after which the page asks for what it shows. */
export function serveChanges(world: World, request: IncomingMessage, response: ServerResponse): boolean {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write("data: hello\n\n");
  let cancel: (() => void) | undefined;
  const unsubscribe = world.changes.subscribe(() => {
    cancel ??= world.clock.after(gatherMs, () => {
      cancel = undefined;
      response.write("data: changed\n\n");
    });
  });
  request.on("close", () => {
    unsubscribe();
    cancel?.();
  });
  return true;
}
