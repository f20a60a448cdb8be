/** Whoever looks again within this time is still looking; each look makes it begin anew. */
const lookMs = 90_000;
const maxLooks = 10_000;

/** Tells a first look from those that an open page repeats. */
export interface Looks {
  /** Whether nobody looked under this key just before; notes the look. */
  isNew(key: string, now: number): boolean;
}

/** Remembers the latest looks, at most `most` of them: one that was forgotten counts as new. */
export const newLooks = (most = maxLooks): Looks => {
  // oldest look first
  const lastAt = new Map<string, number>();
  return {
    isNew(key, now) {
      const before = lastAt.get(key);
      lastAt.delete(key);
      lastAt.set(key, now);
      for (const [oldest, at] of lastAt) {
        if (lastAt.size <= most && now - at < lookMs) break;
        lastAt.delete(oldest);
      }
      return before === undefined || now - before >= lookMs;
    },
  };
};
