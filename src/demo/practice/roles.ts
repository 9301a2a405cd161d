import { OperatorError } from "../../shared/errors.ts";
import type { Role } from "./node.ts";
import { isHealthy, type Recording } from "./recording.ts";

/**
 * Gives each recording a name that does not tell its fault, in the recordings' order, and adds healthy nodes so that
 * at most one in five is broken: in a fleet that is mostly down the fleet itself would be the suspect.
 * @throws OperatorError where a recording does not say which node it is of.
 */
export function castRoles(recordings: readonly Recording[]): readonly Role[] {
  const nameless = recordings.find(({ set }) => set.node === null);
  if (nameless !== undefined)
    throw new OperatorError(`the recording ${nameless.slug} does not say which node it is of`);
  const healthy = recordings.find(isHealthy) ?? null;
  const broken = recordings.filter((recording) => !isHealthy(recording)).length;
  const crowd = healthy === null ? 0 : Math.max(0, broken * nodesPerBroken - recordings.length);
  const cast = [...recordings, ...Array.from({ length: crowd }, () => healthy ?? [])].flat();
  return cast.map(({ set, healed, expect }, index) => ({
    name: `practice-${index + 1}`,
    address: addressOf(index),
    broken: set,
    healthy: healed ?? healthy?.set ?? null,
    expect,
  }));
}

const nodesPerBroken = 5;

/** Addresses for documentation (RFC 5737): nothing answers there, and nothing is sent there. */
function addressOf(index: number): string {
  return index < 240 ? `192.0.2.${index + 10}` : `198.51.100.${(index - 240) % 250}`;
}
