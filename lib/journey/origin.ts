import type { Step } from "#lib/flow/flow-version.ts";
import type { StepId } from "#lib/id/id.ts";
import { predecessorsOf } from "#lib/flow/path.ts";
import { compareSightings, type Settling } from "#lib/journey/sighting.ts";

/** What a step's deadline counts from (DESIGN 4.2 `within`, 5.1 Optional). */
export type Origin =
  /** The journey's start: nothing stands before the step, or all of it was looked through. */
  | { readonly kind: "start"; readonly at: number }
  | { readonly kind: "step"; readonly at: number; readonly step: StepId; readonly by: Settling }
  /** What stands before has passed without a time: no deadline. */
  | { readonly kind: "untimed" }
  /** What stands before has not happened yet. */
  | { readonly kind: "waiting" };

/** How a predecessor stands, as its successors need it. */
export interface Predecessor {
  readonly step: StepId;
  readonly settledBy: Settling | null;
  readonly passed: boolean;
  /** Optional or not expected, and not settled. */
  readonly lookedThrough: boolean;
  readonly origin: Origin;
}

const untimed: Origin = { kind: "untimed" };
const waiting: Origin = { kind: "waiting" };

/** `predecessorOf` answers for steps already judged: walk the flow in path order. */
export function originOf(
  step: Step,
  startedAt: number,
  predecessorOf: (id: StepId) => Predecessor | undefined,
): Origin {
  const predecessors = predecessorsOf(step).flatMap((id) => predecessorOf(id) ?? []);
  if (predecessors.length === 0) return { kind: "start", at: startedAt };
  return step.after.length > 0 ? originOfAll(predecessors) : originOfAny(predecessors);
}

function originOfAll(predecessors: readonly Predecessor[]): Origin {
  const origins = predecessors.map((predecessor): Origin => {
    if (predecessor.settledBy !== null) return settledOrigin(predecessor.step, predecessor.settledBy);
    if (predecessor.passed) return untimed;
    return predecessor.lookedThrough ? predecessor.origin : waiting;
  });
  if (origins.some(({ kind }) => kind === "waiting")) return waiting;
  if (origins.some(({ kind }) => kind === "untimed")) return untimed;
  return origins.reduce((a, b) => (compareOrigins(b, a) > 0 ? b : a));
}

function originOfAny(predecessors: readonly Predecessor[]): Origin {
  const settled = predecessors.flatMap(({ step, settledBy }) => (settledBy ? [settledOrigin(step, settledBy)] : []));
  if (settled.length > 0) return settled.reduce((a, b) => (compareOrigins(b, a) < 0 ? b : a));
  if (predecessors.some(({ passed }) => passed)) return untimed;
  if (!predecessors.every(({ lookedThrough }) => lookedThrough)) return waiting;
  const timed = predecessors.flatMap(({ origin }) =>
    origin.kind === "start" || origin.kind === "step" ? [origin] : [],
  );
  if (timed.length > 0) return timed.reduce<Origin>((a, b) => (compareOrigins(b, a) < 0 ? b : a), timed[0] ?? waiting);
  return predecessors.some(({ origin }) => origin.kind === "untimed") ? untimed : waiting;
}

const settledOrigin = (step: StepId, by: Settling): Origin => ({ kind: "step", at: by[0], step, by });

/** By time; at the same time the start comes before any step. */
function compareOrigins(a: Origin, b: Origin): number {
  if (a.kind === "step" && b.kind === "step") return compareSightings(a.by, b.by);
  const at = (origin: Origin): number => (origin.kind === "start" || origin.kind === "step" ? origin.at : Infinity);
  return at(a) - at(b) || (a.kind === "start" ? -1 : 0) - (b.kind === "start" ? -1 : 0);
}
