/** Nearest-rank percentile of values sorted ascending; `share` from 0 to 1. null where there are none. */
export const percentileOf = (sorted: ArrayLike<number>, share: number): number | null => {
  if (sorted.length === 0) return null;
  return sorted[rankOf(share, sorted.length) - 1] ?? null;
};

/** Place from 1 of the value that at least `share` of `count` values do not exceed. */
export const rankOf = (share: number, count: number): number => Math.min(count, Math.max(1, Math.ceil(share * count)));
