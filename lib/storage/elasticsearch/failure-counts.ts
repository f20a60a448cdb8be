import type { estypes } from "@elastic/elasticsearch";
import { readComposite } from "#lib/storage/elasticsearch/aggregation.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { type JourneyDocument, journeySchema, toJourneyRow } from "#lib/storage/elasticsearch/journey-document.ts";
import { allOf, type Condition, troubleCondition } from "#lib/storage/elasticsearch/journey-query.ts";
import type { FailureCount, FailureGroup, JourneyIndex, JourneyRow } from "#lib/storage/journey-index.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

const newestPerGroup = 5;
/** Searches in one request. */
const groupsPerRequest = 100;

/** Where each group stands in a document, and in a row. */
const groupFields = {
  flow: "flow",
  system: "system",
  step: "step",
  class: "errorClass",
  field: "field",
  point: "point",
  signature: "signature",
} as const satisfies Record<FailureGroup, keyof JourneyDocument & keyof JourneyRow>;

interface GroupBucket {
  readonly key: Readonly<Record<string, string | null>>;
  readonly doc_count: number;
  readonly first: { readonly value: number };
  readonly last: { readonly value: number };
}

/** The cluster counts by the groups asked for, page by page; then the newest of those that are answered are read. */
export const countFailures = async (
  cluster: Cluster,
  query: Parameters<JourneyIndex["countFailures"]>[0],
  groups: readonly FailureGroup[],
  limit: number,
): Promise<readonly FailureCount[]> => {
  const condition = troubleCondition({ ...query, states: ["failed", "overdue"] });
  if (condition === null) return [];
  // Without a group, one over everything: the flows' joined.
  const fields = groups.map((group) => groupFields[group]);
  const sources = (fields.length === 0 ? (["flow"] as const) : fields).map((field) => ({
    [field]: { terms: { field, missing_bucket: true } },
  }));
  const edges = { first: { min: { field: "since" } }, last: { max: { field: "since" } } };
  const found: GroupBucket[] = [];
  for await (const bucket of readComposite(cluster, condition, sources, edges)) found.push(asGroupBucket(bucket));
  const counted = (fields.length === 0 ? joinAll(found) : found)
    .toSorted((a, b) => b.doc_count - a.doc_count || b.last.value - a.last.value)
    .slice(0, limit);
  const newest = await readNewest(
    cluster,
    counted.map(({ key }) => conditionOf(condition, key)),
  );
  return counted.flatMap(({ doc_count: count, first, last }, place) => {
    const rows = newest[place] ?? [];
    const [one] = rows;
    // Its last journey healed since it was counted.
    if (one === undefined) return [];
    const group = Object.fromEntries(groups.map((name) => [name, one[groupFields[name]]]));
    return [
      {
        group,
        count,
        firstAt: first.value,
        lastAt: last.value,
        newest: rows.map(({ flow, primary }) => ({ flow, primary })),
      },
    ];
  });
};

/** Of the groups and edges asked for. */
const asGroupBucket = (bucket: unknown): GroupBucket => bucket as GroupBucket;

const joinAll = (buckets: readonly GroupBucket[]): readonly GroupBucket[] =>
  buckets.length === 0
    ? []
    : [
        {
          key: {},
          doc_count: buckets.reduce((sum, { doc_count }) => sum + doc_count, 0),
          first: { value: Math.min(...buckets.map(({ first }) => first.value)) },
          last: { value: Math.max(...buckets.map(({ last }) => last.value)) },
        },
      ];

/** The values of a bucket are terms already. */
const conditionOf = (condition: Condition, key: GroupBucket["key"]): Condition =>
  allOf([
    condition,
    ...Object.entries(key).map(([field, value]): Condition =>
      value === null ? allOf([], [{ exists: { field } }]) : { term: { [field]: value } },
    ),
  ]);

const readNewest = async (
  cluster: Cluster,
  conditions: readonly Condition[],
): Promise<readonly (readonly JourneyRow[])[]> => {
  const index = cluster.aliasOf(journeySchema);
  const answers: (readonly JourneyRow[])[] = [];
  for (let start = 0; start < conditions.length; start += groupsPerRequest) {
    const searches = conditions.slice(start, start + groupsPerRequest).flatMap((query): NewestSearch => [
      { index },
      {
        query,
        size: newestPerGroup,
        track_total_hits: false,
        _source: ["body"],
        sort: [{ since: "desc" }, { flow: "desc" }, { primary: "desc" }],
      },
    ]);
    const { responses } = await cluster.call(`search ${index}`, (client) =>
      client.msearch<Pick<JourneyDocument, "body">>({ searches }),
    );
    for (const response of responses) {
      if ("error" in response) {
        const { type, reason } = response.error;
        throw new StorageError("unavailable", `search ${index}: ${type}, ${reason ?? ""}`);
      }
      answers.push(
        response.hits.hits.flatMap(({ _source: source }) => (source === undefined ? [] : toJourneyRow(source))),
      );
    }
  }
  return answers;
};

type NewestSearch = [{ index: string }, estypes.SearchSearchRequestBody];
