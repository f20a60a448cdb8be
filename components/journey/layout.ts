import { path } from "d3";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { foldBranches, foldRuns } from "#components/journey/fold-stops.ts";
import { hopTime, type HopTime } from "#components/journey/hop-time.ts";
import { isDone, journeyGraph, type JourneyGraph, type Stop } from "#components/journey/journey-graph.ts";
import { lineKind, stopState, type LineKind, type StopState } from "#components/journey/line-kind.ts";
import { placeRails, type Placement } from "#components/journey/place-rails.ts";

/** Folded beyond: more steps or branches than a clerk takes in at a glance. */
const maxStops = 7;
const maxBranches = 3;

export interface PlacedStop extends Stop {
  readonly state: StopState;
  readonly column: number;
  readonly rail: number;
  /** The step the verdict names: the one that stands on a ground. */
  readonly first: boolean;
  /** What it waits for, where it is not due yet. */
  readonly waitsFor: readonly string[];
}

export interface PlacedLink {
  readonly from: string;
  readonly to: string;
  readonly line: LineKind;
  readonly time: HopTime;
  readonly fromColumn: number;
  readonly toColumn: number;
  readonly fromRail: number;
  readonly toRail: number;
  /** The rail it runs along; leaves `fromRail` under the first stop and reaches `toRail` in the gap before the second. */
  readonly rail: number;
  readonly joinSlot: number;
}

export interface JourneyLayout {
  readonly columns: number;
  readonly rails: number;
  readonly stops: readonly PlacedStop[];
  /** In the order to draw them: what has happened lies on top. */
  readonly links: readonly PlacedLink[];
  readonly asSeen: boolean;
  readonly leftOut: readonly string[];
  /** Steps that were folded away: the drawing with all of them is one link away. */
  readonly foldedCount: number;
}

function keepers(journey: JourneyAnswer, graph: JourneyGraph): ReadonlySet<string> {
  const { step, hop } = journey.verdict;
  const warned = journey.warnings.flatMap((warning) => warning.hop?.split("..") ?? []);
  const first = graph.stops[0]?.id;
  const before = graph.links.filter((link) => link.to === step).map((link) => link.from);
  // a story told in the order seen keeps its beginning and its end
  const ends = graph.asSeen ? [...graph.stops.slice(0, 2), ...graph.stops.slice(-4)].map((stop) => stop.id) : [];
  return new Set(
    [...ends, step, ...(hop?.split("..") ?? []), first, ...before, ...warned].filter(
      (id) => id !== undefined && id !== null,
    ),
  );
}

function folded(journey: JourneyAnswer, graph: JourneyGraph): { graph: JourneyGraph; placed: Placement } {
  const keep = keepers(journey, graph);
  const runs = graph.stops.length > maxStops ? foldRuns(graph, keep) : graph;
  const placed = placeRails(runs.stops, runs.links);
  if (placed.rails <= maxBranches) return { graph: runs, placed };
  // a branch has to be one stop before branches can be one
  const short = foldBranches(foldRuns(graph, keep, true), keep);
  return { graph: short, placed: placeRails(short.stops, short.links) };
}

/** Where everything of the wide drawing stands: columns from left to right, rails from top to bottom. Pure. */
export function journeyLayout(
  journey: JourneyAnswer,
  { asOf, unfolded = false }: { readonly asOf: number; readonly unfolded?: boolean },
): JourneyLayout {
  const whole = journeyGraph(journey);
  const { graph, placed } = unfolded
    ? { graph: whole, placed: placeRails(whole.stops, whole.links) }
    : folded(journey, whole);
  const byId = new Map(graph.stops.map((stop) => [stop.id, stop]));

  const stops = graph.stops.map((stop): PlacedStop => {
    const before = graph.links.filter((link) => link.to === stop.id).flatMap((link) => byId.get(link.from) ?? []);
    const reached = before.every((each) => isDone(each.status));
    return {
      ...stop,
      state: stopState(stop.status, reached),
      column: placed.columnOf.get(stop.id) ?? 0,
      rail: placed.railOf.get(stop.id) ?? 0,
      first: journey.verdict.step !== null && stop.steps.includes(journey.verdict.step),
      waitsFor: before.filter((each) => !isDone(each.status)).map((each) => each.id),
    };
  });
  const placedById = new Map(stops.map((stop) => [stop.id, stop]));
  const links = placed.routes.flatMap((route): readonly PlacedLink[] => {
    const [from, to] = [placedById.get(route.from), placedById.get(route.to)];
    if (from === undefined || to === undefined) return [];
    return [
      {
        ...route,
        line: lineKind(from.status, to.state),
        time: hopTime(journey, from, to, asOf),
        fromColumn: from.column,
        toColumn: to.column,
        fromRail: from.rail,
        toRail: to.rail,
      },
    ];
  });
  return {
    columns: placed.columns,
    rails: placed.rails,
    stops,
    links: links.toSorted((a, b) => weight[a.line] - weight[b.line]),
    asSeen: graph.asSeen,
    leftOut: graph.leftOut,
    foldedCount: stops.reduce((sum, stop) => sum + (stop.steps.length > 1 ? stop.steps.length : 0), 0),
  };
}

const weight: Readonly<Record<LineKind, number>> = {
  waiting: 0,
  thin: 1,
  dotted: 2,
  cut: 3,
  passed: 4,
  failed: 5,
  late: 6,
  solid: 7,
};

/** A rounded corner of a rail around (0, 0): enters from (0, dy) and leaves to (dx, 0). */
export function cornerPath(dx: number, dy: number): string {
  const drawn = path();
  drawn.moveTo(0, dy);
  drawn.arcTo(0, 0, dx, 0, Math.min(Math.abs(dx), Math.abs(dy)));
  drawn.lineTo(dx, 0);
  return drawn.toString();
}

/** The two strokes that cut a line, around (0, 0). */
export function cutPath(size: number): string {
  const drawn = path();
  for (const shift of [-size / 3, size / 3]) {
    drawn.moveTo(shift - size / 5, size / 2);
    drawn.lineTo(shift + size / 5, -size / 2);
  }
  return drawn.toString();
}
