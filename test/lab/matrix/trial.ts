import type { Api } from "../cluster/api.ts";
import { seen, well } from "../fault/seen.ts";
import { breakNode, runSteps } from "../fault/steps.ts";
import type { Fault } from "../fault-schema.ts";
import { until } from "../host/wait.ts";
import type { Place } from "../place.ts";
import { type Answered, type Desk, openDesk } from "./desk.ts";
import { grantWhatIsAsked } from "./grants.ts";
import { isCalm, judge, namedIn } from "./judge.ts";

/** What became of one fault on one node. */
export interface Outcome {
  readonly fault: string;
  readonly kind: Fault["kind"];
  readonly image: string;
  readonly root: string;
  readonly rank: number | null;
  readonly verdict: string;
  /** From the question to the answer. */
  readonly answerSeconds: number | null;
  readonly healedBy: string;
  /** From the injection to the second answer. */
  readonly seconds: number;
  /** Empty: everything was as the fault's file says. */
  readonly wrong: readonly string[];
}

export interface Recordings {
  readonly broken: Answered | null;
  readonly healed: Answered | null;
}

interface Trial {
  readonly place: Place;
  readonly api: Api;
  readonly fault: Fault;
  readonly node: string;
  readonly desk: Desk;
}

/** Breaks a fresh node, asks, compares, mends, and asks again. What goes wrong on the way is part of the outcome. */
export async function tryFault(
  place: Place,
  api: Api,
  fault: Fault,
  { name: node, image }: { readonly name: string; readonly image: string },
): Promise<{ readonly outcome: Outcome; readonly recordings: Recordings }> {
  const began = performance.now();
  const desk = await openDesk(place, node);
  try {
    const trial = { place, api, fault, node, desk };
    if (fault.node === "sudo-user") await grantWhatIsAsked(place, node, desk);
    const { broken, complaints } = await broke(trial);
    const judged = broken === null ? null : judge(fault, broken.report);
    const healed = await mended(trial, broken !== null);
    const outcome = {
      fault: fault.name,
      kind: fault.kind,
      image,
      root: judged?.root ?? "",
      rank: judged?.rank ?? null,
      verdict: judged?.verdict ?? "",
      answerSeconds: broken?.seconds ?? null,
      healedBy: "action" in fault.heal ? fault.heal.action : "by hand",
      seconds: (performance.now() - began) / 1000,
      wrong: [...complaints, ...(judged?.wrong ?? []), ...healed.wrong],
    };
    return { outcome, recordings: { broken, healed: healed.answered } };
  } finally {
    await desk.close();
  }
}

async function broke({ place, api, fault, node, desk }: Trial): Promise<{
  readonly broken: Answered | null;
  readonly complaints: readonly string[];
}> {
  const complaints = await breakNode(place, node, fault);
  const shown = await seen(api, node, fault.see);
  if (shown !== null) return { broken: await desk.ask(), complaints: [] };
  const { condition, status } = fault.see;
  return { broken: null, complaints: [`never showed ${condition} ${status}`, ...complaints] };
}

/** How long a healed node may take to be well, and to look it. */
const wellSeconds = 120;
const settleSeconds = 25;

async function mended(
  trial: Trial,
  asked: boolean,
): Promise<{ readonly wrong: readonly string[]; readonly answered: Answered | null }> {
  const { place, api, fault, node, desk } = trial;
  if (!asked) return { wrong: [], answered: null };
  const problem = "action" in fault.heal ? await desk.fix(fault.heal.action) : null;
  const complaints = "run" in fault.heal ? await runSteps(place, node, fault.heal.run) : [];
  if (problem !== null) return { wrong: [`the fix did not succeed: ${problem}`], answered: null };
  if ((await well(api, node, wellSeconds)) === null)
    return { wrong: ["did not become well again", ...complaints], answered: null };
  return secondAnswer(desk);
}

/** Ready again, a node may still be settling (a unit activating, a taint): it is asked until it is quiet. */
async function secondAnswer(
  desk: Desk,
): Promise<{ readonly wrong: readonly string[]; readonly answered: Answered | null }> {
  let last: Answered | null = null;
  await until(
    settleSeconds,
    async () => {
      last = await desk.ask();
      return isCalm(last.report);
    },
    2_000,
  );
  const answered = last as Answered | null;
  if (answered !== null && isCalm(answered.report)) return { wrong: [], answered };
  const still = answered === null ? "without an answer" : `${answered.report.verdict}: ${namedIn(answered.report)}`;
  return { wrong: [`mended, and still ${still}`], answered };
}
