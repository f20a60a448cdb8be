import { mayDo } from "#lib/access/permission.ts";
import { ReadError } from "#lib/api/problem.ts";
import { toKeyType } from "#lib/id/id.ts";
import { checkKept } from "#lib/contract/check-kept.ts";
import { toKeyValue } from "#lib/key/key-value.ts";
import { summaryWithAlike } from "#lib/journey/summary-with-alike.ts";
import { createCountAlike } from "#lib/read/count-alike.ts";
import { carriesAny } from "#lib/read/carries-any.ts";
import { gatherEvents, type JourneyEvent, readAhead, type ReadAhead } from "#lib/read/gather-events.ts";
import { visibleFlows, knownFlows, type KnownFlow } from "#lib/read/known-flows.ts";
import { searchableTypes } from "#lib/read/known-keys.ts";
import { createLinks, type ListLinks, searchableLinks } from "#lib/read/list-links.ts";
import { type UnmatchedEvent, unmatchedOf } from "#lib/read/list-unmatched.ts";
import type { LoadedJourney } from "#lib/read/load-journey.ts";
import { createLookUp, type FoundJourneys, type LookUp, type RecordQuestion } from "#lib/read/look-up.ts";
import { createNewestEvents } from "#lib/read/newest-events.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { type RecordLimits, recordLimits } from "#lib/read/record-limits.ts";
import { alikePath } from "#lib/record/alike-path.ts";
import { toClosedAnswer } from "#lib/record/closed-answer.ts";
import { cutKeys } from "#lib/record/cut-keys.ts";
import { toEventAnswer, toJourneyEventAnswer } from "#lib/record/event-answer.ts";
import { toJourneyAnswer, worstFirst } from "#lib/record/journey-answer.ts";
import type { EventAnswer, JourneyAnswer, RecordAnswer } from "#lib/record/record-answer.ts";
import { toTime } from "#lib/record/to-time.ts";
import { tooCommonWarning } from "#lib/record/too-common-warning.ts";

const maxUnmatched = 200;

/**
 * Everything known of a key, judged now: the journeys it leads to in flows the role may see, and events that carry it and match no step.
 * Null where nothing is known of it. A journey's events carry payloads for roles that may read them; where a key leads to very many
 * journeys, less is told of each (record-limits.ts).
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
  const ahead = expectJourney(lookUp, stores, question);
  const found = await lookUp.find(question);
  const all = [...found.journeys, ...found.waiting];
  const limits = recordLimits(all.length);
  const unmatched = createNewestEvents<UnmatchedEvent>(maxUnmatched);
  const tell = unmatchedTo(unmatched.add, found, lookUp, context);
  // Of a cluster each question is a wait: those that need no answer of another are asked at the same time.
  const gathered = gatherEvents(
    stores.events,
    all.map(({ loaded }) => loaded),
    { perJourney: limits.eventsRead, keys: found.keys, visit: tell, ahead },
  );
  // Whoever awaits it hears of its failure.
  gathered.catch(() => undefined);
  const answering: Answering = {
    lookUp,
    stores,
    context,
    limits,
    gathered,
    withContent: limits.withContent && mayDo(context.role, "payloads.read"),
    answers: new WeakMap(),
    countAlike: createCountAlike(stores.journeys, lookUp.judging.populations),
    listLinks: createLinks({ flows, walks: lookUp.walks, journeys: stores.journeys }, limits.links),
  };
  const journeys: JourneyAnswer[] = [];
  for (const { flow, loaded } of found.journeys) journeys.push(await answerJourney(flow, loaded, answering));
  for (const { flow, loaded } of found.waiting) journeys.push(await answerWaiting(flow, loaded, answering));
  await gathered;
  const loose = unmatched.list();
  if (journeys.length === 0 && loose.length === 0 && found.tooCommon === null) return null;
  const withContent = mayDo(context.role, "payloads.read");
  return {
    record: {
      type: question.type,
      value: question.value,
      ...(found.tooCommon !== null && { tooCommon: true as const, count: found.tooCommon }),
      ...(limits.isBrief && { brief: true as const }),
      asOf: toTime(context.now),
    },
    journeys: journeys.toSorted(worstFirst),
    unmatched: loose.map(({ event, reason }) => ({ ...toEventAnswer(event, withContent), unmatchedReason: reason })),
  };
}

/** A primary mostly leads to its own journey alone, of events that carry nothing else: they are asked for while that is found out. */
function expectJourney({ flows, judging }: LookUp, stores: ReadStores, question: RecordQuestion): ReadAhead | null {
  // The embedded store answers at once: there what may not be needed would only cost.
  if (stores.events.arrivals === undefined) return null;
  const own = flows.filter(({ types }) => types.primary === question.type);
  if (own.length === 0) return null;
  for (const { flow } of own) judging.expect(flow);
  return readAhead(stores.events, { type: toKeyType(question.type), value: toKeyValue(question.value) });
}

interface Answering {
  readonly lookUp: LookUp;
  readonly stores: ReadStores;
  readonly context: ReadContext;
  readonly limits: RecordLimits;
  readonly withContent: boolean;
  readonly gathered: ReturnType<typeof gatherEvents>;
  /** Events that journeys share are made into answers once. */
  readonly answers: WeakMap<JourneyEvent, EventAnswer>;
  readonly countAlike: ReturnType<typeof createCountAlike>;
  readonly listLinks: ListLinks;
}

async function answerJourney(flow: KnownFlow, loaded: LoadedJourney, answering: Answering): Promise<JourneyAnswer> {
  const { lookUp, context } = answering;
  const [judgement, closing, told] = await Promise.all([
    lookUp.judging.journey(loaded),
    answering.stores.closings.find(loaded),
    gather(flow, loaded, loaded.primary, answering),
  ]);
  const { verdict, state } = judgement;
  const { events, links, tooCommon } = told;
  const isClosed = closing !== null;
  const alike = await answering.countAlike(loaded, judgement, isClosed);
  const others =
    alike === null ? null : { others: alike.count - (isClosed ? 0 : 1), since: alike.since, state, ...context };
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

async function gather(flow: KnownFlow, loaded: LoadedJourney, primary: string | null, answering: Answering) {
  const { limits, answers, withContent } = answering;
  const { version } = loaded;
  const [eventsOf, { links, tooCommon }] = await Promise.all([
    answering.gathered,
    answering.listLinks(flow, loaded, primary),
  ]);
  const seen = eventsOf(loaded);
  const answerOf = (found: JourneyEvent): EventAnswer => {
    const known =
      answers.get(found) ?? toJourneyEventAnswer(found.event, { step: found.step, version, checkKept }, withContent);
    answers.set(found, known);
    return limits.isBrief
      ? cutKeys(known, { type: flow.types.primary, value: primary ?? "" }, limits.keyValues)
      : known;
  };
  return {
    events: seen.slice(0, limits.events).map(answerOf),
    links: [...links, ...searchableLinks(seen, limits.links.keys)],
    tooCommon,
  };
}

/** Tells of events that carry the key asked for and match no step. */
function unmatchedTo(
  add: (event: UnmatchedEvent) => void,
  found: FoundJourneys,
  { known }: LookUp,
  { role }: ReadContext,
): Parameters<typeof gatherEvents>[2]["visit"] {
  const judging = Map.groupBy([...found.journeys, ...found.waiting], ({ loaded }) => loaded.flow);
  const versions = new Map(
    [...judging].map(([flow, own]) => [flow, [...new Set(own.map(({ loaded }) => loaded.version))]]),
  );
  const carries = carriesAny(found.keys);
  return (event) => {
    if (!carries(event)) return;
    for (const each of unmatchedOf([event], { flows: known.flows, judging: versions, role })) add(each);
  };
}
