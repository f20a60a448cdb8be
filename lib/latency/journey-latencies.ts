import { isCompleted, type JourneyState } from "#lib/journey/judgement.ts";

/** The parts of a judged journey that latencies are read from. */
interface Timed {
  readonly state: JourneyState;
  readonly startedAt: number;
  readonly lastEventAt: number;
  readonly latencies: readonly { readonly hop: string; readonly at: number; readonly latencyMs: number }[];
}

export const END_TO_END = "end_to_end";

/** What a journey contributes to its flow's latencies: each hop's, and end to end (last minus first event time) once it is completed. */
export const latenciesOf = (journey: Timed): Timed["latencies"] => {
  const hops = journey.latencies.filter((latency) => latency.hop !== END_TO_END);
  if (!isCompleted(journey.state)) return hops;
  const { startedAt, lastEventAt } = journey;
  return [...hops, { hop: END_TO_END, at: lastEventAt, latencyMs: lastEventAt - startedAt }];
};
