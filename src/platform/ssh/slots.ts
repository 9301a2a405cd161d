/** How many commands may run at once on one connection; learns sshd's MaxSessions by being refused. */
export interface Slots {
  readonly take: () => Promise<void>;
  readonly give: () => void;
  /** A command was refused while others ran: no more than those run at once from now on. False: none ran. */
  readonly refused: () => boolean;
}

export function slots(): Slots {
  const waiting: (() => void)[] = [];
  let room = Number.POSITIVE_INFINITY;
  let taken = 0;
  const fill = (): void => {
    while (taken < room && waiting.length > 0) {
      taken += 1;
      waiting.shift()?.();
    }
  };
  return {
    take: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        fill();
      }),
    give: () => {
      taken -= 1;
      fill();
    },
    refused: () => {
      room = Math.max(1, Math.min(room, taken - 1));
      return taken > 1;
    },
  };
}
