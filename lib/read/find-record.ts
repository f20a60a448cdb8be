import { mayDo } from "#lib/access/permission.ts";
import { ReadError } from "#lib/api/problem.ts";
import { summaryWithAlike } from "#lib/journey/summary-with-alike.ts";
import { countAlike } from "#lib/read/count-alike.ts";
import { visibleFlows, knownFlows, type KnownFlow } from "#lib/read/known-flows.ts";
import { searchableTypes } from "#lib/read/known-keys.ts";
import { listJourneyEvents } from "#lib/read/list-journey-events.ts";
import { listLinks } from "#lib/read/list-links.ts";
import { unmatchedOf } from "#lib/read/list-unmatched.ts";
import type { LoadedJourney } from "#lib/read/load-journey.ts";
import { createLookUp, type FoundJourneys, type LookUp, type RecordQuestion } from "#lib/read/look-up.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { checkKept } from "#lib/contract/check-kept.ts";
import { alikePath } from "#lib/record/alike-path.ts";
import { toClosedAnswer } from "#lib/record/closed-answer.ts";
import { toEventAnswer, toJourneyEventAnswer } from "#lib/record/event-answer.ts";
import { toJourneyAnswer, worstFirst } from "#lib/record/journey-answer.ts";
import type { EventAnswer, JourneyAnswer, RecordAnswer } from "#lib/record/record-answer.ts";
import { toTime } from "#lib/record/to-time.ts";
import { tooCommonWarning } from "#lib/record/too-common-warning.ts";

const maxEvents = 200;

/**
 * Everything known of a key, judged now: the journeys it leads to in flows the role may see, and events that carry it and match no step.
 * Null where nothing is known of it. A journey's events carry payloads for roles that may read them.
 */
export async function findRecord(
  stores: ReadStores,
  question: RecordQuestion,
  context: ReadContext,
): Promise<RecordAnswer | null> {
  const known = await knownFlows(stores.definitions);
  const flows = visibleFlows(known, context.role);
  if (!question.searchable && searchableTypes(flows).some((type) => type === question.type)) {
    throw new ReadError(
      "invalid_parameter",
      `Values of ${question.type} never stand in an address: POST them to /api/v1/records.`,
      "type",
    );
  }
  const lookUp = createLookUp(stores, known, flows, context);
  const found = await lookUp.find(question);
  const journeys = await Promise.all([
    ...found.journeys.map(async ({ flow, loaded }) => answerJourney(flow, loaded, { lookUp, stores, context })),
    ...found.waiting.map(async ({ flow, loaded }) => answerWaiting(flow, loaded, { lookUp, stores, context })),
  ]);
  const unmatched = await answerUnmatched(found, lookUp, context);
  if (journeys.length === 0 && unmatched.length === 0 && found.tooCommon === null) return null;
  return {
    record: {
      type: question.type,
      value: question.value,
      ...(found.tooCommon !== null && { tooCommon: true as const, count: found.tooCommon }),
      asOf: toTime(context.now),
    },
    journeys: journeys.toSorted(worstFirst),
    unmatched,
  };
}

interface Answering {
  readonly lookUp: LookUp;
  readonly stores: ReadStores;
  readonly context: ReadContext;
}

async function answerJourney(flow: KnownFlow, loaded: LoadedJourney, answering: Answering): Promise<JourneyAnswer> {
  const { lookUp, stores, context } = answering;
  const judgement = await lookUp.judging.journey(loaded);
  const { verdict, state } = judgement;
  const closing = await stores.closings.find(loaded);
  const isClosed = closing !== null;
  const alike = await countAlike(stores.journeys, loaded, judgement, lookUp.judging.populations, isClosed);
  const others =
    alike === null ? null : { others: alike.count - (isClosed ? 0 : 1), since: alike.since, state, ...context };
  const { events, links, tooCommon } = await gather(flow, loaded, loaded.primary, answering);
  return toJourneyAnswer({
    judgement,
    version: loaded.version,
    people: lookUp.people,
    primary: loaded.primary,
    summary: summaryWithAlike(verdict.summary, others, verdict.owners, lookUp.people),
    alike: alike && { count: alike.count, since: alike.since, href: alikePath(alike.group) },
    events,
    eventsTotal: loaded.eventsTotal,
    links,
    warnings: [...judgement.warnings, ...tooCommon.map(tooCommonWarning)],
    closed: closing && toClosedAnswer(closing),
  });
}

async function answerWaiting(flow: KnownFlow, loaded: LoadedJourney, answering: Answering): Promise<JourneyAnswer> {
  const judgement = answering.lookUp.judging.waiting(loaded);
  const { events, links, tooCommon } = await gather(flow, loaded, null, answering);
  return toJourneyAnswer({
    judgement,
    version: loaded.version,
    people: answering.lookUp.people,
    primary: null,
    summary: judgement.verdict.summary,
    alike: null,
    events,
    eventsTotal: loaded.eventsTotal,
    links,
    warnings: [...judgement.warnings, ...tooCommon.map(tooCommonWarning)],
    closed: null,
  });
}

async function gather(
  flow: KnownFlow,
  loaded: LoadedJourney,
  primary: string | null,
  { lookUp, stores, context }: Answering,
) {
  const withContent = mayDo(context.role, "payloads.read");
  const { version } = loaded;
  const seen = await listJourneyEvents(loaded, lookUp.listEvents);
  const { flows, neighbours } = lookUp;
  const { links, tooCommon } = await listLinks(flow, loaded, primary, seen, {
    flows,
    neighbours,
    journeys: stores.journeys,
  });
  const events = seen
    .slice(0, maxEvents)
    .map(({ event, step }) => toJourneyEventAnswer(event, { step, version, checkKept }, withContent));
  return { events, links, tooCommon };
}

async function answerUnmatched(
  found: FoundJourneys,
  { listEvents, known }: LookUp,
  { role }: ReadContext,
): Promise<readonly EventAnswer[]> {
  const judging = Map.groupBy([...found.journeys, ...found.waiting], ({ loaded }) => loaded.flow);
  const versions = new Map(
    [...judging].map(([flow, own]) => [flow, [...new Set(own.map(({ loaded }) => loaded.version))]]),
  );
  const events = await listEvents(found.keys);
  const withContent = mayDo(role, "payloads.read");
  return unmatchedOf(events, { flows: known.flows, judging: versions, role })
    .toSorted((a, b) => b.event.eventTime - a.event.eventTime)
    .slice(0, maxEvents)
    .map(({ event, reason }) => ({ ...toEventAnswer(event, withContent), unmatchedReason: reason }));
}
