import type { FlowId } from "#lib/id/id.ts";
import type { FailureCount, FailureGroup, JourneyIndex } from "#lib/storage/journey-index.ts";
import { closedRows, leavingOut, type ClosedRow } from "#lib/storage/sqlite/closed-rows.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import { codeOfState } from "#lib/storage/sqlite/state-code.ts";

const NEWEST = 5;

interface Kind {
  readonly id: number;
  readonly flow: FlowId;
  readonly step: string | null;
  readonly error_class: string | null;
  readonly field: string | null;
  readonly system: string | null;
  readonly point: string | null;
  readonly signature: string | null;
}

interface Counted extends FailureCount {
  readonly newest: readonly { readonly flow: FlowId; readonly primary: string; readonly since: number }[];
}

const groupOf = (kind: Kind, groups: readonly FailureGroup[]): FailureCount["group"] => {
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

const countKind = (
  file: SqliteFile,
  kind: Kind,
  { from, to }: { readonly from: number; readonly to: number },
  hidden: readonly ClosedRow[],
): Omit<Counted, "group"> | null => {
  const { sql: others, values } = leavingOut(hidden.filter(({ failure }) => failure === kind.id));
  const row = file.get<{ count: number; first: number | null; last: number | null }>(
    {
      sql: `SELECT count(*) AS count, min(since) AS first, max(since) AS last FROM journey
     WHERE failure = ? AND since >= ? AND since < ? ${others}`,
    },
    kind.id,
    from,
    to,
    ...values,
  );
  if (row === undefined || row.count === 0) return null;
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
    count: row.count,
    firstAt: row.first ?? from,
    lastAt: row.last ?? from,
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
  const kinds = file.all<Kind>(
    { sql: "SELECT * FROM failure WHERE state IN (?, ?) AND flow IN (SELECT value FROM json_each(?))" },
    codeOfState("failed"),
    codeOfState("overdue"),
    JSON.stringify(query.flows),
  );
  const hidden = closedRows(file, query.closed);
  const counts = new Map<string, Counted>();
  for (const kind of kinds) {
    const counted = countKind(file, kind, query, hidden);
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
