import type { Changes } from "../state/changes.ts";

/**
 * Resolves with the first truthy thing `look` sees; it looks now and then at every change, so nothing is polled.
 * Rejects after `timeoutMs` of real time with what `describe` says about the state of things.
 */
export function waitFor<Value>(
  changes: Changes,
  look: () => Value | undefined | null | false,
  timeoutMs: number,
  describe: () => string,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      unsubscribe();
    };
    const check = (): void => {
      try {
        const seen = look();
        if (seen === undefined || seen === null || seen === false) return;
        end();
        resolve(seen);
      } catch (thrown) {
        end();
        reject(thrown);
      }
    };
    const unsubscribe = changes.subscribe(check);
    const timer = setTimeout(() => {
      end();
      reject(new Error(`waited ${timeoutMs} ms in vain; ${describe()}`));
    }, timeoutMs);
    check();
  });
}
