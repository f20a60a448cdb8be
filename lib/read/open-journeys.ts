import type { Closing, Closings } from "#lib/storage/closings.ts";
import type { JourneyIndex } from "#lib/storage/journey-index.ts";

interface Remembered {
  readonly revision: number;
  readonly list: Promise<readonly Closing[]>;
}

/** Closings are made by hand, now and then, and asked with every list and count. */
const remembered = new WeakMap<Closings, Remembered>();

export async function knownClosings(closings: Closings): Promise<readonly Closing[]> {
  const revision = await closings.revision();
  const known = remembered.get(closings);
  if (known !== undefined && known.revision === revision) return known.list;
  const list = closings.list();
  remembered.set(closings, { revision, list });
  list.catch(() => {
    if (remembered.get(closings)?.list === list) remembered.delete(closings);
  });
  return list;
}

/**
 * The index as people read it: journeys closed by hand are left out of lists and counts. They are excluded when read, and not marked by
 * the worker, so that a closing holds at once, also while no worker runs, and pages and counts are right in the same moment.
 */
export const openJourneys = (journeys: JourneyIndex, closings: Closings): JourneyIndex => ({
  find: async (flow, primary) => journeys.find(flow, primary),
  findMany: async (ids) => journeys.findMany(ids),
  list: async (query, page) => journeys.list({ ...query, closed: await knownClosings(closings) }, page),
  count: async (query, limit) => journeys.count({ ...query, closed: await knownClosings(closings) }, limit),
  countByState: async (flows) => journeys.countByState(flows, await knownClosings(closings)),
  countAlike: async (query) => journeys.countAlike(query, await knownClosings(closings)),
  countStarted: async (...asked) => journeys.countStarted(...asked),
  countDue: async (...asked) => journeys.countDue(...asked),
  countFailures: async (query, groups, limit) =>
    journeys.countFailures({ ...query, closed: await knownClosings(closings) }, groups, limit),
  countTrouble: async (query, bucketMs, limit) =>
    journeys.countTrouble({ ...query, closed: await knownClosings(closings) }, bucketMs, limit),
  listTrouble: async (query, first, limit) =>
    journeys.listTrouble({ ...query, closed: await knownClosings(closings) }, first, limit),
  listDue: async (now, limit) => journeys.listDue(now, limit),
  listWaitingForSource: async (...asked) => journeys.listWaitingForSource(...asked),
  listWaitingForStep: async (...asked) => journeys.listWaitingForStep(...asked),
  scan: async (flow, after, limit) => journeys.scan(flow, after, limit),
});
