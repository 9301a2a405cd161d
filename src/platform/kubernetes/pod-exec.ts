import { randomBytes } from "node:crypto";
import type { Clock, PodShell, PodShells, SshSession } from "../../collect/ports.ts";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { failed, ok } from "../../shared/result.ts";
import { aliveWords } from "../ssh/command-line.ts";
import type { Wire } from "../ssh/line.ts";
import type { Ended } from "../ssh/outcome.ts";
import { type RestBook, restBook } from "../ssh/resting.ts";
import { type SessionOptions, sshSession } from "../ssh/session.ts";
import { problemAnswer, refusalAnswer } from "./answer.ts";
import { type ExecTarget, type Executed, execOver, type RunExec } from "./exec-socket.ts";
import { rbacRuleFor } from "./grant.ts";
import type { HttpGet, KubeConfig } from "./http-get.ts";
import { type PodExecSettings, podIn } from "./pod-choice.ts";

export type { PodExecSettings } from "./pod-choice.ts";

const findLimits = { timeoutMs: 4_000, maxBytes: 1_000_000 };
/** API server, kubelet and runtime each take their part of it. */
const openMs = 4_000;

/**
 * Commands on the node through a privileged pod that runs there anyway: no pod is made. Everything above the socket is
 * the same as over SSH: marker, limits, `timeout` on the node, what is killed there, what rests.
 */
export function podShells(config: KubeConfig, get: HttpGet, settings: PodExecSettings, clock: Clock): PodShells {
  const rests = restBook();
  return {
    find: async (node, signal) => {
      const found = await podOn(node, get, settings, signal);
      if (!found.ok) return found;
      const { name, container } = found.value;
      const target = { namespace: settings.namespace, pod: name, container };
      const entered = enteredBy(settings.enter, target, execOver(config, clock));
      const shell: PodShell = {
        pod: `${settings.namespace}/${name}`,
        open: async (until) => {
          const problem = await firstTry(entered, settings.enter, until);
          return problem === null ? ok(rests.guard(node, sessionIn(entered, node, rests, clock))) : failed(problem);
        },
      };
      return ok(shell);
    },
  };
}

async function podOn(node: string, get: HttpGet, settings: PodExecSettings, signal: AbortSignal | undefined) {
  const query = `labelSelector=${encodeURIComponent(settings.selector)}&fieldSelector=${encodeURIComponent(`spec.nodeName=${node}`)}`;
  const path = `/api/v1/namespaces/${settings.namespace}/pods?${query}&limit=50`;
  const outcome = await get(path, findLimits, signal);
  if (!outcome.ok) return failed(problemAnswer(outcome.problem));
  const refused = refusalAnswer(outcome.value, path);
  if (refused !== null) {
    const { kind } = refused;
    return failed(kind === "unavailable" ? refused : unavailable("unreadable", "the list of pods was not found"));
  }
  return podIn(jsonOf(outcome.value.body), node, settings);
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null; // the choice finds no pods in it
  }
}

type Entered = (...given: Parameters<Wire["run"]>) => Promise<Executed>;

/** No `-p`: the pod sees the node's processes anyway, and with it the command would lead no process group. */
function enteredBy(enter: string, target: ExecTarget, execute: RunExec): Entered {
  const way = enter === "nsenter" ? ["nsenter", "-t", "1", "-m", "-u", "-i", "-n", "--"] : enter.split(" ", 2);
  return (request, signal) => execute(target, { ...request, words: [...way, ...request.words] }, signal);
}

/** A command that does nothing tells whether the way is open, and why not. */
async function firstTry(entered: Entered, enter: string, signal: AbortSignal | undefined): Promise<Unavailable | null> {
  const marker = `node-why-${randomBytes(6).toString("hex")}`;
  const limits = { openMs, runMs: openMs, maxBytes: 4_000, keep: "head" } as const;
  const { ended, refusal } = await entered({ words: aliveWords(marker), marker, ...limits }, signal);
  return ended.pid !== null ? null : withGrant(refusal ?? silent(ended, enter));
}

function sessionIn(entered: Entered, node: string, rests: RestBook, clock: Clock): SshSession {
  const wire: Wire = { run: async (request, signal) => (await entered(request, signal)).ended, end: () => undefined };
  const onStuck: SessionOptions["onStuck"] = (command, pids, bootId) => rests.lay(node, bootId, command, pids);
  return sshSession(wire, { user: "root", ends: "lifeline", openMs, onStuck }, clock);
}

function silent({ how, stderr, noise, exitCode }: Ended, enter: string): Unavailable {
  const said = (stderr.trim() || noise.trim()).split("\n", 1)[0]?.slice(0, 300);
  if (said) return unavailable("unreadable", `${enter} in the pod failed: ${said}`);
  if (how === "exited") return unavailable("unreadable", `${enter} in the pod ended with status ${exitCode}`);
  return unavailable(
    "timed-out",
    `the pod ran nothing within ${openMs / 1000} s: its kubelet or runtime does not answer`,
  );
}

function withGrant(problem: Unavailable): Unavailable {
  return problem.reason === "forbidden" ? { ...problem, grant: execRule } : problem;
}

/** A WebSocket begins as a GET; API servers from 1.35 on ask for `create` all the same. */
const execRule = rbacRuleFor("/api/v1/namespaces/n/pods/p/exec").replace('["get"]', '["get", "create"]');
