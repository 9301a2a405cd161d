/** Runs so many jobs at once and hands over what they give in their own order, each as soon as those before it are done. */
export async function inOrder<Given>(
  jobs: readonly (() => Promise<Given>)[],
  atOnce: number,
  give: (given: Given) => void | Promise<void>,
): Promise<void> {
  const done = new Map<number, Given>();
  let [next, given] = [0, 0];
  const worker = async (): Promise<void> => {
    for (let index = next; index < jobs.length; index = next) {
      next += 1;
      const job = jobs[index];
      if (job) done.set(index, await job());
      for (let ready = done.get(given); ready !== undefined; ready = done.get(given)) {
        done.delete(given);
        given += 1;
        await give(ready);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, atOnce) }, worker));
}
