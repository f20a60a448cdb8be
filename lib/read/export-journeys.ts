import type { JourneyFilter, ListedJourney } from "#lib/api/journeys-schema.ts";
import { listJourneys } from "#lib/read/list-journeys.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";

const pageSize = 500;

export interface ExportedPage {
  readonly items: readonly ListedJourney[];
  /** More match than are exported. */
  readonly isCut: boolean;
}

/** What the list lists, page by page up to `limit` records; each once, however long it takes and whatever else arrives. */
export async function* exportJourneys(
  stores: ReadStores,
  query: JourneyFilter,
  context: ReadContext,
  limit: number,
): AsyncGenerator<ExportedPage> {
  let cursor: string | null = null;
  for (let left = limit; left > 0;) {
    const size = Math.min(pageSize, left);
    const page: Awaited<ReturnType<typeof listJourneys>> = await listJourneys(
      stores,
      { ...query, limit: size, ...(cursor !== null && { cursor }) },
      context,
    );
    left -= page.items.length;
    cursor = page.next;
    yield { items: page.items, isCut: cursor !== null && left <= 0 };
    if (cursor === null) return;
  }
}
