import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "@jest/globals";
import { type HttpsApi, json, kubeconfigFor, startHttpsApi } from "../../../test/support/https-api.ts";
import { systemClock } from "../clock.ts";
import { accessReviews } from "./access-review.ts";

let api: HttpsApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

async function ask(
  answer: (request: IncomingMessage, response: ServerResponse, body: unknown) => void,
  timeoutMs = 5_000,
) {
  api = await startHttpsApi((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on("end", () => answer(request, response, JSON.parse(text)));
  });
  const reviews = accessReviews(kubeconfigFor(api.url), systemClock);
  return reviews.allowed({ group: "", resource: "nodes", verb: "list" }, timeoutMs);
}

describe("a review of our own rights", () => {
  test.each([true, false])("allowed: %s", async (allowed) => {
    const seen: unknown[] = [];
    const answer = await ask((request, response, body) => {
      seen.push([request.method, request.url, request.headers.authorization, body]);
      json(response, 201, { status: { allowed } });
    });
    expect(answer).toEqual({ ok: true, value: allowed });
    expect(seen).toEqual([
      [
        "POST",
        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
        "Bearer the-token",
        expect.objectContaining({ spec: { resourceAttributes: { group: "", resource: "nodes", verb: "list" } } }),
      ],
    ]);
  });

  test.each([
    [401, "unauthenticated"],
    [403, "forbidden"],
    [404, "unreadable"],
    [500, "refused"],
  ])("status %i is %s", async (status, reason) => {
    const answer = await ask((_, response) => json(response, status, { message: "no" }));
    expect(answer).toMatchObject({ ok: false, problem: { reason } });
  });

  test.each(["[]", '{"status":{}}', "<html>"])("an answer that is none: %s", async (body) => {
    const answer = await ask((_, response) => void response.end(body));
    expect(answer).toMatchObject({ ok: false, problem: { reason: "unreadable" } });
  });

  test("a server that says nothing, and one that never stops", async () => {
    expect(await ask(() => undefined, 50)).toMatchObject({ ok: false, problem: { reason: "timed-out" } });
    await api?.close();
    const flood = await ask((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write("x".repeat(60_000)));
      };
      response.on("drain", more);
      more();
    });
    expect(flood).toMatchObject({ ok: false, problem: { reason: "unreadable" } });
  });

  test("a server that is not there, and one that is not trusted", async () => {
    const access = { path: "/version", verb: "get" };
    const away = accessReviews(kubeconfigFor("https://127.0.0.1:1"), systemClock);
    expect(await away.allowed(access, 5_000)).toMatchObject({ ok: false, problem: { reason: "refused" } });
    api = await startHttpsApi((_, response) => json(response, 201, {}));
    const other = accessReviews(kubeconfigFor(api.url, "other-ca.crt"), systemClock);
    expect(await other.allowed(access, 5_000)).toMatchObject({ ok: false, problem: { reason: "unreadable" } });
    expect(api.asked).toEqual([]);
  });
});
