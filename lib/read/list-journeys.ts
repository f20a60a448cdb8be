import { openCursor, questionOf, sealCursor } from "#lib/api/cursor.ts";
import type { JourneysAnswer, JourneysQuery, ListedJourney } from "#lib/api/journeys-schema.ts";
import type { Reason } from "#lib/journey/judgement.ts";
import { knownFlows, visibleFlows } from "#lib/read/known-flows.ts";
import { createPopulations, isInOutage } from "#lib/read/outage.ts";
import { listClosed } from "#lib/read/list-closed.ts";
import { knownClosings } from "#lib/read/open-journeys.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { toClosedAnswer } from "#lib/record/closed-answer.ts";
import { toTime } from "#lib/record/to-time.ts";
import type { Closing } from "#lib/storage/closings.ts";
import { toJourneyQuery } from "#lib/read/to-journey-query.ts";
import type { JourneyCursor, JourneyRow } from "#lib/storage/journey-index.ts";

/** A page that keeps few of the rows it reads (`outage`) stops after this many and hands out a cursor to go on. */
const maxRowsRead = 5000;

interface ReasonedRow {
  readonly row: JourneyRow;
  readonly reason: Reason | null;
}

/**
 * Journeys of the flows the role may see, newest start first. `outage` is no stored reason: rows that nothing more was seen of are
 * asked, as they are read, whether all around them is missing too.
 */
export async function listJourneys(
  stores: ReadStores,
  query: JourneysQuery,
  context: ReadContext,
): Promise<JourneysAnswer> {
  const visible = visibleFlows(await knownFlows(stores.definitions), context.role);
  const flows = visible.map(({ flow }) => flow).filter((flow) => query.flow === undefined || flow === query.flow);
  const question = questionOf(query);
  let cursor = query.cursor === undefined ? null : toJourneyCursor(openCursor(question, query.cursor));
  const computed = query.reason === "outage" || query.reason === "not_seen";
  const populations = createPopulations(stores.journeys, context.now);

  const reasonOf = async (row: JourneyRow): Promise<ReasonedRow> => ({
    row,
    reason: (await isInOutage(row, populations)) ? "outage" : row.reason,
  });

  const closings = query.closed === true ? await knownClosings(stores.closings) : [];
  const asked = toJourneyQuery(query, flows);
  const items: ListedJourney[] = [];
  for (let read = 0; read < maxRowsRead;) {
    const place = { cursor, limit: query.limit - items.length };
    const page = await (query.closed === true
      ? listClosed(stores, asked, visible, place)
      : stores.journeys.list(asked, place));
    const rows = await Promise.all(page.items.map(reasonOf));
    const kept = computed ? rows.filter(({ reason }) => reason === query.reason) : rows;
    items.push(
      ...kept.map(({ row, reason }) => ({ ...toListedJourney(row, reason, context.now), ...closedOf(row, closings) })),
    );
    cursor = page.next;
    read += page.items.length;
    if (cursor === null || items.length >= query.limit) break;
  }
  return { items, next: cursor === null ? null : sealCursor(question, cursor) };
}

const closedOf = ({ flow, primary }: JourneyRow, closings: readonly Closing[]): Pick<ListedJourney, "closed"> => {
  const closing = closings.find((each) => each.flow === flow && each.primary === primary);
  return closing === undefined ? {} : { closed: toClosedAnswer(closing) };
};

/** Where a journey in progress is: the last hop's end, and the step that is due next. */
function wayOf({ state, latencies, dues }: JourneyRow): Pick<ListedJourney, "reached" | "awaited"> {
  if (state !== "in_progress") return {};
  const last = latencies.toSorted((a, b) => a.at - b.at).at(-1);
  const [next] = dues.filter(({ arrived }) => !arrived).toSorted((a, b) => a.dueAt - b.dueAt);
  const reached = last?.hop.split("..")[1];
  return { ...(reached !== undefined && { reached }), ...(next !== undefined && { awaited: next.step }) };
}

function toListedJourney(row: JourneyRow, reason: Reason | null, now: number): ListedJourney {
  const { flow, primary, state, step, system, hop, errorClass, field, point, dueAt, eventsTotal, endedBy } = row;
  return {
    flow,
    primary,
    state,
    reason,
    step,
    system,
    hop,
    ...(errorClass !== null && { class: errorClass }),
    ...(field !== null && { field }),
    ...(point !== null && { point }),
    since: toTime(row.since),
    ...(dueAt !== null && { dueAt: toTime(dueAt) }),
    ...(state === "overdue" && dueAt !== null && { lateByMs: Math.max(0, now - dueAt) }),
    startedAt: toTime(row.startedAt),
    lastEventAt: toTime(row.lastEventAt),
    eventsTotal,
    ...(endedBy !== null && { endedBy }),
    ...wayOf(row),
    ...(row.backfill && { backfill: true as const }),
  };
}

/** The cursor was sealed by this module over what the port handed out, for this very question. */
const toJourneyCursor = (place: string): JourneyCursor => place as JourneyCursor;
