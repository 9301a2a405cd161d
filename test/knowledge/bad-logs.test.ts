import { describe, expect, test } from "@jest/globals";
import { type EvidenceSet, value } from "../../src/evidence/evidence.ts";
import type { Report } from "../../src/report/report.ts";
import { realEngine } from "../support/engine.ts";

/** Journals no program should have written. Each gives an answer, and where the cause is shown, the cause. */
const swap = 'run.go:74] "command failed" err="failed to run Kubelet: running with swap on is not supported"';
const klog = (stamp: string): string => `E${stamp}     812 ${swap}`;
const line = klog("0602 06:00:01.000000");

async function judge(journal: string, set: Partial<EvidenceSet> = {}): Promise<Report> {
  const { judge: ask } = await realEngine();
  return ask({
    schema: 1,
    node: "w1",
    cluster: "c",
    at: "2026-06-02T06:05:00Z",
    year: null,
    items: [
      { probe: "kubelet-journal", source: "ssh", asked: ["journalctl"], at: null, tookMs: 0, answer: value(journal) },
    ],
    ...set,
  }).report;
}
const seenAt = ({ timeline }: Report): readonly (string | null)[] =>
  timeline.filter(({ cause }) => cause === "swap-enabled").map(({ at }) => at);

describe("a journal", () => {
  test.each<[string, string]>([
    ["a line of 5 MB before it", `${"x".repeat(5_000_000)}\n${line}`],
    ["a line of 5 MB that begins with it", `${line}${"y ".repeat(2_500_000)}`],
    ["five megabytes of blank lines", `${"\n".repeat(5_000_000)}${line}`],
    ["NULs between the words", `\0\0\0\n${line.replace("failed", "failed\0")}\n\0`],
    ["NULs after it", `${line}\0\0\0`],
    ["bytes that were no UTF-8", `${Buffer.from([0xff, 0xfe, 0x80, 0xc3]).toString("utf8")}\n${line}`],
    ["half a surrogate pair", `\ud800\n${line}\n\udfff`],
    ["carriage returns", `first\r\n${line}\r\nlast\r`],
    ["colours and cursor moves", `\u001b[31m${line}\u001b[0m\u001b[2J`],
    ["a text that would ping a channel", `<!channel> <@U1> ${line}`],
    ["the words of a prototype", `__proto__ constructor toString\n${line}`],
  ])("with %s: the cause all the same", async (_, journal) => {
    const report = await judge(journal);
    expect(report.roots).toEqual(["swap-enabled"]);
    expect(Math.max(...report.timeline.map((each) => each.line?.length ?? 0))).toBeLessThan(9_000);
  });

  test("that is cut off before it: no cause, no crash", async () => {
    const report = await judge(`${"z".repeat(5_000_000)}${line}`);
    expect(report.roots).toEqual([]);
  });

  test.each<[string, string]>([
    ["klog", klog("0602 06:00:01.000000")],
    ["the journal's short form", `Jun 02 06:00:01 w1 kubelet[812]: ${swap}`],
    ["the journal's ISO form with an offset", `2026-06-02T08:00:01+0200 w1 kubelet[812]: ${swap}`],
    ["RFC 3339 with nanoseconds", `2026-06-02T06:00:01.000000000Z ${swap}`],
    ["logfmt", `time="2026-06-02T06:00:01Z" level=error msg="${swap.replaceAll('"', '\\"')}"`],
  ])("with times as in %s: the same moment", async (_, journal) => {
    expect(seenAt(await judge(journal))).toEqual(["2026-06-02T06:00:01.000Z"]);
  });

  test("with all five forms of time at once: in their order", async () => {
    const forms = [
      klog("0602 06:00:05.000000"),
      `Jun 02 06:00:04 w1 kubelet[812]: ${swap}`,
      `2026-06-02T08:00:03+0200 w1 kubelet[812]: ${swap}`,
      `2026-06-02T06:00:02.000000000Z ${swap}`,
      `time="2026-06-02T06:00:01Z" level=error msg="${swap.replaceAll('"', '\\"')}"`,
    ];
    const report = await judge(forms.join("\n"));
    expect(report.roots).toEqual(["swap-enabled"]);
    const times = report.timeline.flatMap(({ at }) => at ?? []);
    expect(times).toEqual([...times].sort());
    expect(times[0]).toBe("2026-06-02T06:00:01.000Z");
  });

  test("without a year: that of the asking, or no time where nobody knows", async () => {
    expect(seenAt(await judge(line, { at: "2025-06-02T07:00:00Z" }))).toEqual(["2025-06-02T06:00:01.000Z"]);
    expect(seenAt(await judge(line, { at: null, year: 2024 }))).toEqual(["2024-06-02T06:00:01.000Z"]);
    const timeless = await judge(line, { at: null });
    expect([timeless.roots, seenAt(timeless)]).toEqual([["swap-enabled"], []]);
  });

  test("asked for on New Year's Day: a line of December is of the year before", async () => {
    const report = await judge(klog("1231 23:59:01.000000"), { at: "2026-01-01T00:05:00Z" });
    expect(seenAt(report)).toEqual(["2025-12-31T23:59:01.000Z"]);
  });

  test.each<[string, readonly string[]]>([
    [
      "a clock that steps back",
      [klog("0602 06:00:01.000000"), klog("0602 05:00:01.000000"), klog("0602 05:00:02.000000")],
    ],
    ["a clock that steps on by years", [`2026-06-02T06:00:01Z ${swap}`, `2031-06-02T06:00:01Z ${swap}`]],
    ["days that do not exist", [klog("0631 25:61:61.000000"), klog("0000 00:00:00.000000")]],
    [
      "years far from any",
      [`9999-12-31T23:59:59Z ${swap}`, `0001-01-01T00:00:00Z ${swap}`, `275761-01-01T00:00:00Z ${swap}`],
    ],
  ])("with %s: an answer, and every time in it is one", async (_, lines) => {
    const report = await judge(lines.join("\n"));
    expect(report.roots).toEqual(["swap-enabled"]);
    for (const { at } of report.timeline) expect(at === null || !Number.isNaN(Date.parse(at))).toBe(true);
  });
});
