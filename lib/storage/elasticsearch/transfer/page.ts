import type { estypes } from "@elastic/elasticsearch";
import type { Cluster, SearchQuery } from "#lib/storage/elasticsearch/cluster.ts";
import type { WriteOutcome } from "#lib/storage/elasticsearch/write.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { TransferPage } from "#lib/storage/transfer.ts";

/** How many documents stand behind the alias, or those of them that are asked for. */
export async function countIn(
  cluster: Cluster,
  alias: string,
  query: SearchQuery = { match_all: {} },
): Promise<number> {
  await cluster.refresh(alias);
  const { hits } = await cluster.search(alias, { query, size: 0, track_total_hits: true });
  return typeof hits.total === "number" ? hits.total : (hits.total?.value ?? 0);
}

/** The part of a search that goes on after a place given out before. */
const placeAfter = (after: string | null): { readonly search_after?: estypes.SortResults } => {
  if (after === null) return {};
  const place: unknown = JSON.parse(after);
  if (Array.isArray(place) && place.every(isSortValue)) return { search_after: place };
  throw new StorageError("invalid_cursor", `"${after}" is no place in this store`);
};

const isSortValue = (value: unknown): value is string | number =>
  typeof value === "string" || typeof value === "number";

interface PageQuery<Source, Item> {
  readonly alias: string;
  /** Fields that are in every document and, together, another in each. */
  readonly sort: readonly string[];
  readonly query?: SearchQuery;
  readonly fields?: string[];
  readonly toItem: (source: Source) => Item;
}

/** Documents in order of these fields. */
export async function readPage<Source, Item>(
  cluster: Cluster,
  { alias, sort, query = { match_all: {} }, fields, toItem }: PageQuery<Source, Item>,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<TransferPage<Item>> {
  const { hits } = await cluster.search<Source>(alias, {
    query,
    sort: sort.map((field) => ({ [field]: "asc" as const })),
    size: limit,
    track_total_hits: false,
    ...(fields === undefined ? {} : { _source: fields }),
    ...placeAfter(after),
  });
  const last = hits.hits.length < limit ? undefined : hits.hits.at(-1)?.sort;
  return {
    items: hits.hits.flatMap(({ _source }) => (_source === undefined ? [] : [toItem(_source)])),
    next: last === undefined ? null : JSON.stringify(last),
  };
}

/** Throws where a document can't be written as it is. */
export function refuseRefused(alias: string, outcomes: readonly WriteOutcome[]): void {
  for (const outcome of outcomes) {
    if (outcome.status === "refused")
      throw new StorageError("damaged", `write ${alias}: ${outcome.refusal.type}, ${outcome.refusal.reason}`);
  }
}
