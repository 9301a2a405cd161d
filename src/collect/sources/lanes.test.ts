import { expect, test } from "@jest/globals";
import { lanes } from "./lanes.ts";

/** Tasks that run until they are told to end. */
function stage(size: number) {
  const line = lanes(size);
  const began: string[] = [];
  const ends = new Map<string, () => void>();
  const submit = (name: string, limitMs: number): Promise<void> =>
    line.run(limitMs, () => {
      began.push(name);
      return new Promise((resolve) => {
        ends.set(name, resolve);
      });
    });
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { submit, began, end };
}

test("starts as many as there are lanes, then the one that may take longest", async () => {
  const { submit, began, end } = stage(2);
  for (const [name, limit] of [
    ["a", 1_000],
    ["b", 1_000],
    ["short", 500],
    ["long", 4_000],
  ] as const)
    void submit(name, limit);
  expect(began).toEqual(["a", "b"]);
  await end("a");
  expect(began).toEqual(["a", "b", "long"]);
});

test("slow tasks that hang leave a lane to the quick ones", async () => {
  const { submit, began, end } = stage(2);
  for (const name of ["slow-1", "slow-2", "slow-3"]) void submit(name, 10_000);
  for (const name of ["quick-1", "quick-2"]) void submit(name, 1_000);
  expect(began).toEqual(["slow-1", "slow-2"]);
  await end("slow-2");
  await end("quick-1");
  expect(began).toEqual(["slow-1", "slow-2", "quick-1", "quick-2"]);
  await end("quick-2");
  expect(began.at(-1)).toBe("slow-3");
});

test("a task that fails frees its lane", async () => {
  const line = lanes(1);
  await expect(line.run(1, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(line.run(1, async () => "next")).resolves.toBe("next");
});
