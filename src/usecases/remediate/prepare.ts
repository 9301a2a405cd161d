import { guards } from "../../remediate/guards/all.ts";
import { judge } from "../../remediate/guards/guard.ts";
import { type NodeNow, nodeNow } from "../../remediate/node-now.ts";
import type { ActingSession } from "../../remediate/ports.ts";
import type { Judged, Outcome, Remediation } from "../../remediate/remediation.ts";
import { planHashOf } from "../../remediate/token.ts";
import type { Ending } from "../../remediate/transitions.ts";
import type { Report } from "../../report/report.ts";
import { ExternalError, messageOf, OperatorError } from "../../shared/errors.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import type { Course } from "./course.ts";
import type { FixWorld, FreshLook, Person } from "./ports.ts";
import { sketchOf } from "./propose.ts";
import { situationOf } from "./situation.ts";

export interface Prepared {
  readonly before: NodeNow;
  readonly session: ActingSession;
}

/** Everything that has to be right before the first step; the problem is a refusal, and nothing was changed. */
export async function prepare(course: Course, person: Person, world: FixWorld): Promise<Result<Prepared, Ending>> {
  const { cluster, node, address } = course.now();
  const look = await world.look({ cluster, node }, person.id);
  if (!look.ok) return refused("no-diagnosis", look.problem, "Ask again; a fix needs a fresh diagnosis.");
  const saved = await freeze(course, look.value, world);
  if (!saved.ok) return saved;
  const still = stillSo(course.now(), look.value, world);
  if (still !== null) return failed(still);
  const blocking = await guarded(course.now(), look.value, person, world);
  if (blocking !== null) return failed(blocking);
  const session = await world.acting(cluster)?.open({ node, address });
  if (session === undefined)
    return refused("no-login", `no acting login is configured for ${cluster}`, "Set clusters[].acting.");
  if (!session.ok)
    return refused("no-login", session.problem, "Nothing was run. Mend the acting login, then press Fix… again.");
  const before = nodeNow(look.value.facts, world.clock.now().toISOString());
  return ok({ before, session: session.value });
}

/** Evidence first: what a fix destroys cannot be read afterwards. */
async function freeze(course: Course, look: FreshLook, world: FixWorld): Promise<Result<null, Ending>> {
  try {
    const bundle = await world.saveEvidence(course.now()._id, look.evidence);
    await course.write((from) => ({ ...from, bundle, before: judgedOf(look.report) }));
    return ok(null);
  } catch (thrown) {
    if (!(thrown instanceof OperatorError || thrown instanceof ExternalError)) throw thrown;
    return refused(
      "no-evidence",
      `the evidence could not be saved: ${messageOf(thrown)}`,
      "Mend the store's folder; no fix runs before its evidence is safe.",
    );
  }
}

export function judgedOf({ at, status, verdict, roots }: Report): Judged {
  return { at: at === null ? null : new Date(at).toISOString(), status, verdict, roots: roots.slice(0, 100) };
}

/** null: the confirmed cause is still the root, and the same steps would be run on the same address. */
function stillSo(confirmed: Remediation, look: FreshLook, world: FixWorld): Ending | null {
  const { report } = look;
  const { cause, node } = confirmed;
  if (report.verdict === "none")
    return refusal("healed", `healed meanwhile: the new diagnosis finds nothing wrong with ${node}`, null);
  const now = report.roots.join(", ");
  if (!report.roots.includes(cause)) {
    const says =
      now === ""
        ? `no cause is named any more (${report.verdict})`
        : `the cause changed: it was ${cause}, now the diagnosis names ${now} (${report.verdict})`;
    return refusal("cause-changed", says, `Ask again: /node why ${node}`);
  }
  if (report.verdict !== "confirmed") {
    return refusal("not-confirmed", `${cause} is only ${report.verdict} now`, "Only a confirmed cause is acted on.");
  }
  const sketch = sketchOf(confirmed, look, world);
  if (!sketch.ok) return refusal("not-confirmed", sketch.problem, `Ask again: /node why ${node}`);
  const same =
    planHashOf(confirmed.action, sketch.value.plan) === confirmed.planHash &&
    sketch.value.address === confirmed.address;
  return same
    ? null
    : refusal(
        "plan-changed",
        "other commands or another address would be needed now than were confirmed",
        "Press Fix… again.",
      );
}

async function guarded(
  confirmed: Remediation,
  look: FreshLook,
  person: Person,
  world: FixWorld,
): Promise<Ending | null> {
  const { _id: id, cluster, node, bootId } = confirmed;
  const expiresAt = confirmed.expiresAt;
  const situation = await situationOf({ id, cluster, node, expiresAt, bootId }, look, person, world);
  // It was confirmed in time; what comes after takes as long as it takes.
  const asked = guards.filter((guard) => guard.id !== "in-time");
  const blocking = judge(asked, situation).find(({ passes }) => !passes);
  return blocking === undefined ? null : refusal("guard", blocking.says, blocking.unblock, blocking.guard);
}

function refusal(code: Outcome["code"], says: string, next: string | null, guard: string | null = null): Ending {
  return { state: "refused", outcome: { code, guard, says, next } };
}

const refused = (code: Outcome["code"], says: string, next: string): Result<never, Ending> =>
  failed(refusal(code, says, next));
