import type { FlowId } from "#lib/id/id.ts";
import type { KnownFlow } from "#lib/read/known-flows.ts";
import { primariesByForm } from "#lib/read/primaries-by-form.ts";
import { knownClosings } from "#lib/read/open-journeys.ts";
import type { ReadStores } from "#lib/read/read-context.ts";
import type { JourneyCursor, JourneyId, JourneyPage, JourneyQuery, JourneyRow } from "#lib/storage/journey-index.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

interface Place {
  readonly startedAt: number;
  readonly flow: string;
  readonly primary: string;
}

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
  const after = page.cursor === null ? null : placeOf(page.cursor);
  const flows = new Set<FlowId>(query.flows);
  const closed = (await knownClosings(stores.closings)).filter(({ flow }) => flows.has(flow));
  const named = await namedByForm(stores, query, known, closed);
  const rows = (await stores.journeys.findMany(named))
    .filter((row) => row.state !== "completed" && row.state !== "completed_late" && isWanted(row, query))
    .filter((row) => after === null || compare(row, after) > 0)
    .toSorted(compare);
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  return { items, next: last === undefined || rows.length <= page.limit ? null : cursorAt(last) };
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

function isWanted(row: JourneyRow, query: JourneyQuery): boolean {
  const texts = [
    [query.step, row.step],
    [query.reason, row.reason],
    [query.errorClass, row.errorClass],
    [query.field, row.field],
    [query.system, row.system],
    [query.point, row.point],
    [query.signature, row.signature],
  ] as const;
  const { from = -Infinity, to = Infinity, sinceFrom = -Infinity, sinceTo = Infinity } = query;
  return (
    (query.states?.includes(row.state) ?? true) &&
    texts.every(([wanted, value]) => wanted === undefined || (wanted === value && row.reason !== null)) &&
    row.startedAt >= from &&
    row.startedAt < to &&
    row.since >= sinceFrom &&
    row.since < sinceTo
  );
}

/** Newest start first, then flow and primary. */
const compare = (a: Place, b: Place): number =>
  b.startedAt - a.startedAt || descending(a.flow, b.flow) || descending(a.primary, b.primary);

const descending = (a: string, b: string): number => (a === b ? 0 : a > b ? -1 : 1);

/** Handed out and taken back by this module alone. */
const cursorAt = ({ startedAt, flow, primary }: Place): JourneyCursor =>
  JSON.stringify([startedAt, flow, primary]) as JourneyCursor;

function placeOf(cursor: JourneyCursor): Place {
  const [startedAt, flow, primary] = partsOf(cursor);
  if (typeof startedAt === "number" && typeof flow === "string" && typeof primary === "string")
    return { startedAt, flow, primary };
  throw new StorageError("invalid_cursor", "The cursor is not one that this list gave out");
}

function partsOf(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(cursor);
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
