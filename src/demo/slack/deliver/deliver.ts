import type { World } from "../state/world.ts";
import { acknowledgeWithinMs, type Delivery, type Outcome, type Transport, type TransportAnswer } from "./delivery.ts";

/** Delivers once. What is not acknowledged within three seconds has failed, and an answer that comes later is a problem of its own. */
export function deliver(world: World, transport: Transport, delivery: Delivery): Promise<Outcome> {
  const start = world.clock.now();
  return new Promise((resolve) => {
    let over = false;
    const settle = (outcome: Outcome): void => {
      over = true;
      if (!outcome.acknowledged) world.problems.add(outcome.error, delivery.where, outcome.detail);
      resolve(outcome);
      world.changes.notify();
    };
    const cancel = world.clock.after(acknowledgeWithinMs, () => settle(unanswered(transport.timeoutReason)));
    void transport.send(delivery).then((answer) => {
      cancel();
      const afterMs = world.clock.now() - start;
      if (!over) settle(outcomeOf(answer, afterMs));
      else if (answer.ok) world.problems.add("late_acknowledgement", delivery.where, `after ${afterMs} ms`);
    });
  });
}

function unanswered(reason: string): Outcome {
  return { acknowledged: false, error: "operation_timeout", reason, detail: "not acknowledged", noRetry: false };
}

function outcomeOf(answer: TransportAnswer, afterMs: number): Outcome {
  if (answer.ok) return { acknowledged: true, body: answer.body, afterMs };
  const { reason, detail = reason, noRetry = false } = answer;
  return { acknowledged: false, error: "dispatch_failed", reason, detail, noRetry };
}

/** Slack repeats an event that was not acknowledged: at once, after a minute, after five. */
export const retryDelaysMs = [0, 60_000, 300_000] as const;

/** Delivers an event with Slack's retries. Resolves with the first outcome; the retries go on by themselves. */
export async function deliverEvent(world: World, transport: Transport, delivery: Delivery): Promise<Outcome> {
  const first = await deliver(world, transport, delivery);
  scheduleRetry(world, transport, delivery, first);
  return first;
}

function scheduleRetry(world: World, transport: Transport, delivery: Delivery, outcome: Outcome): void {
  const attempt = (delivery.retry?.attempt ?? 0) + 1;
  const delay = retryDelaysMs[attempt - 1];
  if (outcome.acknowledged || outcome.noRetry || delay === undefined) return;
  world.clock.after(delay, () => {
    const again = { ...delivery, id: world.ids.next("E"), retry: { attempt, reason: outcome.reason } };
    void deliver(world, transport, again).then((next) => scheduleRetry(world, transport, again, next));
  });
}
