import type { JourneyFilter } from "#lib/api/journeys-schema.ts";
import { knownFlows, visibleFlows } from "#lib/read/known-flows.ts";
import { listJourneys } from "#lib/read/list-journeys.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { toJourneyQuery } from "#lib/read/to-journey-query.ts";

/** The list as somebody has it before them. */
export interface ShownList {
  /** Its first row. */
  readonly top: { readonly flow: string; readonly primary: string; readonly startedAt: number } | null;
  /** How many there were; null where that was not told. */
  readonly count: number | null;
}

export interface NewerJourneys {
  /** Rows that would stand before the first one shown. */
  readonly newer: number;
  readonly isMore: boolean;
  /** Others came or went further down. */
  readonly hasChanged: boolean;
}

const most = 99;
/** Longer lists change all the time. */
const longestCounted = 10_000;

/** What would be new in a list by now. Cheap: the head of the list, and a count where the list is short. */
export async function countNewer(
  stores: ReadStores,
  query: JourneyFilter,
  { top, count }: ShownList,
  context: ReadContext,
): Promise<NewerJourneys> {
  const { items } = await listJourneys(stores, { ...query, limit: most }, context);
  const place = items.findIndex((item) => item.flow === top?.flow && item.primary === top.primary);
  const newer =
    place >= 0 ? place : items.filter((item) => top === null || Date.parse(item.startedAt) > top.startedAt).length;
  return { newer, isMore: newer === most, hasChanged: newer > 0 || (await hasAnother(stores, query, count, context)) };
}

async function hasAnother(
  { definitions, journeys }: ReadStores,
  query: JourneyFilter,
  count: number | null,
  { role }: ReadContext,
): Promise<boolean> {
  if (count === null || count > longestCounted) return false;
  const flows = visibleFlows(await knownFlows(definitions), role)
    .map(({ flow }) => flow)
    .filter((flow) => query.flow === undefined || flow === query.flow);
  return (await journeys.count(toJourneyQuery(query, flows), longestCounted + 1)) !== count;
}
