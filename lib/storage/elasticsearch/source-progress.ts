import { type ArrivalSlice, keptArrivalSlices, type SourceProgress } from "#lib/source/source.ts";

/** What two workers counted of one source, together. */
export const addProgress = (a: SourceProgress, b: SourceProgress): SourceProgress => ({
  source: a.source,
  ...largest("newestEventAt", a, b),
  ...largest("heartbeatAt", a, b),
  lastSeenAt: Math.max(a.lastSeenAt, b.lastSeenAt),
  acceptedTotal: a.acceptedTotal + b.acceptedTotal,
  duplicateTotal: a.duplicateTotal + b.duplicateTotal,
  rejectedTotal: a.rejectedTotal + b.rejectedTotal,
  ...ifGiven("unmatchedTotal", a.unmatchedTotal, b.unmatchedTotal, (x, y) => (x ?? 0) + (y ?? 0)),
  ...ifGiven("arrivals", a.arrivals, b.arrivals, addSlices),
});

/** What one worker counted itself, of a total that began with what others had counted. */
export const withoutProgress = (total: SourceProgress, others: SourceProgress | undefined): SourceProgress => {
  const { heartbeatAt: _told, ...own } = total;
  if (others === undefined) return own;
  const known = new Map((others.arrivals ?? []).map(({ at, count }) => [at, count]));
  return {
    ...own,
    acceptedTotal: Math.max(0, own.acceptedTotal - others.acceptedTotal),
    duplicateTotal: Math.max(0, own.duplicateTotal - others.duplicateTotal),
    rejectedTotal: Math.max(0, own.rejectedTotal - others.rejectedTotal),
    ...(own.unmatchedTotal !== undefined && {
      unmatchedTotal: Math.max(0, own.unmatchedTotal - (others.unmatchedTotal ?? 0)),
    }),
    ...(own.arrivals !== undefined && {
      arrivals: own.arrivals
        .map(({ at, count }) => ({ at, count: count - (known.get(at) ?? 0) }))
        .filter(({ count }) => count > 0),
    }),
  };
};

const addSlices = (a: readonly ArrivalSlice[] = [], b: readonly ArrivalSlice[] = []): readonly ArrivalSlice[] => {
  const counts = new Map<number, number>();
  for (const { at, count } of [...a, ...b]) counts.set(at, (counts.get(at) ?? 0) + count);
  return [...counts]
    .map(([at, count]) => ({ at, count }))
    .toSorted((x, y) => x.at - y.at)
    .slice(-keptArrivalSlices);
};

type Times = "newestEventAt" | "heartbeatAt";

const largest = <Name extends Times>(name: Name, a: SourceProgress, b: SourceProgress): Partial<Record<Name, number>> =>
  ifGiven(name, a[name], b[name], (x = -Infinity, y = -Infinity) => Math.max(x, y));

const ifGiven = <Name extends string, Value>(
  name: Name,
  a: Value | undefined,
  b: Value | undefined,
  join: (a: Value | undefined, b: Value | undefined) => Value,
): Partial<Record<Name, Value>> =>
  a === undefined && b === undefined ? {} : ({ [name]: join(a, b) } as Record<Name, Value>);
