import type { Command, Ports, SshSession } from "../../src/collect/ports.ts";
import type { Probe, Via } from "../../src/collect/probe.ts";
import { type CollectRequest, collect, type Progress } from "../../src/collect/run.ts";
import { addressBook } from "../../src/collect/sources/address.ts";
import { type Answer, type Evidence, type EvidenceSet, value } from "../../src/evidence/evidence.ts";
import { ok } from "../../src/shared/result.ts";
import { type FakeClock, fakeClock } from "./fake-clock.ts";

/** A scripted world for collect(): an API, a node and a clock that stands still. */
export const nodeBody = JSON.stringify({ status: { addresses: [{ type: "InternalIP", address: "10.0.0.7" }] } });
export const said = (text: string): Promise<Answer> => Promise.resolve(value(text));
export const never = (): Promise<Answer> => new Promise(() => undefined);

export function probe(id: string, via: Via, more: Partial<Probe> = {}): Probe {
  const limits = { timeoutMs: 1_000, maxBytes: 1_000 };
  return { id, asks: id, provides: {}, via, limits, read: () => ({}), ...more };
}
export const onNode = (id: string, argv: readonly string[] = [id], more: Partial<Probe> = {}): Probe =>
  probe(id, { source: "ssh", argv }, more);
export const fromApi = (id: string, path: string): Probe => probe(id, { source: "kubernetes", path: () => path });

export interface World {
  readonly ports: Ports;
  readonly clock: FakeClock;
  readonly opened: string[];
  readonly gets: string[];
  readonly commands: Command[];
  readonly closed: () => number;
}

export function world(
  parts: {
    readonly get?: (path: string) => Promise<Answer>;
    readonly run?: (command: Command, signal?: AbortSignal) => Promise<Answer>;
    readonly ports?: Partial<Ports>;
  } = {},
): World {
  const clock = fakeClock();
  const [opened, gets, commands]: [string[], string[], Command[]] = [[], [], []];
  let closed = 0;
  const session: SshSession = {
    run: (command, signal) => {
      commands.push(command);
      return (parts.run ?? (({ argv }) => said(argv.join(" "))))(command, signal);
    },
    close: () => {
      closed += 1;
    },
  };
  const ports: Ports = {
    clock,
    kubernetes: {
      get: (path) => {
        gets.push(path);
        return (parts.get ?? (() => said(nodeBody)))(path);
      },
    },
    ssh: {
      open: async ({ address }) => {
        opened.push(address);
        return ok(session);
      },
    },
    local: { connect: () => said("open\n") },
    addresses: addressBook("InternalIP"),
    ...parts.ports,
  };
  return { ports, clock, opened, gets, commands, closed: () => closed };
}

export function ask(
  probes: readonly Probe[],
  { ports }: World,
  more: Partial<CollectRequest> = {},
): Promise<EvidenceSet> {
  const request = { node: "worker-7", cluster: "lab", at: "2026-11-21T12:00:00.000Z", probes };
  return collect({ ...request, readers: () => new Map(), ...more }, ports);
}

export const answers = (items: readonly Evidence[]): Record<string, Answer> =>
  Object.fromEntries(items.map((item) => [item.probe, item.answer]));

/** Settles once the named probe has answered; hand `onProgress` to the request. */
export function whenAnswered(probeId: string): {
  readonly answered: Promise<void>;
  readonly onProgress: (event: Progress) => void;
} {
  let settle = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const onProgress = (event: Progress): void => {
    if (event.kind === "answered" && event.item.probe === probeId) settle();
  };
  return { answered, onProgress };
}
