import type { estypes } from "@elastic/elasticsearch";
import { numberIn } from "#lib/storage/elasticsearch/aggregation.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { countFailures } from "#lib/storage/elasticsearch/failure-counts.ts";
import {
  type JourneyDocument,
  journeyIdOf,
  journeySchema,
  toJourneyRow,
} from "#lib/storage/elasticsearch/journey-document.ts";
import { findIdsByForm, type KeyPaths } from "#lib/storage/elasticsearch/journey-key-search.ts";
import {
  allOf,
  type Condition,
  hasValue,
  isClosed,
  isInTrouble,
  isOfFlow,
  journeyCondition,
  startedCondition,
  troubleCondition,
} from "#lib/storage/elasticsearch/journey-query.ts";
import { toTerm, toTimedTerm } from "#lib/storage/elasticsearch/search-term.ts";
import { countStates, countStatesOf } from "#lib/storage/elasticsearch/state-counts.ts";
import { countTrouble } from "#lib/storage/elasticsearch/trouble-counts.ts";
import { placeOfCursor, toCursor } from "#lib/storage/journey-cursor.ts";
import type { JourneyIndex, JourneyQuery, JourneyRow } from "#lib/storage/journey-index.ts";

type Kept = Pick<JourneyDocument, "body">;
type Sort = Record<string, "asc" | "desc">;

const newestFirst: readonly Sort[] = [{ startedAt: "desc" }, { flow: "desc" }, { primary: "desc" }];
/** More than this the cluster answers page by page only. */
const rowsPerSearch = 10_000;

/** Judged journeys in one index: found by id where one is named, by search where many fit. */
export const createJourneyIndex = (cluster: Cluster, paths: KeyPaths): JourneyIndex => {
  const index = cluster.aliasOf(journeySchema);

  const search = async (
    query: Condition,
    sort: readonly Sort[],
    limit: number,
    after?: readonly (string | number)[],
  ): Promise<readonly JourneyRow[]> => {
    const rows: JourneyRow[] = [];
    let place = after;
    while (rows.length < limit) {
      const size = Math.min(limit - rows.length, rowsPerSearch);
      const { hits } = await cluster.search<Kept>(index, {
        query,
        size,
        sort: [...sort],
        track_total_hits: false,
        _source: ["body"],
        ...(place !== undefined && { search_after: [...place] }),
      });
      for (const { _source: source } of hits.hits) if (source !== undefined) rows.push(toJourneyRow(source));
      if (hits.hits.length < size) break;
      place = asPlace(hits.hits.at(-1)?.sort);
    }
    return rows;
  };

  const conditionOf = async (query: JourneyQuery): Promise<Condition | null> => {
    const condition = journeyCondition(query);
    if (condition === null || query.keyForm === undefined) return condition;
    const ids = await findIdsByForm(paths, query.keyForm, query.flows);
    return ids.length === 0 ? null : allOf([condition, { ids: { values: [...ids] } }]);
  };

  const aggregate = async (body: estypes.SearchRequest): Promise<estypes.SearchResponse> =>
    await cluster.search(index, { size: 0, track_total_hits: false, ...body });

  return {
    async find(flow, primary) {
      const found = await cluster.get<Kept>(index, journeyIdOf(flow, primary));
      return found === null ? null : toJourneyRow(found.source);
    },
    async findMany(ids) {
      const names = ids.map(({ flow, primary }) => journeyIdOf(flow, primary));
      const found = await cluster.getMany<Kept>(index, [...new Set(names)], ["body"]);
      return names.flatMap((name) => {
        const kept = found.get(name);
        return kept === undefined ? [] : toJourneyRow(kept.source);
      });
    },
    async list(query, { cursor, limit }) {
      const after = cursor === null ? undefined : placeOfCursor(cursor);
      const condition = await conditionOf(query);
      if (condition === null) return { items: [], next: null };
      const rows = await search(
        condition,
        newestFirst,
        limit + 1,
        after && [after.startedAt, toTerm(after.flow), after.primary],
      );
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return { items, next: last === undefined || rows.length <= limit ? null : toCursor(last) };
    },
    async count(query, limit) {
      const condition = limit < 1 ? null : await conditionOf(query);
      if (condition === null) return 0;
      const { hits } = await aggregate({ query: condition, track_total_hits: limit });
      return Math.min(limit, totalOf(hits));
    },
    async countByState(flows, closed) {
      const hidden = isClosed(flows, closed);
      return await countStates(cluster, flows, hidden);
    },
    async countStarted(flows, from, to) {
      return await countStatesOf(cluster, flows, startedCondition(flows, from, to));
    },
    async countAlike({ flow, step, reason, errorClass, field }, closed) {
      const hidden = isClosed([flow], closed);
      const { hits, aggregations } = await aggregate({
        track_total_hits: true,
        query: allOf(
          [
            isInTrouble,
            isOfFlow(flow),
            hasValue("step", step),
            hasValue("reason", reason),
            hasValue("errorClass", errorClass),
            hasValue("field", field),
          ],
          hidden === null ? [] : [hidden],
        ),
        aggs: { since: { min: { field: "since" } } },
      });
      return { count: totalOf(hits), since: numberIn(aggregations, "since") };
    },
    async countDue(flow, step, from, to, now) {
      const last = Math.min(to, now - 1);
      if (from > last) return { due: 0, missing: 0 };
      const range = { gte: toTimedTerm(step, from), lte: toTimedTerm(step, last) };
      const { hits, aggregations } = await aggregate({
        track_total_hits: true,
        query: allOf([isOfFlow(flow), { range: { dues: range } }]),
        aggs: { missing: { filter: { range: { missed: range } } } },
      });
      return { due: totalOf(hits), missing: numberIn(aggregations, "missing", "doc_count") ?? 0 };
    },
    async countFailures(query, groups, limit) {
      return await countFailures(cluster, query, groups, limit);
    },
    async countTrouble(query, bucketMs, limit) {
      return await countTrouble(cluster, query, bucketMs, limit);
    },
    async listTrouble(query, first, limit) {
      const condition = troubleCondition(query);
      if (condition === null) return [];
      const order = first === "newest" ? "desc" : "asc";
      return await search(condition, [{ since: order }, { flow: order }, { primary: order }], limit);
    },
    async listDue(now, limit) {
      const due = allOf([{ range: { wakeAt: { lte: now } } }]);
      return await search(due, [{ wakeAt: "asc" }, { flow: "asc" }, { primary: "asc" }], limit);
    },
    async listWaitingForSource(source, watermark, limit) {
      const range = { gte: toTimedTerm(source, -Infinity), lt: toTimedTerm(source, watermark) };
      const rows = await search(
        allOf([{ range: { waitsForSource: range } }]),
        [{ waitsAfter: "asc" }, { flow: "asc" }, { primary: "asc" }],
        limit,
      );
      return rows.toSorted((a, b) => waitsAfter(a, source) - waitsAfter(b, source));
    },
    async listWaitingForStep(flow, step, after, limit) {
      return await search(
        allOf([isOfFlow(flow), { term: { waitsForStep: toTerm(step) } }]),
        [{ primary: "asc" }],
        limit,
        after === null ? undefined : [after],
      );
    },
    async scan(flow, after, limit) {
      return await search(allOf([isOfFlow(flow)]), [{ primary: "asc" }], limit, after === null ? undefined : [after]);
    },
  };
};

const waitsAfter = ({ wake }: JourneyRow, name: string): number =>
  Math.min(...[wake, ...(wake.more ?? [])].flatMap(({ source }) => (source?.source === name ? source.after : [])));

const totalOf = ({ total }: estypes.SearchHitsMetadata): number =>
  typeof total === "number" ? total : (total?.value ?? 0);

/** Sorted by numbers and terms alone. */
const asPlace = (sort: estypes.SortResults | undefined): readonly (string | number)[] | undefined =>
  sort as readonly (string | number)[] | undefined;
