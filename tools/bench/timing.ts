/** The median of several runs after one that is not counted, seconds. */
export async function median(runs: number, work: () => void | Promise<void>): Promise<number> {
  await work();
  const seconds: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    await work();
    seconds.push((performance.now() - began) / 1000);
  }
  return seconds.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
}

/** The same in seconds of this process's own work on the processor, which others on the machine lengthen less. */
export function medianWork(runs: number, work: () => void): number {
  work();
  const seconds = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  return seconds.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
}
