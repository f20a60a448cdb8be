const hopsToShow = 20;
const skewToShowMs = 1000;

/**
 * Clock skew of a hop: the median of its negative latencies (ms) over its last 1,000 hops, as a negative number. Null below 20 such
 * hops or 1 s: too little to say that a clock lies.
 */
export function hopSkewMs(negativeLatencies: readonly number[]): number | null {
  if (negativeLatencies.length < hopsToShow) return null;
  const sorted = negativeLatencies.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? 0;
  const high = sorted[Math.floor(middle)] ?? 0;
  const median = (low + high) / 2;
  return Math.abs(median) >= skewToShowMs ? median : null;
}
