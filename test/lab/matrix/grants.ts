import { shellOn } from "../node/console.ts";
import type { Place } from "../place.ts";
import type { Desk } from "./desk.ts";

/** Rounds of asking: a question may only be put once another was answered. */
const rounds = 4;

/**
 * Grants the reading user of a `sudo-user` node, word for word, what node-why says it lacks, until it lacks nothing.
 * What does not depend on the node was granted when it was made.
 */
export async function grantWhatIsAsked(place: Place, node: string, desk: Desk): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const { evidence } = await desk.ask();
    const grants = evidence.items.flatMap(({ answer }) =>
      answer.kind === "unavailable" && answer.reason === "sudo-refused" ? (answer.grant ?? []) : [],
    );
    if (grants.length === 0) return;
    const lines = [...new Set(grants)].map((line) => `${line}\n`).join("");
    const file = "/etc/sudoers.d/reader";
    const ran = await shellOn(
      place,
      node,
      `cat >>${file} <<'GRANTS'\n${lines}GRANTS\nvisudo --check --quiet --file=${file}`,
    );
    if (ran.code !== 0) throw new Error(`sudoers refuses what node-why says to grant: ${ran.stderr}${ran.stdout}`);
  }
  throw new Error(`${node}: after ${rounds} rounds of granting what was asked for, sudo still refuses`);
}
