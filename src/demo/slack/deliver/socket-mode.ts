import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import type { World } from "../state/world.ts";
import { answer, method, refuse } from "../web-api/method.ts";
import type { Delivery, Transport, TransportAnswer } from "./delivery.ts";

/** Slack allows this many connections per app. */
const maxConnections = 10;
const pingEveryMs = 10_000;
const ticketLifeMs = 30_000;

const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

/** How connections end: as Slack recycles them, with a warning, or torn. */
export type DropManner = "refresh_requested" | "torn";

export interface SocketMode {
  readonly connectionsOpen: ReturnType<typeof method>;
  /** True where the upgrade was for Socket Mode. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
  readonly transport: Transport;
  readonly connections: () => number;
  readonly drop: (manner: DropManner) => void;
  /** Says goodbye to every client and waits for their answer; whoever does not give one is cut off. */
  readonly close: () => Promise<void>;
}

type Resolve = (answer: TransportAnswer) => void;

export function createSocketMode(world: World): SocketMode {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1_000_000 });
  const tickets = new Map<string, number>();
  const sockets = new Set<WebSocket>();
  const waiting = new Map<string, Resolve>();
  const answered = new Set<string>();
  let turn = 0;

  const accept = (socket: WebSocket): void => {
    sockets.add(socket);
    socket.on("close", () => {
      sockets.delete(socket);
      world.changes.notify();
    });
    socket.on("error", (error) => world.problems.add("malformed_acknowledgement", "socket", error.message));
    socket.on("message", (data) => receive(world, { waiting, answered }, data));
    socket.send(JSON.stringify(helloFrom(world, sockets.size)));
    keepAlive(world, socket);
    world.changes.notify();
  };

  const send = (delivery: Delivery): Promise<TransportAnswer> => {
    const open = [...sockets].filter((socket) => socket.readyState === socket.OPEN);
    const socket = open[turn % Math.max(open.length, 1)];
    turn += 1;
    if (socket === undefined) return Promise.resolve({ ok: false, reason: "not_connected" });
    return new Promise((resolve) => {
      waiting.set(delivery.id, resolve);
      socket.send(JSON.stringify(envelopeOf(delivery)));
    });
  };

  return {
    connectionsOpen: method(
      z.object({}),
      () => {
        if (sockets.size >= maxConnections) return refuse("too_many_websockets");
        const ticket = world.ids.next("ticket");
        tickets.set(ticket, world.clock.now());
        return answer({ url: `${world.origin().replace(/^http/, "ws")}/link/?ticket=${ticket}` });
      },
      "app",
    ),
    upgrade: (request, socket, head) => {
      const url = new URL(request.url ?? "/", world.origin());
      const ticket = url.searchParams.get("ticket") ?? "";
      const issuedAt = tickets.get(ticket);
      tickets.delete(ticket);
      if (url.pathname !== "/link/") return false;
      if (issuedAt === undefined || world.clock.now() - issuedAt > ticketLifeMs) return false;
      server.handleUpgrade(request, socket, head, accept);
      return true;
    },
    transport: { timeoutReason: "timeout", send },
    connections: () => sockets.size,
    drop: (manner) => {
      for (const socket of sockets) {
        if (manner === "torn") socket.terminate();
        else socket.send(JSON.stringify({ type: "disconnect", reason: manner, debug_info: {} }));
      }
    },
    close: async () => {
      for (const resolve of waiting.values()) resolve({ ok: false, reason: "not_connected" });
      waiting.clear();
      await Promise.all([...sockets].map(farewell));
    },
  };
}

const farewellMs = 500;

function farewell(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), farewellMs);
    socket.on("close", () => {
      clearTimeout(timer);
      resolve();
    });
    if (socket.readyState === socket.OPEN) socket.close(1001);
  });
}

function helloFrom(world: World, connections: number) {
  const { appId } = world.workspace.installation;
  return {
    type: "hello",
    num_connections: connections,
    connection_info: { app_id: appId },
    debug_info: { host: "stand-in", approximate_connection_time: 18_060 },
  };
}

function envelopeOf(delivery: Delivery) {
  return {
    envelope_id: delivery.id,
    type: delivery.kind,
    accepts_response_payload: delivery.kind !== "events_api",
    payload: delivery.payload,
    ...(delivery.retry ? { retry_attempt: delivery.retry.attempt, retry_reason: delivery.retry.reason } : {}),
  };
}

/** Slack pings; a client that hears nothing for half a minute reconnects. */
function keepAlive(world: World, socket: WebSocket): void {
  world.clock.after(pingEveryMs, () => {
    if (socket.readyState !== socket.OPEN) return;
    socket.ping("Ping from Slack");
    keepAlive(world, socket);
  });
}

interface Ledger {
  readonly waiting: Map<string, Resolve>;
  readonly answered: Set<string>;
}

function receive(world: World, ledger: Ledger, data: RawData): void {
  const parsed = acknowledgement.safeParse(parseJson(String(data)));
  if (!parsed.success) {
    world.problems.add("malformed_acknowledgement", "socket", parsed.error.message);
    return;
  }
  const { envelope_id: id, payload } = parsed.data;
  const resolve = ledger.waiting.get(id);
  if (resolve === undefined) {
    world.problems.add(ledger.answered.has(id) ? "acknowledged_twice" : "unknown_envelope", "socket", id);
    return;
  }
  ledger.waiting.delete(id);
  ledger.answered.add(id);
  resolve({ ok: true, body: isEmpty(payload) ? undefined : payload });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Bolt acknowledges with an empty payload where the app says nothing. */
function isEmpty(payload: unknown): boolean {
  return payload === null || (typeof payload === "object" && Object.keys(payload).length === 0);
}
