import { journeyStates } from "#lib/journey/judgement.ts";
import type { JourneyQuery } from "#lib/storage/journey-index.ts";
import { closedRows, leavingOut, type ClosedRow } from "#lib/storage/sqlite/closed-rows.ts";
import { findKinds, isAboutTrouble } from "#lib/storage/sqlite/failure-kinds.ts";
import { boundWithin, comparePlaces, type JourneyPlace } from "#lib/storage/journey-cursor.ts";
import type { Series } from "#lib/storage/sqlite/series.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import { codeOfState } from "#lib/storage/sqlite/state-code.ts";

/** Journeys of one flow and state, or of one kind of failure: each stands in an index in the order of the list. */
interface Stream {
  readonly flow: string;
  readonly where: string;
  readonly values: readonly number[];
}

interface PlacedJourney extends JourneyPlace {
  readonly id: number;
}

/** Where no beginning is asked for: times before 1970 are negative. */
const earliest = Number.MIN_SAFE_INTEGER;

const streamsOf = (file: SqliteFile, series: Series, query: JourneyQuery): readonly Stream[] => {
  const states = [...new Set(query.states ?? journeyStates)].map(codeOfState);
  if (isAboutTrouble(query)) {
    return findKinds(file, query, states).map(({ id, flow }) => ({ flow, where: "failure = ?", values: [id] }));
  }
  return query.flows.flatMap((flow) => {
    const id = series.find(file, flow, "");
    if (id === null) return [];
    return states.map((state) => ({ flow, where: "flow = ? AND state = ?", values: [id, state] }));
  });
};

/** Each stream leaves out its own, so that a long list of closed journeys is not searched by all of them. */
const hiddenOf = ({ where, values }: Stream, hidden: readonly ClosedRow[]): readonly ClosedRow[] =>
  hidden.filter(({ flow, state, failure }) =>
    where === "failure = ?" ? failure === values[0] : flow === values[0] && state === values[1],
  );

const readStream = (
  file: SqliteFile,
  stream: Stream,
  { query, hidden }: { readonly query: JourneyQuery; readonly hidden: readonly ClosedRow[] },
  after: JourneyPlace | null,
  limit: number,
) => {
  const others = leavingOut(hidden);
  const [startedAt, primary] = boundWithin(stream.flow, after);
  const isBeforeEnd = query.to === undefined || startedAt <= query.to;
  const since = query.sinceFrom !== undefined || query.sinceTo !== undefined;
  return file
    .all<{ id: number; started_at: number; primary_value: string }>(
      {
        sql: `SELECT id, started_at, primary_value FROM journey WHERE ${stream.where}
         AND started_at >= ? AND (started_at, primary_value) < (?, ?) ${since ? "AND since >= ? AND since < ?" : ""} ${others.sql}
       ORDER BY started_at DESC, primary_value DESC LIMIT ?`,
      },
      ...stream.values,
      query.from ?? earliest,
      isBeforeEnd ? startedAt : (query.to ?? startedAt),
      isBeforeEnd ? primary : "",
      ...(since ? [query.sinceFrom ?? earliest, query.sinceTo ?? Number.MAX_SAFE_INTEGER] : []),
      ...others.values,
      limit,
    )
    .map((row) => ({ id: row.id, flow: stream.flow, startedAt: row.started_at, primary: row.primary_value }));
};

/** The first `limit` places after `after` over all streams; what is too old to be among them is not read. */
export const listPlaces = (
  file: SqliteFile,
  series: Series,
  query: JourneyQuery,
  after: JourneyPlace | null,
  limit: number,
): readonly PlacedJourney[] => {
  let places: PlacedJourney[] = [];
  let from = query.from ?? earliest;
  const hidden = closedRows(file, query.closed);
  for (const stream of streamsOf(file, series, query)) {
    places.push(
      ...readStream(file, stream, { query: { ...query, from }, hidden: hiddenOf(stream, hidden) }, after, limit),
    );
    if (places.length < limit * 2) continue;
    places = places.toSorted(comparePlaces).slice(0, limit);
    from = places.at(-1)?.startedAt ?? from;
  }
  return places.toSorted(comparePlaces).slice(0, limit);
};

/** How many rows all streams have together, up to `limit`. */
export const countPlaces = (file: SqliteFile, series: Series, query: JourneyQuery, limit: number): number => {
  const since = query.sinceFrom !== undefined || query.sinceTo !== undefined;
  const hidden = closedRows(file, query.closed);
  let count = 0;
  for (const stream of streamsOf(file, series, query)) {
    if (count >= limit) break;
    const others = leavingOut(hiddenOf(stream, hidden));
    count +=
      file.get<{ count: number }>(
        {
          sql: `SELECT count(*) AS count FROM (SELECT 1 FROM journey WHERE ${stream.where}
           AND started_at >= ? AND started_at < ? ${since ? "AND since >= ? AND since < ?" : ""} ${others.sql} LIMIT ?)`,
        },
        ...stream.values,
        query.from ?? earliest,
        query.to ?? Number.MAX_SAFE_INTEGER,
        ...(since ? [query.sinceFrom ?? earliest, query.sinceTo ?? Number.MAX_SAFE_INTEGER] : []),
        ...others.values,
        limit - count,
      )?.count ?? 0;
  }
  return count;
};
