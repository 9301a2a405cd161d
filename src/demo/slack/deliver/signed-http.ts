import { messageOf } from "../../../shared/errors.ts";
import type { World } from "../state/world.ts";
import type { Delivery, Transport, TransportAnswer } from "./delivery.ts";
import { type PostAnswer, post } from "./http-post.ts";
import { sign } from "./signature.ts";

const form = "application/x-www-form-urlencoded";

/** Delivers to the app's request URL, signed, in the three body forms that Slack uses. */
export function signedHttp(world: World, requestUrl: string): Transport {
  return {
    timeoutReason: "http_timeout",
    send: async (delivery) => {
      const { contentType, body } = encode(delivery);
      try {
        return answerFrom(await post(requestUrl, headersFor(world, delivery, contentType, body), body));
      } catch (thrown) {
        return { ok: false, reason: "connection_failed", detail: messageOf(thrown) };
      }
    },
  };
}

/** Slack's check when a request URL is entered: the app must send the challenge back. */
export async function answersChallenge(world: World, requestUrl: string): Promise<boolean> {
  const challenge = world.ids.next("challenge");
  const payload = { type: "url_verification", challenge, token: "legacy" };
  const delivery: Delivery = { id: challenge, kind: "events_api", where: "url_verification", payload };
  const answer = await signedHttp(world, requestUrl).send(delivery);
  return answer.ok && JSON.stringify(answer.body).includes(challenge);
}

function encode(delivery: Delivery): { readonly contentType: string; readonly body: string } {
  if (delivery.kind === "events_api")
    return { contentType: "application/json", body: JSON.stringify(delivery.payload) };
  const fields =
    delivery.kind === "interactive"
      ? { payload: JSON.stringify(delivery.payload) }
      : Object.fromEntries(Object.entries(delivery.payload).map(([key, value]) => [key, String(value)]));
  return { contentType: form, body: new URLSearchParams(fields).toString() };
}

function headersFor(world: World, delivery: Delivery, contentType: string, body: string): Record<string, string> {
  const timestamp = Math.floor(world.clock.now() / 1000);
  return {
    "content-type": contentType,
    "content-length": String(Buffer.byteLength(body)),
    "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    "x-slack-request-timestamp": String(timestamp),
    "x-slack-signature": sign(world.secrets.signingSecret, timestamp, body),
    ...(delivery.retry
      ? { "x-slack-retry-num": String(delivery.retry.attempt), "x-slack-retry-reason": delivery.retry.reason }
      : {}),
  };
}

function answerFrom(answer: PostAnswer): TransportAnswer {
  const noRetry = answer.headers["x-slack-no-retry"] === "1";
  if (answer.status < 200 || answer.status > 299)
    return { ok: false, reason: "http_error", detail: `status ${answer.status}`, noRetry };
  return { ok: true, body: parseBody(answer.body) };
}

/** JSON where it is JSON, else the text as a message; nothing for an empty body. */
function parseBody(body: string): unknown {
  if (body === "") return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return { text: body };
  }
}
