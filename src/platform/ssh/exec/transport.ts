import { randomBytes } from "node:crypto";
import { type Unavailable, unavailable } from "../../../evidence/evidence.ts";
import { failed, ok } from "../../../shared/result.ts";
import { aliveWords } from "../command-line.ts";
import { type Common, type LoginRequest, sessionOver, type Transport } from "../common.ts";
import type { Wire } from "../line.ts";
import { plainHost } from "../openssh/resolve.ts";
import type { Ended } from "../outcome.ts";
import { runOverProgram } from "../over-program.ts";
import { type Filling, filled } from "./template.ts";

const startTimeoutMs = 10_000;
const plainUser = /^[A-Za-z0-9_][A-Za-z0-9_.@\\-]{0,63}$/;

/** A configured tool: tsh, aws ssm, gcloud, az. It decides whom it trusts; we fill its words and hold its limits. */
export const execTransport: Transport = async (request, common) => {
  const { settings, target } = request;
  const { exec } = settings;
  if (exec === undefined) return failed(unavailable("not-configured", "no tool is configured", "set ssh.exec.argv"));
  const user = settings.user ?? common.local.user;
  if (!plainHost.test(target.address) || !plainHost.test(target.node) || !plainUser.test(user)) {
    return failed(unavailable("not-asked", "the node's name, its address or the user cannot be a word of a command"));
  }
  const startMs = exec.startTimeoutMs ?? startTimeoutMs;
  const wire = wireOver(request, common, { ...target, user, port: settings.port ?? 22 }, startMs);
  const place = { login: `${user}@${target.address} through ${exec.argv[0] ?? ""}`, bastion: null };
  const refusal = common.limit.refusal(place);
  if (refusal !== null) return failed(refusal);
  const problem = await firstTry(wire, request, startMs);
  if (problem === null) {
    common.limit.succeeded(place);
    return ok(sessionOver(wire, target, { user, ends: "framed", openMs: startMs }, common));
  }
  if (problem.reason === "unauthenticated") common.limit.failed(place);
  return failed(problem);
};

function wireOver(
  { settings }: LoginRequest,
  { clock, local, logins }: Common,
  filling: Filling,
  startMs: number,
): Wire {
  const template = settings.exec?.argv ?? [];
  const { env } = local;
  const run: Wire["run"] = (request, signal) => {
    const argv = filled(template, filling, request.words);
    const once = () => runOverProgram({ argv, env, framed: true, startMs }, request, clock, signal);
    return logins.within(`${template[0] ?? ""} ${filling.node}`, once); // each is a login of the tool's
  };
  return { run, end: () => undefined };
}

/** A command that does nothing tells whether the tool can log in at all, and why not. */
async function firstTry(wire: Wire, { signal, settings }: LoginRequest, startMs: number): Promise<Unavailable | null> {
  const marker = `node-why-${randomBytes(6).toString("hex")}`;
  const limits = { openMs: startMs, runMs: 2_000, maxBytes: 4_000, keep: "head" } as const;
  const ended = await wire.run({ words: aliveWords(marker), marker, ...limits }, signal);
  return ended.pid !== null ? null : toolProblem(ended, settings.exec?.argv[0] ?? "", startMs);
}

const notLetIn =
  /permission denied|access denied|unauthori[sz]ed|not authori[sz]ed|unauthenticated|not logged in|login required|expired/i;

export function toolProblem({ how, exitCode, stderr, noise }: Ended, tool: string, startMs: number): Unavailable {
  if (how === "aborted")
    return unavailable("timed-out", `${tool}: no answer before the deadline of the whole diagnosis`);
  if (how === "silent") return unavailable("timed-out", `${tool}: the command did not begin within ${startMs} ms`);
  if (how === "lost")
    return unavailable("not-configured", `${tool} cannot be started: ${noise}`, "install it, or correct ssh.exec.argv");
  const said = (stderr.trim() || noise.trim()).split("\n").at(-1)?.slice(0, 300) ?? "";
  const detail = `${tool} ended with ${exitCode ?? "a signal"} before the command began: ${said}`;
  if (notLetIn.test(stderr))
    return unavailable("unauthenticated", detail, `log in with ${tool}, or set ssh.credential`);
  return unavailable("refused", detail);
}
