import { expect, test } from "@jest/globals";
import { answers, ask, fromApi, onNode, world } from "../../test/support/collect-world.ts";

const window = { from: "2026-11-21T01:00:00.000Z", until: "2026-11-21T03:00:00.000Z" };

test("asked about the past, only what keeps a record is asked, in words of those hours", async () => {
  const here = world();
  const log = onNode("log", ["journalctl", "-b"], { past: ({ from }) => ["journalctl", `--since=${from}`] });
  const boots = onNode("boots", ["journalctl", "--list-boots"], { past: "the same" });
  const events = { ...fromApi("events", "/api/v1/events"), past: "the same" as const };
  const set = await ask([log, boots, onNode("df"), events, fromApi("pods", "/api/v1/pods")], here, { window });
  expect(set.window).toEqual(window);
  expect(here.commands.map(({ argv }) => argv.join(" ")).sort()).toEqual([
    "journalctl --list-boots",
    "journalctl --since=2026-11-21T01:00:00.000Z",
  ]);
  expect(here.gets).not.toContain("/api/v1/pods");
  expect(answers(set.items)).toMatchObject({
    df: { kind: "unavailable", reason: "not-asked" },
    pods: { kind: "unavailable", reason: "not-asked" },
    events: { kind: "value" },
  });
});
