import { describe, expect, test } from "@jest/globals";
import { type HistoryBounds, markHistory } from "./history.ts";
import { readLines } from "./lines.ts";
import type { Stream } from "./log.ts";

const open: HistoryBounds = {
  bootedAt: null,
  journalFrom: null,
  readySince: null,
  eventsFrom: null,
  now: Date.parse("2026-03-01T12:00:00Z"),
};
const line = (time: string, rest: string): string => `2026-03-01T${time}+0000 n1 ${rest}`;

/** The words behind the last colon of the lines that are present. */
function present(stream: Stream, lines: readonly string[], bounds: Partial<HistoryBounds> = {}): readonly string[] {
  const read = readLines(stream, lines.join("\n"), "test", 2026);
  return markHistory(stream, read, { ...open, ...bounds })
    .filter(({ history }) => !history)
    .map(({ text }) => text.split(": ").at(-1) ?? "");
}

describe("lives of a unit", () => {
  const loop = (n: number): string[] => [
    line(`11:5${n}:00`, "systemd[1]: Started kubelet.service - kubelet."),
    line(`11:5${n}:01`, `kubelet[${n}]: fatal ${n}`),
    line(`11:5${n}:02`, "systemd[1]: kubelet.service: Failed with result 'exit-code'."),
  ];

  test("a restart loop is one episode from its first failure", () => {
    expect(present("kubelet", [...loop(1), ...loop(2), ...loop(3)])).toContain("fatal 1");
  });
  test("an earlier life that was stopped is history", () => {
    const lines = [
      line("10:00:00", "systemd[1]: Started kubelet.service - kubelet."),
      line("10:01:00", "kubelet[1]: old trouble"),
      line("10:02:00", "systemd[1]: Stopping kubelet.service - kubelet..."),
      line("10:02:01", "systemd[1]: Stopped kubelet.service - kubelet."),
      line("11:59:00", "systemd[1]: Started kubelet.service - kubelet."),
      line("11:59:01", "kubelet[2]: new trouble"),
    ];
    expect(present("kubelet", lines)).toContain("new trouble");
    expect(present("kubelet", lines)).not.toContain("old trouble");
  });
  test("a unit that has run well for long has left its loop", () => {
    const lines = [
      ...loop(1),
      line("11:52:00", "systemd[1]: Started kubelet.service - kubelet."),
      line("11:52:01", "kubelet[9]: runs"),
    ];
    expect(present("kubelet", lines)).not.toContain("fatal 1");
  });
  test("Starting and Started are one life", () => {
    const lines = [
      line("11:00:00", "systemd[1]: Starting containerd.service - containerd..."),
      line("11:00:01", "containerd[1]: loading"),
      line("11:00:02", "systemd[1]: Started containerd.service - containerd."),
    ];
    expect(present("runtime", lines)).toContain("loading");
  });
});

describe("other bounds", () => {
  test("what was written in an earlier boot is history", () => {
    const lines = [line("10:00:00", "kernel: old"), line("11:00:00", "kernel: new")];
    expect(present("kernel", lines, { bootedAt: Date.parse("2026-03-01T10:30:00Z") })).toEqual(["new"]);
  });
  test("kernel lines from before the journal's first entry are another machine's or boot's", () => {
    const lines = [line("10:00:00", "kernel: old"), line("11:00:00", "kernel: new")];
    expect(present("kernel", lines, { journalFrom: Date.parse("2026-03-01T10:30:00Z") })).toEqual(["new"]);
  });
  test("what lies before the node became Ready is history while it is Ready", () => {
    const lines = [line("10:00:00", "kubelet[1]: old"), line("11:50:00", "kubelet[1]: new")];
    expect(present("kubelet", lines, { readySince: Date.parse("2026-03-01T10:30:00Z") })).toEqual(["new"]);
  });
  test("events of an earlier trouble are history", () => {
    const lines = ["2026-03-01T10:00:00Z Warning old: old", "2026-03-01T11:00:00Z Warning new: new"];
    expect(present("events", lines, { eventsFrom: Date.parse("2026-03-01T10:30:00Z") })).toEqual(["new"]);
  });
  test("a line of unknown age counts as present", () => {
    expect(present("kernel", ["no stamp: here"], { bootedAt: open.now })).toEqual(["here"]);
  });
});
