/**
 * Percentile of values sorted ascending; `share` from 0 to 1; null where there are none. The smallest value that at least `share` of
 * the values do not exceed; where that falls exactly between two values, their mean (R-2 of Hyndman & Fan): so that the 50th
 * percentile is the median as everyone calculates it.
 */
export const percentileOf = (sorted: ArrayLike<number>, share: number): number | null => {
  if (sorted.length === 0) return null;
  const { lower, upper } = ranksOf(share, sorted.length);
  return ((sorted[lower - 1] ?? 0) + (sorted[upper - 1] ?? 0)) / 2;
};

/** Products like 0.95 × 20 are not exact in binary. */
const TOLERANCE = 1e-9;

/** Places from 1 of the one or two values a percentile is the mean of; `count` is at least 1. */
export const ranksOf = (share: number, count: number): { readonly lower: number; readonly upper: number } => {
  const place = share * count;
  const lower = Math.min(count, Math.max(1, Math.ceil(place - TOLERANCE)));
  return { lower, upper: Math.abs(place - lower) < TOLERANCE ? Math.min(count, lower + 1) : lower };
};
