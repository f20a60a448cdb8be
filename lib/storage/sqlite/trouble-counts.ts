import { troubleStates } from "#lib/journey/judgement.ts";
import type { JourneyRow, TroubleCount, TroubleQuery } from "#lib/storage/journey-index.ts";
import { closedRows, leavingOut, type ClosedRow } from "#lib/storage/sqlite/closed-rows.ts";
import { findKinds, toTroubleKind, type FailureKind } from "#lib/storage/sqlite/failure-kinds.ts";
import { journeyFrom } from "#lib/storage/journey-body.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import { codeOfState } from "#lib/storage/sqlite/state-code.ts";

interface Span {
  /** Epoch ms, from ≤ since < to. */
  readonly from: number;
  readonly to: number;
}

interface Counted {
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** A message that is another on every record makes a kind each: of so many, the largest are looked at. */
const MOST_KINDS = 5_000;

const kindsOf = (file: SqliteFile, query: TroubleQuery): readonly FailureKind[] =>
  findKinds(file, query, (query.states ?? troubleStates).map(codeOfState));

const ownOf = (kind: FailureKind, hidden: readonly ClosedRow[]): readonly ClosedRow[] =>
  hidden.filter(({ failure }) => failure === kind.id);

/**
 * A kind that lies in the span whole is not counted row by row: how many it has is kept. `hidden`: rows of this kind that are left out.
 */
export const countKind = (
  file: SqliteFile,
  kind: FailureKind,
  { from, to }: Span,
  hidden: readonly ClosedRow[],
): Counted | null => {
  const { sql: others, values } = leavingOut(hidden);
  const edgeOf = (order: "ASC" | "DESC"): number | null =>
    file.get<{ since: number }>(
      { sql: `SELECT since FROM journey WHERE failure = ? ${others} ORDER BY since ${order} LIMIT 1` },
      kind.id,
      ...values,
    )?.since ?? null;
  const [oldest, newest] = [edgeOf("ASC"), edgeOf("DESC")];
  if (oldest === null || newest === null || newest < from || oldest >= to) return null;
  if (oldest >= from && newest < to) return { count: kind.count - hidden.length, firstAt: oldest, lastAt: newest };
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
  return row === undefined || row.count === 0
    ? null
    : { count: row.count, firstAt: row.first ?? from, lastAt: row.last ?? from };
};

const countBuckets = (
  file: SqliteFile,
  kind: FailureKind,
  { from, to }: Span,
  bucketMs: number,
  hidden: readonly ClosedRow[],
): TroubleCount["buckets"] => {
  const { sql: others, values } = leavingOut(hidden);
  return file
    .all<{ slot: number; count: number }>(
      {
        sql: `SELECT CAST(since / ? AS INTEGER) AS slot, count(*) AS count FROM journey WHERE failure = ? AND since >= ? AND since < ? ${others}
       GROUP BY slot ORDER BY slot`,
      },
      bucketMs,
      kind.id,
      from,
      to,
      ...values,
    )
    .map(({ slot, count }) => ({ at: slot * bucketMs, count }));
};

/** Kind by kind over an index that holds nothing but broken journeys, in order of `since`. */
export const countTrouble = (
  file: SqliteFile,
  query: TroubleQuery,
  bucketMs: number | null,
  limit: number,
): readonly TroubleCount[] => {
  const hidden = closedRows(file, query.closed);
  return kindsOf(file, query)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, Math.max(MOST_KINDS, limit))
    .flatMap((kind) => {
      const own = ownOf(kind, hidden);
      const counted = countKind(file, kind, query, own);
      return counted === null ? [] : [{ kind, counted, own }];
    })
    .toSorted((a, b) => b.counted.count - a.counted.count || b.counted.lastAt - a.counted.lastAt)
    .slice(0, limit)
    .map(({ kind, counted, own }) => ({
      kind: toTroubleKind(kind),
      ...counted,
      buckets: bucketMs === null ? [] : countBuckets(file, kind, query, bucketMs, own),
    }));
};

interface Placed {
  readonly id: number;
  readonly since: number;
}

/** The first of every kind, merged; only the rows answered are read. */
export const listTrouble = (
  file: SqliteFile,
  query: TroubleQuery,
  first: "newest" | "oldest",
  limit: number,
): readonly JourneyRow[] => {
  const order = first === "newest" ? "DESC" : "ASC";
  const sign = first === "newest" ? -1 : 1;
  const hidden = closedRows(file, query.closed);
  const placed = kindsOf(file, query).flatMap((kind) => {
    const { sql: others, values } = leavingOut(ownOf(kind, hidden));
    return file.all<Placed>(
      {
        sql: `SELECT id, since FROM journey WHERE failure = ? AND since >= ? AND since < ? ${others}
       ORDER BY since ${order}, id ${order} LIMIT ?`,
      },
      kind.id,
      query.from,
      query.to,
      ...values,
      limit,
    );
  });
  return placed
    .toSorted((a, b) => sign * (a.since - b.since || a.id - b.id))
    .slice(0, limit)
    .flatMap(({ id }) => file.get<{ body: string }>({ sql: "SELECT body FROM journey WHERE id = ?" }, id) ?? [])
    .map(({ body }) => journeyFrom(body));
};
