const bars = "▁▂▃▄▅▆▇█";

/** One bar per count, the highest full. It never stands alone: the figures go beside it. */
export function sparkline(counts: readonly number[]): string {
  const highest = Math.max(1, ...counts);
  return counts.map((count) => bars[Math.round((count / highest) * (bars.length - 1))] ?? "").join("");
}
