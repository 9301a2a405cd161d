import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { failed, type Result } from "../../shared/result.ts";
import type { Clock, Ports, SshSession } from "../ports.ts";
import type { Known, Probe } from "../probe.ts";
import type { Address } from "./address.ts";
import { lanes } from "./lanes.ts";
import { type Ask, questionOf, timed, unasked } from "./source.ts";

/** sshd allows 10 sessions by default but frees them late: 6 to 8 short ones in parallel already meet refusals. */
const channels = 4;

export interface SshSource {
  readonly ask: Ask;
  /** The connection, which is made as soon as there is an address; never rejects. */
  readonly session: Promise<Result<SshSession, Unavailable>>;
}

/** Asks the node over one connection that all questions share. */
export function sshSource(
  { clock, ssh }: Pick<Ports, "clock" | "ssh">,
  node: string,
  address: Promise<Address>,
  signal: AbortSignal,
): SshSource {
  return sessionSource(clock, node, connect(ssh, node, address, signal), signal);
}

/** The same over whatever runs commands on the node. */
export function sessionSource(
  clock: Clock,
  node: string,
  session: SshSource["session"],
  signal: AbortSignal,
): SshSource {
  const line = lanes(channels);
  const ask: Ask = async (probe, known) => {
    const opened = await session;
    if (!opened.ok) return unasked(questionOf(probe, node), opened.problem);
    const argv = argvOf(probe, known);
    if (argv === null) return unasked([], unavailable("not-asked", "what it needs to know first was not found"));
    const command = {
      argv,
      sudo: probe.via.source === "ssh" && probe.via.sudo === true,
      limits: probe.limits,
      keep: probe.keep ?? "head",
    };
    return line.run(probe.limits.timeoutMs, () => timed(clock, argv, () => opened.value.run(command, signal)));
  };
  return { ask, session };
}

async function connect(
  ssh: Ports["ssh"],
  node: string,
  address: Promise<Address>,
  signal: AbortSignal,
): Promise<Result<SshSession, Unavailable>> {
  if (ssh === undefined) {
    return failed(unavailable("not-configured", "no SSH is configured for this cluster", "set clusters[].ssh"));
  }
  const where = await address;
  return where.ok ? ssh.open({ address: where.value, node }, signal) : where;
}

function argvOf(probe: Probe, known: Known): readonly string[] | null {
  if (probe.via.source !== "ssh") return null;
  return typeof probe.via.argv === "function" ? probe.via.argv(known) : probe.via.argv;
}
