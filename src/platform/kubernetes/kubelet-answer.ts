import { type Answer, type Unavailable, unavailable, value } from "../../evidence/evidence.ts";
import type { Result } from "../../shared/result.ts";
import { problemAnswer, refusalAnswer } from "./answer.ts";
import type { GetProblem, Response } from "./http-get.ts";

/** Which subresource of nodes the kubelet asks for, by the beginning of the path (its fine-grained authorization, 1.33). */
const subresources: readonly (readonly [string, string])[] = [
  ["/healthz", "healthz"],
  ["/configz", "configz"],
  ["/stats/", "stats"],
  ["/metrics", "metrics"],
  ["/logs/", "log"],
];

/** The RBAC rule with which the kubelet itself lets somebody read a path. */
export function kubeletRule(path: string): string {
  const subresource = subresources.find(([begin]) => path.startsWith(begin))?.[1] ?? "proxy";
  return `{apiGroups: [""], resources: ["nodes/${subresource}"], verbs: ["get"]}`;
}

/** What the kubelet's response means. `rule` is what to grant where it was forbidden. */
export function kubeletAnswer(
  outcome: Result<Response, GetProblem>,
  path: string,
  rule: string,
  maxBytes: number,
): Answer {
  if (!outcome.ok) return withoutKubeconfig(problemAnswer(outcome.problem));
  const response = outcome.value;
  const text = new TextDecoder("utf-8").decode(response.body.subarray(0, maxBytes));
  const truncated = response.cut || response.body.length > maxBytes;
  if (isHealth(response, path, text)) return value(text, { exitCode: 1, truncated });
  const refused = refusalAnswer(response, path);
  if (refused === null)
    return path.startsWith("/logs/") ? logAnswer(text, path, truncated) : value(text, { truncated });
  if (refused.kind !== "unavailable") return notServed(path, `404: ${refused.kind === "absent" ? refused.detail : ""}`);
  if (refused.reason === "unauthenticated") return { ...refused, grant: tokenHint };
  if (refused.reason === "forbidden") return { ...refused, detail: forbiddenTo(text), grant: rule };
  return response.status === 405 ? notServed(path, refused.detail) : refused;
}

const tokenHint =
  "let the kubelet accept it: authentication.webhook.enabled, or a client certificate of its clientCAFile";

/** `Forbidden (user=X, verb=get, resource=nodes, subresource(s)=[log proxy])`: one line for all paths of one account. */
function forbiddenTo(text: string): string {
  const user = /\(user=([^,\s]{1,200}),/.exec(text)?.[1];
  return `403: not allowed${user === undefined ? "" : ` to ${user}`}`;
}

/** What the kubeconfig can mend for the API server, it cannot mend for a kubelet. */
function withoutKubeconfig(problem: Unavailable): Unavailable {
  return problem.reason === "unauthenticated" ? problem : unavailable(problem.reason, problem.detail);
}

/** A health check that fails answers 500 with one line for each of its parts. */
function isHealth({ status }: Response, path: string, text: string): boolean {
  return path.startsWith("/healthz") && status === 500 && /^\[[+-]\]\w/m.test(text);
}

function notServed(path: string, said: string): Unavailable {
  const grant = path.startsWith("/logs/") ? queryHint : "set enableDebuggingHandlers: true in the kubelet's config";
  return unavailable("not-configured", said, grant);
}

const queryHint = "set enableSystemLogHandler and enableSystemLogQuery to true in the kubelet's config";

/**
 * A kubelet that takes no queries serves /var/log as a folder instead; one that does prints its trouble into the
 * log (pkg/kubelet/kubelet_server_journal.go). As many lines as were asked for are not all there were.
 */
function logAnswer(text: string, path: string, truncated: boolean): Answer {
  if (/^\s*<(?:!doctype|pre|html)/i.test(text)) return notServed(path, "it shows /var/log instead of a log");
  const trouble = /^(?:error: journal output not available|failed to get logging cmd: .*|context error: .*)$/m.exec(
    text,
  );
  if (trouble !== null) return unavailable("unreadable", trouble[0]);
  const lines = text.split("\n").filter((line) => !remark.test(line));
  const asked = Number(/[?&]tailLines=(\d{1,6})/.exec(path)?.[1] ?? Number.POSITIVE_INFINITY);
  return value(lines.join("\n"), { truncated: truncated || lines.filter((line) => line !== "").length >= asked });
}

const remark =
  /^(?:-- .* --|options present and query resolved to log files for .*|try without specifying options|log not found for .*)$/;
