/** Nearest-rank percentile of measured values; NaN where there are none. */
export const percentileOf = (values: readonly number[], share: number): number => {
  const sorted = [...values].toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
};
