import type { Ports } from "../../collect/ports.ts";
import type { Probe } from "../../collect/probe.ts";
import type { Answer } from "../../evidence/evidence.ts";
import { kubeletResources, type Need, neededBy } from "../grants/rbac.ts";
import { type Finding, finding } from "./finding.ts";
import type { AccessReviews, ReviewedAccess } from "./ports.ts";

/** How far the two clocks may be apart: tokens and certificates begin to be refused, and log lines misread. */
const clocksApartMs = 10_000;

/** What the API server said to /version, and whether its clock and ours agree. */
export function apiFindings(cluster: string, answer: Answer, now: Date): readonly Finding[] {
  const say = finding("api", cluster);
  if (answer.kind === "unavailable" && answer.reason === "forbidden") {
    return [say.fine("the API server answers")]; // what we may read there is another check
  }
  if (answer.kind !== "value") {
    const next = answer.kind === "unavailable" && answer.grant !== undefined ? answer.grant : "check the kubeconfig";
    return [say.fix(`the API server does not answer: ${answer.detail}`, next)];
  }
  return [
    say.fine(`the API server answers (${versionIn(answer.stdout)})`),
    ...clockFindings(cluster, answer.stderr, now),
  ];
}

function versionIn(body: string): string {
  return /"gitVersion":\s?"(v[\w.+-]{1,40})"/.exec(body)?.[1] ?? "version unknown";
}

/** The reader hands the Date header on as `date: …`. */
function clockFindings(cluster: string, stderr: string, now: Date): readonly Finding[] {
  const say = finding("clock", cluster);
  const theirs = Date.parse(/^date: (.{1,60})$/m.exec(stderr)?.[1] ?? "");
  if (!Number.isFinite(theirs))
    return [say.unknown("the API server did not say its time", "compare it by hand: date -u")];
  const apart = now.getTime() - theirs;
  const seconds = Math.round(Math.abs(apart) / 1000);
  if (Math.abs(apart) <= clocksApartMs)
    return [say.fine(`our clock and the API server's are within ${clocksApartMs / 1000} s`)];
  return [
    say.fix(
      `our clock is ${seconds} s ${apart > 0 ? "ahead of" : "behind"} the API server's`,
      "synchronise both with NTP",
    ),
  ];
}

/** Every right that reading needs here, each once. */
export function needsHere(
  probes: readonly Probe[],
  { kubelet }: Pick<Ports, "kubelet">,
  execNamespace: string | null,
): readonly Need[] {
  const more = kubelet === undefined ? [] : kubelet.needsAddress ? kubeletResources : ["nodes/proxy"];
  const ways = more.map((what): Need => ({ within: null, verb: "get", group: "", what, only: null }));
  const exec: Need = { within: execNamespace, verb: "create", group: "", what: "pods/exec", only: null };
  const all = [...neededBy(probes), ...ways, ...(execNamespace === null ? [] : [exec])].map(
    (need) => [JSON.stringify(need), need] as const,
  );
  return [...new Map(all).values()];
}

export async function rbacFindings(
  cluster: string,
  needs: readonly Need[],
  reviews: AccessReviews,
  timeoutMs: number,
): Promise<readonly Finding[]> {
  const say = finding("rbac", cluster);
  const answers = await Promise.all(needs.map((need) => reviews.allowed(reviewOf(need), timeoutMs)));
  const [first] = answers;
  if (first?.ok === false && answers.every(({ ok }) => !ok)) {
    return [say.unknown(`our rights could not be asked for: ${first.problem.detail}`, "kubectl auth can-i --list")];
  }
  const bad = needs.flatMap((need, at): readonly Finding[] => {
    const answer = answers[at];
    if (answer?.ok === false)
      return [say.unknown(`whether we may ${wordsOf(need)}: ${answer.problem.detail}`, byHand(need))];
    return answer?.value === false ? [say.fix(`we may not ${wordsOf(need)}`, grantOf(need))] : [];
  });
  return bad.length > 0 ? bad : [say.fine(`all ${needs.length} rights to read are granted`)];
}

function reviewOf({ within, verb, group, what, only }: Need): ReviewedAccess {
  if (group === null) return { path: what, verb };
  const [resource = "", subresource] = what.split("/");
  return {
    group,
    resource,
    verb,
    ...(subresource === undefined ? {} : { subresource }),
    ...(within === null ? {} : { namespace: within }),
    ...(only === null ? {} : { name: only }),
  };
}

function wordsOf({ verb, what, within }: Need): string {
  return `${verb} ${what}${within === null ? "" : ` in ${within}`}`;
}

function byHand({ verb, what, within }: Need): string {
  return `kubectl auth can-i ${verb} ${what}${within === null ? "" : ` -n ${within}`}`;
}

function grantOf({ what, within }: Need): string {
  const ways: Readonly<Record<string, string>> = {
    "nodes/proxy": " --with proxy",
    "pods/exec": ` --with pod-exec --exec-namespace ${within ?? "NAMESPACE"}`,
  };
  const way = ways[what] ?? (kubeletResources.includes(what) ? " --with kubelet-api" : "");
  return `node-why grants rbac${way} | kubectl apply -f -`;
}
