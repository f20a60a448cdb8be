import { max } from "d3";
import type { StepStatus } from "#lib/journey/judgement.ts";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";

/** A place on the drawing: one step, or a run of steps folded into one line. */
export interface Stop {
  readonly id: string;
  /** The steps it stands for, in the order of the path; more than one: folded. */
  readonly steps: readonly string[];
  readonly status: StepStatus;
  /** Epoch milliseconds; of a fold the last of its steps. */
  readonly at: number | null;
}

/** From one stop to the next. `hop`: the steps whose time is told on it; null where several are folded away. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

export interface JourneyGraph {
  /** Every stop after those that lead to it. */
  readonly stops: readonly Stop[];
  readonly links: readonly Link[];
  /** No step of the flow has a deadline and all are optional: drawn in the order seen instead of the order declared. */
  readonly asSeen: boolean;
  /** Optional or not expected steps that did not happen and are left out, in the order of declaration. */
  readonly leftOut: readonly string[];
}

const happened: readonly StepStatus[] = ["settled", "late", "skipped", "passed"];
export const isDone = (status: StepStatus): boolean => happened.includes(status);

type Shape = JourneyAnswer["names"]["shape"];
type ShapeStep = Shape[number];

const parse = (time: string | undefined): number | null => (time === undefined ? null : Date.parse(time));

/** What can be drawn: ids that exist, no step before itself, no cycle (a flow has none; a damaged answer must not hang the page). */
function soundPredecessors(shape: Shape): ReadonlyMap<string, readonly string[]> {
  const known = new Map(shape.map((step) => [step.id, step]));
  const sound = new Map<string, readonly string[]>();
  const open = new Set<string>();
  const visit = (step: ShapeStep): void => {
    open.add(step.id);
    const kept: string[] = [];
    for (const id of new Set([...step.after, ...step.afterAny])) {
      const before = known.get(id);
      if (before === undefined || open.has(id)) continue;
      if (!sound.has(id)) visit(before);
      kept.push(id);
    }
    open.delete(step.id);
    sound.set(step.id, kept);
  };
  for (const step of shape) if (!sound.has(step.id)) visit(step);
  return sound;
}

/** `sound` was filled predecessors first: its order is a topological one. */
const pathOrder = (sound: ReadonlyMap<string, readonly string[]>): readonly string[] => [...sound.keys()];

/** Looks through left-out steps to what stands before them. */
function through(
  ids: readonly string[],
  sound: ReadonlyMap<string, readonly string[]>,
  shown: ReadonlySet<string>,
): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    if (shown.has(id)) found.add(id);
    else for (const before of sound.get(id) ?? []) visit(before);
  };
  for (const id of ids) visit(id);
  return [...found];
}

/** A link is left out where a longer way says the same: a → c beside a → b → c. */
function withoutShortcuts(links: readonly Link[], order: readonly string[]): readonly Link[] {
  const before = new Map<string, Set<string>>(order.map((id) => [id, new Set()]));
  const kept: Link[] = [];
  for (const id of order) {
    const direct = links.filter((link) => link.to === id);
    const reach = before.get(id) ?? new Set<string>();
    for (const link of direct) {
      const longer = direct.some((other) => other !== link && (before.get(other.from)?.has(link.from) ?? false));
      if (!longer) kept.push(link);
      reach.add(link.from);
      for (const each of before.get(link.from) ?? []) reach.add(each);
    }
  }
  return kept;
}

/**
 * The journey as it is drawn: declared steps with their links. Optional steps that did not happen are left out once the flow has
 * passed them or has many; an `ends` step shows only where it happened, after the last step seen before it.
 */
export function journeyGraph(journey: JourneyAnswer): JourneyGraph {
  const { shape } = journey.names;
  const declared = new Map(shape.map((step) => [step.id, step]));
  const judged = new Map(journey.steps.map((step) => [step.id, step]));
  const sound = soundPredecessors(shape);
  const order = pathOrder(sound);
  const statusOf = (id: string): StepStatus => judged.get(id)?.status ?? "pending";
  const atOf = (id: string): number | null => parse(judged.get(id)?.at);

  const idle = order.filter((id) => declared.get(id)?.optional === true && statusOf(id) === "pending");
  const shown = new Set(
    order.filter((id) => {
      const status = statusOf(id);
      if (status === "not_expected") return false;
      if (declared.get(id)?.ends === true) return status !== "pending";
      return status !== "pending" || idle.length <= 2 || !idle.includes(id);
    }),
  );
  const leftOut = order.filter((id) => !shown.has(id) && declared.get(id)?.ends !== true);
  const asSeen = shape.every((step) => step.optional && step.withinMs === undefined) && shown.size > 0;
  const toStop = (id: string): Stop => ({ id, steps: [id], status: statusOf(id), at: atOf(id) });

  if (asSeen) {
    const seen = order.filter((id) => shown.has(id));
    const rank = (id: string): number => atOf(id) ?? Infinity;
    const stops = seen.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b))).map(toStop);
    const links = stops.slice(1).map((stop, index) => ({ from: stops[index]?.id ?? "", to: stop.id }));
    return { stops, links, asSeen, leftOut };
  }

  const lastBefore = (ends: string): string | undefined => {
    const others = order.filter((id) => shown.has(id) && declared.get(id)?.ends !== true && atOf(id) !== null);
    const limit = atOf(ends) ?? Infinity;
    const earlier = others.filter((id) => (atOf(id) ?? Infinity) <= limit);
    const latest = max(earlier, (id) => atOf(id) ?? 0);
    return earlier.findLast((id) => atOf(id) === latest);
  };
  const ordered = order.filter((id) => shown.has(id)).toSorted((a, b) => endsLast(declared, a) - endsLast(declared, b));
  const links = ordered.flatMap((id) => {
    const ends = declared.get(id)?.ends === true;
    const last = ends ? lastBefore(id) : undefined;
    const from = ends ? (last === undefined ? [] : [last]) : through(sound.get(id) ?? [], sound, shown);
    return from.map((each): Link => ({ from: each, to: id }));
  });
  return { stops: ordered.map(toStop), links: withoutShortcuts(links, ordered), asSeen, leftOut };
}

const endsLast = (declared: ReadonlyMap<string, ShapeStep>, id: string): number =>
  declared.get(id)?.ends === true ? 1 : 0;
