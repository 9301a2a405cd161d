import type { Report } from "../report/report.ts";
import { hurtOf, plural } from "./hurt.ts";
import { clockTime, secondsBetween, span } from "./time.ts";

/**
 * A fix in words: what would be done, what is being done, and how it ended. Terminal and Slack lay out the same words;
 * what a node printed is kept apart from them.
 */

/** What is shown of a remediation; the record has more. */
export interface FixShown {
  readonly _id: string;
  readonly cluster: string;
  readonly node: string;
  readonly address: string;
  readonly cause: string;
  readonly causeSays: string;
  readonly action: string;
  readonly state: string;
  readonly plan: readonly {
    readonly id: string;
    readonly says: string;
    readonly argv: readonly string[];
    readonly sudo: boolean;
    readonly unlessWellWithinMs: number | null;
  }[];
  readonly proposedBy: string;
  readonly confirmedBy: string | null;
  readonly confirmedAt: string | null;
  readonly endedAt: string | null;
  readonly expiresAt: string;
  readonly bundle: string | null;
  readonly steps: readonly {
    readonly id: string;
    readonly state: string;
    readonly tookMs: number | null;
    readonly exitCode: number | null;
    readonly output: string;
    readonly says: string;
  }[];
  readonly checks: readonly { readonly id: string; readonly holds: boolean; readonly says: string }[];
  readonly outcome: { readonly says: string; readonly next: string | null } | null;
}

export interface ProposalShown {
  readonly remediation: FixShown;
  readonly token: string | null;
  readonly action: {
    readonly title: string;
    readonly says: string;
    readonly risk: string;
    readonly riskSays: string;
    readonly ifItFails: string;
  };
  readonly report: Report;
  readonly record: {
    readonly tried: number;
    readonly succeeded: number;
    readonly last: {
      readonly at: string;
      readonly state: string;
      readonly cluster: string;
      readonly node: string;
    } | null;
  };
  readonly guards: readonly {
    readonly guard: string;
    readonly passes: boolean;
    readonly says: string;
    readonly unblock: string | null;
  }[];
}

export interface Part {
  readonly label: string;
  readonly text: string;
  /** Shown as typed, never as markup. */
  readonly code?: readonly string[];
}

/** All that whoever confirms has to see, in this order. */
export function proposalParts(shown: ProposalShown): readonly Part[] {
  const { remediation, action, report, guards } = shown;
  const { node, cluster, address } = remediation;
  const blocking = guards.filter(({ passes }) => !passes);
  return [
    { label: "What", text: `${action.says}, on ${node} (${cluster}) at ${address}.`, code: commandLines(remediation) },
    { label: "Risk", text: `${action.risk}. ${action.riskSays}` },
    { label: "Why", text: whyOf(shown) },
    { label: "Before", text: recordOf(shown) },
    { label: "At stake", text: hurtOf(report) || "not known, or nothing: the node is Ready." },
    {
      label: "Guards",
      text: guards
        .filter(({ passes }) => passes)
        .map(({ says }) => says)
        .join("; "),
    },
    ...blocking.map(({ says, unblock }) => ({ label: "REFUSED", text: `${says}. To unblock it: ${unblock ?? ""}.` })),
    {
      label: "Afterwards",
      text: "I wait until the node is Ready and stays so, and diagnose it again; only then do I call it a success.",
    },
    { label: "If it fails", text: action.ifItFails },
    {
      label: "Valid",
      text: `until ${clockTime(remediation.expiresAt)} UTC, once, for this boot of ${node} only. ${remediation._id}`,
    },
  ];
}

/** The commands as they will be run, each with what it depends on. */
export function commandLines({ plan }: FixShown): readonly string[] {
  return plan.map(({ argv, sudo, unlessWellWithinMs }) => {
    const when =
      unlessWellWithinMs === null
        ? ""
        : `   # only if the node is not well again within ${unlessWellWithinMs / 1000} s`;
    return `${sudo ? "sudo " : ""}${argv.join(" ")}${when}`;
  });
}

function whyOf({ remediation: { cause, causeSays }, report }: ProposalShown): string {
  const found = report.causes.find(({ id }) => id === cause);
  const evidence = (found?.evidence ?? []).slice(0, 3).map(({ says, source }) => `${says} (${source})`);
  const proof = evidence.length === 0 ? "" : ` Proof: ${evidence.join(", ")}.`;
  return `${causeSays}. ${(found?.verdict ?? report.verdict).toUpperCase()} at ${clockTime(report.at)} UTC.${proof}`;
}

function recordOf({ record: { tried, succeeded, last }, remediation: { cause } }: ProposalShown): string {
  if (tried === 0 || last === null) return `Never tried for ${cause} before.`;
  const lastTime = `last ${last.at.slice(0, 10)} on ${last.cluster}/${last.node}: ${last.state}`;
  return `Tried ${plural(tried, "time")} for ${cause}, ${succeeded} verified; ${lastTime}.`;
}

const doing: Readonly<Record<string, string>> = {
  confirmed: "saving evidence and diagnosing again",
  running: "running",
  verifying: "done; waiting for proof that the node is well",
};

export function fixHeadline({ node, cluster, action, state, outcome }: FixShown): string {
  const name = `${node} (${cluster}): ${action}`;
  return outcome === null ? `${name}: ${doing[state] ?? state}.` : `${name} ${state.toUpperCase()}: ${outcome.says}.`;
}

/** One line per step, in the order of the plan. */
export function stepLines({ plan, steps }: FixShown): readonly string[] {
  return plan.map(({ id, says }) => {
    const run = steps.find((step) => step.id === id);
    return `${says}: ${run === undefined ? "not begun" : stepSays(run)}`;
  });
}

function stepSays({ state, tookMs, exitCode, says }: FixShown["steps"][number]): string {
  const took = tookMs === null ? "" : ` in ${(tookMs / 1000).toFixed(1)} s`;
  if (state === "started") return "begun";
  if (state === "done") return `done${took}, exit ${exitCode ?? "not known"}`;
  if (state === "skipped") return says;
  return `${state.replace("-", " ")}${took}: ${says}`;
}

/** How it ended, for the thread and the terminal. */
export function endParts(shown: FixShown, unrecorded: string | null): readonly Part[] {
  const { outcome, checks, bundle, confirmedAt, endedAt, _id } = shown;
  const seconds = secondsBetween(confirmedAt, endedAt);
  const parts: Part[] = [
    { label: "Steps", text: stepLines(shown).join("; ") },
    { label: "Proof", text: checks.map(({ holds, says }) => `${holds ? "" : "NOT: "}${says}`).join("; ") },
    { label: "Next", text: outcome?.next ?? "" },
    {
      label: "Record",
      text: [
        _id,
        seconds === null ? "" : `took ${span(seconds)}`,
        bundle === null ? "no evidence saved" : "evidence saved first",
      ]
        .filter((part) => part !== "")
        .join(", "),
    },
  ];
  if (unrecorded !== null) {
    const text = `I stopped: ${unrecorded}. What is listed above was written down; nothing more was run. I look again when the store answers.`;
    parts.unshift({ label: "NOT RECORDED", text });
  }
  return parts.filter(({ text }) => text !== "");
}

/** What the failed step printed, for the thread; empty where there is nothing to see. */
export function lastOutput({ steps }: FixShown): string {
  return steps.findLast(({ output }) => output.trim() !== "")?.output.trim() ?? "";
}
