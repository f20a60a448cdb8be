import type { FlowId } from "#lib/id/id.ts";
import type { FailureCount, FailureGroup, JourneyIndex } from "#lib/storage/journey-index.ts";
import { closedRows, leavingOut, type ClosedRow } from "#lib/storage/sqlite/closed-rows.ts";
import { findKinds, type FailureKind } from "#lib/storage/sqlite/failure-kinds.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import { codeOfState } from "#lib/storage/sqlite/state-code.ts";
import { countKind } from "#lib/storage/sqlite/trouble-counts.ts";

const NEWEST = 5;

interface Counted extends FailureCount {
  readonly newest: readonly { readonly flow: FlowId; readonly primary: string; readonly since: number }[];
}

const groupOf = (kind: FailureKind, groups: readonly FailureGroup[]): FailureCount["group"] => {
  const all: Record<FailureGroup, string | null> = {
    flow: kind.flow,
    system: kind.system,
    step: kind.step,
    class: kind.error_class,
    field: kind.field,
    point: kind.point,
    signature: kind.signature,
  };
  return Object.fromEntries(groups.map((group) => [group, all[group]]));
};

const countWithNewest = (
  file: SqliteFile,
  kind: FailureKind,
  { from, to }: { readonly from: number; readonly to: number },
  hidden: readonly ClosedRow[],
): Omit<Counted, "group"> | null => {
  const own = hidden.filter(({ failure }) => failure === kind.id);
  const counted = countKind(file, kind, { from, to }, own);
  if (counted === null) return null;
  const { sql: others, values } = leavingOut(own);
  const newest = file.all<{ primary_value: string; since: number }>(
    {
      sql: `SELECT primary_value, since FROM journey WHERE failure = ? AND since >= ? AND since < ? ${others}
     ORDER BY since DESC, id DESC LIMIT ${NEWEST}`,
    },
    kind.id,
    from,
    to,
    ...values,
  );
  return {
    ...counted,
    newest: newest.map((one) => ({ flow: kind.flow, primary: one.primary_value, since: one.since })),
  };
};

const join = (a: Counted, b: Counted): Counted => ({
  group: a.group,
  count: a.count + b.count,
  firstAt: Math.min(a.firstAt, b.firstAt),
  lastAt: Math.max(a.lastAt, b.lastAt),
  newest: [...a.newest, ...b.newest].toSorted((x, y) => y.since - x.since).slice(0, NEWEST),
});

/** Kind by kind over the broken journeys, then kinds that the asked groups don't tell apart are joined. */
export const countFailures = (
  file: SqliteFile,
  query: Parameters<JourneyIndex["countFailures"]>[0],
  groups: readonly FailureGroup[],
  limit: number,
): readonly FailureCount[] => {
  const kinds = findKinds(file, { flows: query.flows }, [codeOfState("failed"), codeOfState("overdue")]);
  const hidden = closedRows(file, query.closed);
  const counts = new Map<string, Counted>();
  for (const kind of kinds) {
    const counted = countWithNewest(file, kind, query, hidden);
    if (counted === null) continue;
    const group = groupOf(kind, groups);
    const place = JSON.stringify(group);
    const known = counts.get(place);
    counts.set(place, known === undefined ? { group, ...counted } : join(known, { group, ...counted }));
  }
  return [...counts.values()]
    .toSorted((a, b) => b.count - a.count || b.lastAt - a.lastAt)
    .slice(0, limit)
    .map((count) => ({ ...count, newest: count.newest.map(({ flow, primary }) => ({ flow, primary })) }));
};
