import { expect, test } from "@jest/globals";
import { turnstile } from "./turnstile.ts";

test("lets so many in at once, for each name, and hands places over", async () => {
  const gate = turnstile(2);
  const inside: string[] = [];
  const leave = new Map<string, () => void>();
  const enter = (name: string, who: string): Promise<string> =>
    gate.within(name, async () => {
      inside.push(who);
      await new Promise<void>((resolve) => leave.set(who, resolve));
      return who;
    });
  const all = ["a", "b", "c"].map((who) => enter("bastion", who));
  all.push(enter("other", "d"));
  await new Promise((resolve) => setImmediate(resolve));
  expect(inside).toEqual(["a", "b", "d"]);
  leave.get("a")?.();
  await new Promise((resolve) => setImmediate(resolve));
  expect(inside).toEqual(["a", "b", "d", "c"]);
  for (const end of leave.values()) end();
  expect(await Promise.all(all)).toEqual(["a", "b", "c", "d"]);
});

test("whoever fails leaves too", async () => {
  const gate = turnstile(1);
  await expect(gate.within("x", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(gate.within("x", async () => "in")).resolves.toBe("in");
});
