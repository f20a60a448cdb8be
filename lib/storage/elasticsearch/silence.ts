/** Tells how long a cluster has kept everybody waiting. */
export interface Silence {
  /** Since when calls wait and none of them has ended, ms; 0 where nobody waits. */
  ms(): number;
  during<Result>(run: () => Promise<Result>): Promise<Result>;
}

/** Any end is a sign of life or known at once to be none; `elapsed` is a clock that never goes back, ms. */
export function createSilence(elapsed: () => number): Silence {
  let waiting = 0;
  let since = 0;
  return {
    ms: () => (waiting === 0 ? 0 : elapsed() - since),
    async during(run) {
      if (waiting === 0) since = elapsed();
      waiting += 1;
      try {
        return await run();
      } finally {
        waiting -= 1;
        since = elapsed();
      }
    },
  };
}
