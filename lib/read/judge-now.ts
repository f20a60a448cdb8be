import type { Calendars } from "#lib/journey/deadline.ts";
import type { FlowId } from "#lib/id/id.ts";
import { hopName } from "#lib/journey/hop-name.ts";
import { judge } from "#lib/journey/judge.ts";
import { judgeWaiting } from "#lib/journey/judge-waiting.ts";
import type { Judgement } from "#lib/journey/judgement.ts";
import { hopSkews } from "#lib/read/hop-skews.ts";
import type { KnownFlows } from "#lib/read/known-flows.ts";
import type { LoadedJourney } from "#lib/read/load-journey.ts";
import { createPopulations } from "#lib/read/outage.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { createWatermarks } from "#lib/read/watermarks.ts";

export interface Judging {
  readonly populations: ReturnType<typeof createPopulations>;
  /** Begins to read what judging any journey of the flow takes. */
  expect(flow: FlowId): void;
  journey(loaded: LoadedJourney): Promise<Judgement>;
  /** Events of a key that leads to no record (yet). */
  waiting(loaded: LoadedJourney): Judgement;
}

/** Judges as of now, whatever was stored: with watermarks, populations for `outage`, and clock skew as they are at this moment. */
export function createJudging(
  stores: Pick<ReadStores, "sources" | "journeys" | "measures">,
  known: KnownFlows,
  { now, timeZone }: Pick<ReadContext, "now" | "timeZone">,
): Judging {
  const { eyesOf, expect } = createWatermarks(stores.sources, known.sources, now);
  const populations = createPopulations(stores.journeys, now);
  const calendars: Calendars = known.calendars;
  const { people } = known;

  return {
    populations,
    expect,
    async journey({ flow, primary, version, facts }) {
      const context = { now, timeZone, people, calendars, primary, eyes: await eyesOf(version) };
      const first = judge(facts, version, context);
      const hops = first.hops
        .filter(({ latencyMs }) => latencyMs !== undefined)
        .map(({ from, to }) => hopName(from, to));
      const skews = await hopSkews(stores.measures, flow, hops, now);
      const { reason, step, dueAt } = first.verdict;
      const mayBeOutage = reason === "not_seen" && step !== null && dueAt !== undefined;
      const population = mayBeOutage ? await populations(flow, step, dueAt) : null;
      if (population === null && ![...skews.values()].some((skew) => skew !== null)) return first;
      return judge(facts, version, {
        ...context,
        skewMs: (hop) => skews.get(hop) ?? null,
        population: (id, at) => (id === step && at === dueAt ? population : null),
      });
    },
    waiting: ({ facts, version, primary }) =>
      judgeWaiting(facts, version, { now, timeZone, people, calendars, primary }),
  };
}
