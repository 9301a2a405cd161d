import * as http from "node:http";
import * as https from "node:https";
import type { KubeConfig } from "@kubernetes/client-node";
import { z } from "zod";
import type { Clock } from "../../collect/ports.ts";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { messageOf } from "../../shared/errors.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import type { AccessReviews, ReviewedAccess } from "../../usecases/doctor/ports.ts";
import { problemAnswer, refusalAnswer } from "./answer.ts";
import type { GetProblem, Response } from "./http-get.ts";

/** The one path that anything is posted to: it stores nothing and changes nothing. */
const path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
const maxBytes = 100_000;

const review = z.object({ status: z.object({ allowed: z.boolean() }) });

/** Asks the API server what the kubeconfig's own user may do. */
export function accessReviews(config: KubeConfig, clock: Clock): AccessReviews {
  return {
    allowed: async (access, timeoutMs) => {
      const outcome = await post(config, JSON.stringify(reviewOf(access)), timeoutMs, clock);
      if (!outcome.ok) return failed(problemAnswer(outcome.problem));
      const refused = refusalAnswer(outcome.value, path);
      if (refused?.kind === "unavailable") return failed(refused);
      return refused === null ? verdictIn(outcome.value.body) : failed(notServed);
    },
  };
}

const notServed = unavailable("unreadable", "the API server serves no access reviews");

function reviewOf(access: ReviewedAccess): object {
  const spec = "path" in access ? { nonResourceAttributes: access } : { resourceAttributes: access };
  return { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectAccessReview", spec };
}

function verdictIn(body: Buffer): Result<boolean, Unavailable> {
  try {
    return ok(review.parse(JSON.parse(body.toString("utf8"))).status.allowed);
  } catch {
    return failed(unavailable("unreadable", "the answer is no access review"));
  }
}

type Outcome = Result<Response, GetProblem>;

async function post(config: KubeConfig, body: string, timeoutMs: number, clock: Clock): Promise<Outcome> {
  const options: https.RequestOptions = { headers: {} };
  try {
    await config.applyToHTTPSOptions(options);
  } catch (thrown) {
    return failed({ kind: "credentials", code: "", detail: messageOf(thrown).trim().slice(0, 300) });
  }
  return new Promise((resolve) => {
    const controller = new AbortController();
    const settle = (outcome: Outcome): void => {
      cancel();
      resolve(outcome);
      controller.abort(); // after the answer this only ends what still flows
    };
    const cancel = clock.after(timeoutMs, () =>
      settle(failed({ kind: "timed-out", code: "", detail: `no answer within ${timeoutMs} ms` })),
    );
    send(config, body, { ...options, signal: controller.signal }, settle);
  });
}

function send(
  config: KubeConfig,
  body: string,
  options: https.RequestOptions,
  settle: (outcome: Outcome) => void,
): void {
  const problem = (thrown: unknown): void => {
    const code = (thrown as NodeJS.ErrnoException | undefined)?.code ?? "";
    settle(failed({ kind: "network", code, detail: messageOf(thrown) }));
  };
  try {
    const url = new URL((config.getCurrentCluster()?.server ?? "") + path);
    const headers = { ...options.headers, "content-type": "application/json", accept: "application/json" };
    const { agent, ...plain } = options;
    const request =
      url.protocol === "http:"
        ? http.request(url, { ...plain, method: "POST", headers })
        : https.request(url, { ...options, method: "POST", headers });
    request.on("error", problem);
    request.on("response", (response) => receive(response, settle, problem));
    request.end(body);
  } catch (thrown) {
    problem(thrown);
  }
}

function receive(
  response: http.IncomingMessage,
  settle: (outcome: Outcome) => void,
  problem: (thrown: unknown) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const done = (cut: boolean): void =>
    settle(ok({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks), cut }));
  response.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > maxBytes) done(true);
  });
  response.on("end", () => done(false));
  response.on("error", problem);
}
