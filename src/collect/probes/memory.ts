import { askedWords, linesOf } from "../parse/answer.ts";
import { type Facts, facts, integer, percent, shown } from "../parse/reading.ts";
import { kibibytes } from "../parse/size.ts";
import { defineProbe } from "../probe.ts";

/** Memory as the kernel counts it. */
export const memory = defineProbe({
  id: "memory",
  asks: "How much memory is left?",
  provides: {
    "memory.totalKiB": { type: "number", says: "the node's memory", unit: "KiB" },
    "memory.availableKiB": { type: "number", says: "memory that can still be had without swapping", unit: "KiB" },
    "memory.availablePercent": { type: "number", says: "the same as a share", unit: "%" },
    "swap.totalKiB": { type: "number", says: "swap space in use or free", unit: "KiB" },
  },
  via: { source: "ssh", argv: ["cat", "/proc/meminfo"] },
  limits: { timeoutMs: 1_000, maxBytes: 16 * 1024 },
  recognises: (words) => words[0] === "free" || words.includes("/proc/meminfo"),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    return { facts: lines.some((line) => /^MemTotal:/.test(line)) ? fromMeminfo(lines) : fromFree(lines, asked) };
  },
});

function fromMeminfo(lines: readonly string[]): Facts {
  const field = (name: string) => {
    const line = lines.find((one) => one.startsWith(`${name}:`));
    return { line, kib: integer(/^\w+:\s+(\d{1,15}) kB$/.exec(line ?? "")?.[1]) };
  };
  return figures(field("MemTotal"), field("MemAvailable"), field("SwapTotal"));
}

/** `Mem:  24105  1006  8896  42  14594  23099` in the unit its option names, KiB without one. */
function fromFree(lines: readonly string[], asked: readonly string[]): Facts {
  const option = asked.find((word) => /^-[a-z]*[bkmg]/.test(word)) ?? "";
  const unit = ({ b: "B", m: "M", g: "G" } as const)[/[bmg]/.exec(option)?.[0] ?? ""] ?? "K";
  const head =
    lines
      .find((line) => /^\s+total\s+used\s+free/.test(line))
      ?.trim()
      .split(/\s+/) ?? [];
  const cells = (name: string) =>
    lines
      .find((line) => line.startsWith(name))
      ?.trim()
      .split(/\s+/)
      .slice(1);
  const line = lines.find((one) => one.startsWith("Mem:"));
  const swap = lines.find((one) => one.startsWith("Swap:"));
  const available = head.indexOf("available");
  return figures(
    { line, kib: kibibytes(cells("Mem:")?.[0], unit) },
    { line, kib: available < 0 ? undefined : kibibytes(cells("Mem:")?.[available], unit) },
    { line: swap, kib: kibibytes(cells("Swap:")?.[0], unit) },
  );
}

interface Figure {
  readonly line: string | undefined;
  readonly kib: number | undefined;
}

function figures(total: Figure, available: Figure, swap: Figure): Facts {
  const share = total.kib === undefined || available.kib === undefined ? undefined : percent(available.kib, total.kib);
  const quoted = ({ line, kib }: Figure) => (kib === undefined ? undefined : shown(kib, line));
  return facts({
    "memory.totalKiB": quoted(total),
    "memory.availableKiB": quoted(available),
    "memory.availablePercent": share === undefined ? undefined : shown(share, available.line),
    "swap.totalKiB": quoted(swap),
  });
}
