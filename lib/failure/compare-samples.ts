/** What is known of one record by name; null: empty, blank or not there. */
export type Traits = ReadonlyMap<string, string | null>;

/** One value that stands out among broken records. */
export interface Difference {
  readonly name: string;
  readonly value: string | null;
  /** How many of each sample have it. */
  readonly broken: number;
  readonly through: number;
  /** Too large a difference to be chance, as far as samples of this size can tell (95 %). */
  readonly isClear: boolean;
}

export interface Comparison {
  /** Sizes of the samples. */
  readonly broken: number;
  readonly through: number;
  /** Largest difference first; empty where the samples are too small or alike. */
  readonly differences: readonly Difference[];
}

/** Fewer records can't show what sets them apart: everything would. */
export const leastCompared = { broken: 3, through: 5 } as const;

const maxDifferences = 6;
/** Less is nothing that a person acts on. */
const leastDifference = 0.15;

const countValues = (sample: readonly Traits[]): ReadonlyMap<string, ReadonlyMap<string | null, number>> => {
  const names = new Map<string, Map<string | null, number>>();
  for (const name of new Set(sample.flatMap((traits) => [...traits.keys()]))) {
    const values = new Map<string | null, number>();
    for (const traits of sample) {
      const value = traits.get(name) ?? null;
      values.set(value, (values.get(value) ?? 0) + 1);
    }
    names.set(name, values);
  }
  return names;
};

/** Where the true share lies, 95 times in 100, given `count` of `size` (Wilson). */
const wilson = (count: number, size: number): readonly [low: number, high: number] => {
  const z = 1.96;
  const share = count / size;
  const middle = share + (z * z) / (2 * size);
  const spread = z * Math.sqrt((share * (1 - share)) / size + (z * z) / (4 * size * size));
  const whole = 1 + (z * z) / size;
  return [(middle - spread) / whole, (middle + spread) / whole];
};

/**
 * What broken records have that those which got through mostly have not. A value counts only where at least two broken records share
 * it, so that ids and times, which differ from record to record, never do. Ties stand in order of name and value.
 */
export function compareSamples(broken: readonly Traits[], through: readonly Traits[]): Comparison {
  const sizes = { broken: broken.length, through: through.length };
  if (sizes.broken < leastCompared.broken || sizes.through < leastCompared.through)
    return { ...sizes, differences: [] };
  const [brokenCounts, throughCounts] = [countValues(broken), countValues(through)];
  const differences: (Difference & { readonly by: number })[] = [];
  for (const [name, values] of brokenCounts) {
    for (const [value, count] of values) {
      // a name that no record which got through has is empty in all of them
      const other = throughCounts.has(name)
        ? (throughCounts.get(name)?.get(value) ?? 0)
        : value === null
          ? sizes.through
          : 0;
      const by = count / sizes.broken - other / sizes.through;
      if (count < 2 || by < leastDifference) continue;
      const isClear = wilson(count, sizes.broken)[0] > wilson(other, sizes.through)[1];
      differences.push({ name, value, broken: count, through: other, isClear, by });
    }
  }
  for (const [name, values] of throughCounts) {
    if (brokenCounts.has(name)) continue;
    const other = values.get(null) ?? 0;
    const by = 1 - other / sizes.through;
    if (by < leastDifference) continue;
    const isClear = wilson(sizes.broken, sizes.broken)[0] > wilson(other, sizes.through)[1];
    differences.push({ name, value: null, broken: sizes.broken, through: other, isClear, by });
  }
  return {
    ...sizes,
    differences: differences
      .toSorted((a, b) => b.by - a.by || compareTexts(a.name, b.name) || compareTexts(a.value ?? "", b.value ?? ""))
      .slice(0, maxDifferences)
      .map(({ by: _by, ...difference }) => difference),
  };
}

const compareTexts = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
