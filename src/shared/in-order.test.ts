import { expect, test } from "@jest/globals";
import { inOrder } from "./in-order.ts";

test("so many at once, and given in the order of the jobs", async () => {
  const ends: (() => void)[] = [];
  let [running, most] = [0, 0];
  const job = (name: number) => async (): Promise<number> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
    return name;
  };
  const given: number[] = [];
  const all = inOrder([0, 1, 2, 3, 4].map(job), 2, (name) => {
    given.push(name);
  });
  while (given.length < 5) {
    ends.pop()?.(); // the youngest ends first
    await new Promise((resolve) => setImmediate(resolve));
  }
  await all;
  expect(given).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});

test("nothing to do is done", async () => {
  await expect(inOrder([], 4, () => undefined)).resolves.toBeUndefined();
});
