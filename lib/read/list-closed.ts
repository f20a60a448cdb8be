import type { FlowId } from "#lib/id/id.ts";
import { isCompleted } from "#lib/journey/judgement.ts";
import type { KnownFlow } from "#lib/read/known-flows.ts";
import { primariesByForm } from "#lib/read/primaries-by-form.ts";
import { knownClosings } from "#lib/read/open-journeys.ts";
import type { ReadStores } from "#lib/read/read-context.ts";
import { comparePlaces, placeOfCursor, toCursor } from "#lib/storage/journey-cursor.ts";
import { isWanted } from "#lib/storage/journey-filter.ts";
import type { JourneyCursor, JourneyId, JourneyPage, JourneyQuery } from "#lib/storage/journey-index.ts";

/**
 * The journeys that `JourneyIndex.list` leaves out because people closed them: the same filters, order and paging. All of them are read for
 * every page: they are as many as people closed by hand.
 */
export async function listClosed(
  stores: ReadStores,
  query: JourneyQuery,
  known: readonly KnownFlow[],
  page: { readonly cursor: JourneyCursor | null; readonly limit: number },
): Promise<JourneyPage> {
  const after = page.cursor === null ? null : placeOfCursor(page.cursor);
  const flows = new Set<FlowId>(query.flows);
  const closed = (await knownClosings(stores.closings)).filter(({ flow }) => flows.has(flow));
  const named = await namedByForm(stores, query, known, closed);
  const rows = (await stores.journeys.findMany(named))
    .filter((row) => !isCompleted(row.state) && isWanted(row, query))
    .filter((row) => after === null || comparePlaces(row, after) > 0)
    .toSorted(comparePlaces);
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  return { items, next: last === undefined || rows.length <= page.limit ? null : toCursor(last) };
}

/** Those with a key of the form asked for; all of them where none is. */
async function namedByForm(
  stores: ReadStores,
  { keyForm, flows }: JourneyQuery,
  known: readonly KnownFlow[],
  closed: readonly JourneyId[],
): Promise<readonly JourneyId[]> {
  if (keyForm === undefined || closed.length === 0) return closed;
  const own = known.filter(({ flow }) => flows.includes(flow));
  const isNamed = await primariesByForm(stores, keyForm, own);
  return closed.filter(({ flow, primary }) => isNamed(flow, primary));
}
