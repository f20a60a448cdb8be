import { createTimeZone } from "#lib/calendar/time-zone.ts";
import type { FlowId, StepId } from "#lib/id/id.ts";
import { namesOf } from "#lib/journey/names.ts";
import { predecessorsOf } from "#lib/flow/path.ts";
import type { KnownFlow, KnownFlows } from "#lib/read/known-flows.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import type { FlowToday, HopHealth } from "#lib/search/flow-health.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

const hourMs = 3_600_000;
const trendHours = 13;

/** Records that began since midnight in the reader's zone, by flow. */
export async function readToday(
  { journeys }: Pick<ReadStores, "journeys">,
  flows: readonly FlowId[],
  { now, timeZone }: Pick<ReadContext, "now" | "timeZone">,
): Promise<ReadonlyMap<FlowId, FlowToday>> {
  const zone = createTimeZone(timeZone);
  const counts = await journeys.countStarted(flows, zone.startOf(zone.dayOf(now)), now + 1);
  return new Map(
    [...counts].map(([flow, states]) => [
      flow,
      {
        entered: Object.values(states).reduce((sum, count) => sum + count, 0),
        completed: states.completed + states.completed_late,
      },
    ]),
  );
}

interface LimitedHop {
  readonly name: string;
  readonly from: StepId;
  readonly to: StepId;
  readonly limitMs: number;
}

/** Hops with a limit on the clock; one that runs in a calendar only can't be held against hours. */
const limitedHops = ({ newest }: KnownFlow): readonly LimitedHop[] =>
  newest.declaration.steps.flatMap((step) =>
    step.within === undefined || step.calendar !== undefined
      ? []
      : predecessorsOf(step).map((from) => ({
          name: `${from}..${step.id}`,
          from,
          to: step.id,
          limitMs: step.within?.ms ?? 0,
        })),
  );

/**
 * The hop whose p95 of the last hours comes nearest to its limit, or is furthest over it, with its hours; null where no hop with a limit
 * was made. Lost records are not in it: they stand in the counts.
 */
export async function readHopHealth(
  { measures }: Pick<ReadStores, "measures">,
  flow: KnownFlow,
  { people }: KnownFlows,
  { now, language }: { readonly now: number; readonly language: Language },
): Promise<HopHealth | null> {
  const hops = new Map(limitedHops(flow).map((hop) => [hop.name, hop]));
  if (hops.size === 0) return null;
  const lastHour = Math.floor(now / hourMs) * hourMs;
  const span = { flow: flow.flow, from: lastHour - (trendHours - 1) * hourMs, to: lastHour + hourMs };
  const measured = (await measures.latency(span)).flatMap(({ hop, p95Ms, count }) => {
    const limited = hops.get(hop);
    return limited === undefined || p95Ms === null ? [] : [{ ...limited, p95Ms, count }];
  });
  const worst = measured.toSorted((a, b) => b.p95Ms / b.limitMs - a.p95Ms / a.limitMs)[0];
  if (worst === undefined) return null;
  const buckets = await measures.latency({ ...span, hop: worst.name, bucketMs: hourMs });
  const byHour = new Map(buckets.map(({ at, p95Ms }) => [at, p95Ms]));
  const names = namesOf(flow.newest.declaration, people, language);
  return {
    fromName: names.step(worst.from),
    stepName: names.step(worst.to),
    limitMs: worst.limitMs,
    p95Ms: worst.p95Ms,
    count: worst.count,
    hours: Array.from({ length: trendHours }, (_, place) => byHour.get(span.from + place * hourMs) ?? null),
  };
}
