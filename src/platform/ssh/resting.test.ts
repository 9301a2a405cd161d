import { expect, test } from "@jest/globals";
import type { Command, SshSession } from "../../collect/ports.ts";
import { unavailable, value } from "../../evidence/evidence.ts";
import { restBook } from "./resting.ts";

const command = (...argv: readonly string[]): Command => ({
  argv,
  sudo: false,
  limits: { timeoutMs: 1_000, maxBytes: 1_000 },
  keep: "head",
});

/** A node in one boot that notes what it was asked. */
function node(bootId: string | null) {
  const asked: string[] = [];
  const run: SshSession["run"] = async ({ argv }) => {
    asked.push(argv.join(" "));
    if (argv[0] !== "cat") return value("answer");
    return bootId === null ? unavailable("timed-out", "") : value(`${bootId}\n`);
  };
  return { asked, session: { run, close: () => undefined } };
}

test("a command that left a process in state D rests in that boot, on that node", async () => {
  const book = restBook();
  book.lay("w7", "boot-1", command("crictl", "info"), [412]);
  const [w7, w8] = [node("boot-1"), node("boot-1")];
  const guarded = book.guard("w7", w7.session);
  expect(await guarded.run(command("crictl", "info"))).toMatchObject({ reason: "hung", grant: expect.any(String) });
  expect(await guarded.run(command("crictl", "ps"))).toMatchObject({ kind: "value" });
  expect(await book.guard("w8", w8.session).run(command("crictl", "info"))).toMatchObject({ kind: "value" });
  expect(w7.asked).toEqual(["cat /proc/sys/kernel/random/boot_id", "crictl ps"]);
  expect(w8.asked).toEqual(["crictl info"]);
});

test("after a reboot it is asked again, and stays so", async () => {
  const book = restBook();
  book.lay("w7", "boot-1", command("crictl", "info"), [412]);
  expect(await book.guard("w7", node("boot-2").session).run(command("crictl", "info"))).toMatchObject({
    kind: "value",
  });
  const later = node("boot-1");
  expect(await book.guard("w7", later.session).run(command("crictl", "info"))).toMatchObject({ kind: "value" });
  expect(later.asked).toEqual(["crictl info"]);
});

test("where the boot cannot be told, it goes on resting", async () => {
  const book = restBook();
  book.lay("w7", "boot-1", command("crictl", "info"), [412]);
  expect(await book.guard("w7", node(null).session).run(command("crictl", "info"))).toMatchObject({ reason: "hung" });
});
