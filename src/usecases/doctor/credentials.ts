import { milliseconds } from "../../shared/duration.ts";
import { type Finding, finding } from "./finding.ts";
import type { Credential } from "./ports.ts";

/** What ends sooner is said. */
export const aheadMs = milliseconds("14d");
const dayMs = milliseconds("1d");

export function credentialFindings(cluster: string, credentials: readonly Credential[], now: Date): readonly Finding[] {
  const say = finding("credentials", cluster);
  return credentials.map(({ what, endsAt, renew }) => {
    const left = endsAt - now.getTime();
    if (!Number.isFinite(left)) return say.fine(`${what} never ends`);
    const when = new Date(endsAt).toISOString();
    if (left <= 0) return say.fix(`${what} ended ${when}`, renew);
    const says = `${what} ends ${when}, in ${Math.floor(left / dayMs)} d`;
    return left < aheadMs ? say.fix(says, renew) : say.fine(says);
  });
}
