import { expect, test } from "@jest/globals";
import { slots } from "./slots.ts";

const settled = async (promise: Promise<void>): Promise<boolean> => {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return done;
};

test("nobody waits until one is refused; then as many run as ran beside it", async () => {
  const room = slots();
  expect(await Promise.all([settled(room.take()), settled(room.take()), settled(room.take())])).toEqual([
    true,
    true,
    true,
  ]);
  expect(room.refused()).toBe(true); // the third was, so two fit
  room.give();
  const third = room.take();
  expect(await settled(third)).toBe(false);
  room.give();
  expect(await settled(third)).toBe(true);
});

test("one that is refused alone has nothing to wait for", async () => {
  const room = slots();
  await room.take();
  expect(room.refused()).toBe(false);
  room.give();
  expect(await settled(room.take())).toBe(true);
});
