import type { estypes } from "@elastic/elasticsearch";
import { type RejectReason, rejectReasons } from "#lib/event/reject-reason.ts";
import type { Cluster, SearchQuery } from "#lib/storage/elasticsearch/cluster.ts";
import type { DeadLetterCount } from "#lib/storage/dead-letters.ts";

const causesPerPage = 1_000;

interface CauseBuckets {
  readonly buckets: readonly {
    readonly key: { readonly reason: string; readonly source: string | null };
    readonly doc_count: number;
  }[];
  readonly after_key?: Record<string, estypes.FieldValue>;
}

/** Letters by reason and source, most first; a letter without a source stands before others of its count and reason. */
export async function countCauses(
  cluster: Cluster,
  alias: string,
  query: SearchQuery,
): Promise<readonly DeadLetterCount[]> {
  const found: DeadLetterCount[] = [];
  for (let after: Record<string, estypes.FieldValue> | undefined; ;) {
    const answer = await cluster.search(alias, {
      query,
      size: 0,
      track_total_hits: false,
      aggs: {
        causes: {
          composite: {
            size: causesPerPage,
            sources: [
              { reason: { terms: { field: "reason" } } },
              { source: { terms: { field: "source", missing_bucket: true } } },
            ],
            ...(after === undefined ? {} : { after }),
          },
        },
      },
    });
    const causes = causesIn(answer.aggregations);
    for (const { key, doc_count } of causes?.buckets ?? []) {
      const reason = reasonFrom(key.reason);
      if (reason !== undefined) found.push({ reason, source: key.source, count: doc_count });
    }
    after = causes?.after_key;
    if (causes === undefined || causes.buckets.length < causesPerPage) return found.toSorted(byCount);
  }
}

const byCount = (a: DeadLetterCount, b: DeadLetterCount): number =>
  b.count - a.count || compare(a.reason, b.reason) || compare(a.source ?? "", b.source ?? "");

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const reasonFrom = (text: string): RejectReason | undefined => rejectReasons.find((each) => each === text);

/** Asked for as above. */
const causesIn = (answer: unknown): CauseBuckets | undefined =>
  (answer as { readonly causes?: CauseBuckets } | undefined)?.causes;
