import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import type { Stop } from "#components/journey/journey-graph.ts";

/** What is told on the line of a hop. Milliseconds; absent where it is not known. */
export interface HopTime {
  readonly takenMs?: number;
  /** Since the step before, for a hop that is still open and not broken. */
  readonly soFarMs?: number;
  /** The limit stands on the hop its deadline counts from. */
  readonly allowedMs?: number;
  /** Time in a queue, where it is a good part of the time taken. */
  readonly queueMs?: number;
  /** A clock lies here: the time taken is not to be believed. */
  readonly skewed: boolean;
}

const parse = (time: string | undefined): number | null => (time === undefined ? null : Date.parse(time));

/** `from`, `to`: stops of the drawing. A fold tells the time to its last step from the last step before it. */
export function hopTime(journey: JourneyAnswer, from: Stop, to: Stop, asOf: number): HopTime {
  const [source, target] = [from.steps.at(-1), to.steps.at(-1)];
  const hop = journey.hops.find((each) => each.from === source && each.to === target);
  const step = journey.steps.find((each) => each.id === target);
  const [left, arrived] = [from.at, to.at ?? parse(step?.at)];
  const skewed = hop?.skewed === true || (left !== null && arrived !== null && arrived < left);
  const takenMs = hop?.latencyMs ?? (left !== null && arrived !== null ? arrived - left : undefined);
  const declared = to.steps.length === 1 ? journey.names.shape.find((each) => each.id === target) : undefined;
  const due = parse(step?.dueAt);
  const counts = countsFrom(journey, declared?.after ?? [], declared?.afterAny ?? [], source);
  const allowedMs = counts && due !== null ? declared?.withinMs : undefined;
  const open = counts && step?.status === "pending" && takenMs === undefined && left !== null && asOf > left;
  const queueMs = hop?.queueMs;
  return {
    skewed,
    ...(takenMs === undefined ? {} : { takenMs }),
    ...(open ? { soFarMs: asOf - left } : {}),
    ...(allowedMs === undefined ? {} : { allowedMs }),
    ...(queueMs !== undefined && takenMs !== undefined && queueMs >= 1_000 && queueMs * 3 >= takenMs
      ? { queueMs }
      : {}),
  };
}

/** Of several predecessors a deadline counts from the latest (`after`) or the first (`afterAny`) that settled. */
function countsFrom(
  journey: JourneyAnswer,
  after: readonly string[],
  afterAny: readonly string[],
  source: string | undefined,
): boolean {
  const ids = after.length > 0 ? after : afterAny;
  if (ids.length < 2 || source === undefined || !ids.includes(source)) return true;
  const times = ids.flatMap((id) => {
    const at = parse(journey.steps.find((each) => each.id === id)?.at);
    return at === null ? [] : [{ id, at }];
  });
  const best = times.reduce<{ id: string; at: number } | null>((chosen, each) => {
    if (chosen === null) return each;
    return (after.length > 0 ? each.at > chosen.at : each.at < chosen.at) ? each : chosen;
  }, null);
  return best === null || best.id === source;
}
