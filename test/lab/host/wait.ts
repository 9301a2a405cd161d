import { setTimeout as sleep } from "node:timers/promises";

/** Asks again and again until there is an answer; null after so many seconds without one. */
export async function until<T>(
  seconds: number,
  ask: () => Promise<T | null | undefined | false>,
  everyMs = 250,
): Promise<T | null> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() >= end) return null;
    await sleep(everyMs);
  }
}
