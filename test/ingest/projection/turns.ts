/** Lets several that run at once take their steps in a given order, one at a time. */
export interface Turns {
  /** Before a step of its own: resolves when it is its turn. */
  reach(name: string): Promise<void>;
  /** Starts them, and drives them through the order; whoever is through goes on freely, and all do when the order is at its end. */
  drive(runs: Readonly<Record<string, () => Promise<void>>>): Promise<void>;
}

export function createTurns(order: readonly string[]): Turns {
  const waiting = new Map<string, () => void>();
  const ended = new Set<string>();
  let isOver = false;
  let changed = Promise.withResolvers<void>();
  const change = (): void => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const untilAtRest = async (name: string): Promise<void> => {
    while (!waiting.has(name) && !ended.has(name)) await changed.promise;
  };
  return {
    reach(name) {
      if (isOver) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.set(name, resolve);
        change();
      });
    },
    async drive(runs) {
      const running = Object.entries(runs).map(async ([name, run]) => {
        try {
          await run();
        } finally {
          ended.add(name);
          change();
        }
      });
      for (const name of order) {
        await untilAtRest(name);
        const go = waiting.get(name);
        waiting.delete(name);
        go?.();
        await untilAtRest(name);
      }
      isOver = true;
      for (const go of waiting.values()) go();
      await Promise.all(running);
    },
  };
}

/** Every order in which two that take so many steps each can take them. */
export function interleavings(a: number, b: number): readonly string[][] {
  if (a === 0 && b === 0) return [[]];
  const first = (name: string, rest: readonly string[][]): string[][] => rest.map((steps) => [name, ...steps]);
  return [...(a > 0 ? first("a", interleavings(a - 1, b)) : []), ...(b > 0 ? first("b", interleavings(a, b - 1)) : [])];
}
