interface OpenWhenThereOptions<Store> {
  open(): Promise<Store>;
  /** Whether what `open` rejected with is over when the store is back. */
  isAway(error: unknown): error is Error;
  /** Told each time it is away. */
  onAway(error: Error): Promise<void>;
  /** Resolves after so long, or when nobody waits any more. */
  pause(durationMs: number): Promise<unknown>;
  /** Nobody waits any more. */
  readonly signal: AbortSignal;
}

const firstPauseMs = 500;
const longestPauseMs = 4_000;

/** Opens a store that may be away yet, asking again until it is there; null where nobody waits any more. Rejects with whatever else is wrong with it. */
export async function openWhenThere<Store>(options: OpenWhenThereOptions<Store>): Promise<Store | null> {
  const { open, isAway, onAway, pause, signal } = options;
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await open();
    } catch (error) {
      if (!isAway(error)) throw error;
      await onAway(error);
    }
    await pause(pauseMs);
  }
  return null;
}
