import type { FoundJourney as FoundLine, LookUpAnswer } from "#lib/api/look-up-schema.ts";
import type { Judgement } from "#lib/journey/judgement.ts";
import type { Key } from "#lib/key/key.ts";
import { inLanes } from "#lib/read/in-lanes.ts";
import { createJudging } from "#lib/read/judge-now.ts";
import { knownFlows, visibleFlows } from "#lib/read/known-flows.ts";
import { unmatchedOf } from "#lib/read/list-unmatched.ts";
import { createLookUp, type FoundJourney, type FoundJourneys, type LookUp } from "#lib/read/look-up.ts";
import { knownClosings } from "#lib/read/open-journeys.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { toClosedAnswer } from "#lib/record/closed-answer.ts";
import { stateRanks } from "#lib/record/journey-answer.ts";
import { toTime } from "#lib/record/to-time.ts";
import type { Closing } from "#lib/storage/closings.ts";

type Item = LookUpAnswer["items"][number];

/** A cluster answers what is asked of several keys in about the time of one. */
export const keysAtOnce = 8;
/** A pasted key that leads to more journeys shows the first of them, judged. */
const maxJourneys = 50;

/** One line a pasted key, in the order pasted, of whatever type it is. `pause` lets others be answered in between. */
export async function lookUpRecords(
  stores: ReadStores,
  keys: readonly string[],
  context: ReadContext,
  pause: () => Promise<void>,
): Promise<LookUpAnswer> {
  const known = await knownFlows(stores.definitions);
  const flows = visibleFlows(known, context.role);
  const closings = await knownClosings(stores.closings);
  const judging = createJudging(stores, known, context);
  const answers = await inLanes([...new Set(keys)], keysAtOnce, async (key) => {
    const item = await answerLine(key, closings, createLookUp(stores, known, flows, context, judging), context);
    await pause();
    return item;
  });
  const items = new Map(answers.map((item) => [item.key, item]));
  return { items: keys.flatMap((key) => items.get(key) ?? []) };
}

async function answerLine(
  key: string,
  closings: readonly Closing[],
  lookUp: LookUp,
  context: ReadContext,
): Promise<Item> {
  const found = await lookUp.find({ type: "_", value: key, searchable: true, most: maxJourneys });
  const { journeys, unmatched } = await judgeFound(found, closings, lookUp, context);
  return {
    key,
    found: journeys.length > 0 || unmatched > 0 || found.tooCommon !== null,
    ...(found.tooCommon !== null && { tooCommon: true as const, count: found.tooCommon }),
    unmatched,
    journeys: journeys.map(toLine),
  };
}

export interface JudgedRecord {
  readonly found: FoundJourney;
  /** null: events that wait for a link. */
  readonly primary: string | null;
  readonly judgement: Judgement;
  /** Where a person closed it by hand. */
  readonly closing: Closing | null;
}

/** What a key led to, judged, worst first; and where that is nothing, how many events carry it and match no step. */
export async function judgeFound(
  { journeys, waiting, keys }: FoundJourneys,
  closings: readonly Closing[],
  lookUp: LookUp,
  context: ReadContext,
): Promise<{ readonly journeys: readonly JudgedRecord[]; readonly unmatched: number }> {
  const judged = await Promise.all(
    journeys.map(async (found): Promise<JudgedRecord> => {
      const { flow, primary } = found.loaded;
      const closing = closings.find((each) => each.flow === flow && each.primary === primary) ?? null;
      return { found, primary, judgement: await lookUp.judging.journey(found.loaded), closing };
    }),
  );
  const waited = waiting.map((found): JudgedRecord => ({
    found,
    primary: null,
    judgement: lookUp.judging.waiting(found.loaded),
    closing: null,
  }));
  const all = [...judged, ...waited].toSorted(
    (a, b) => rank(a) - rank(b) || a.judgement.verdict.since - b.judgement.verdict.since,
  );
  return { journeys: all, unmatched: all.length > 0 ? 0 : await countUnmatched(keys, lookUp, context) };
}

const rank = ({ judgement: { state }, closing }: JudgedRecord): number =>
  closing === null ? stateRanks[state] : Math.max(stateRanks[state], stateRanks.completed_late);

async function countUnmatched(
  keys: readonly Key[],
  { listEvents, known }: LookUp,
  { role }: ReadContext,
): Promise<number> {
  return unmatchedOf(await listEvents(keys), { flows: known.flows, judging: new Map(), role }).length;
}

function toLine({ found: { flow, loaded }, primary, judgement, closing }: JudgedRecord): FoundLine {
  const { state, verdict } = judgement;
  const { reason, step, field, since, dueAt, lateByMs, summary } = verdict;
  return {
    flow: loaded.flow,
    type: flow.types.primary,
    primary,
    state,
    reason,
    step,
    ...(field !== undefined && { field }),
    since: toTime(since),
    ...(dueAt !== undefined && { dueAt: toTime(dueAt) }),
    ...(lateByMs !== undefined && { lateByMs }),
    summary,
    ...(closing !== null && { closed: toClosedAnswer(closing) }),
  };
}
