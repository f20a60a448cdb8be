import type { JourneyLayout, PlacedLink, PlacedStop } from "#components/journey/layout.ts";
import type { LineKind } from "#components/journey/line-kind.ts";

/** More would not leave room for words on a phone; what is beyond shares the last. */
const maxLanes = 4;

/** A line through one row. `above`, `below`: whether it runs there from the height of the glyph. */
export interface LanePiece {
  readonly lane: number;
  readonly line: LineKind;
  readonly above: boolean;
  readonly below: boolean;
}

/** A branch that leaves upwards from, or comes in from below to, the row's own lane. */
export interface LaneBend {
  readonly lane: number;
  readonly line: LineKind;
  readonly towards: "above" | "below";
}

export interface LaneRow {
  readonly stop: PlacedStop;
  readonly lane: number;
  readonly pieces: readonly LanePiece[];
  readonly bends: readonly LaneBend[];
  /** The link whose time is told here: the one that arrived last. */
  readonly arrival: PlacedLink | null;
  /** Where its branch leads, for the tag; null on the common way. */
  readonly branch: string | null;
}

export interface Lanes {
  readonly rows: readonly LaneRow[];
  readonly lanes: number;
}

/** Newest first: what waits at the top, then by time, and never a step above one that follows it. */
function newestFirst(layout: JourneyLayout): readonly PlacedStop[] {
  const open = new Set(layout.stops.map((stop) => stop.id));
  const rest = [...layout.stops];
  const ordered: PlacedStop[] = [];
  while (rest.length > 0) {
    const free = rest.filter((stop) => !layout.links.some((link) => link.from === stop.id && open.has(link.to)));
    const next = free.toSorted(byNewest)[0] ?? rest[0];
    if (next === undefined) break;
    ordered.push(next);
    open.delete(next.id);
    rest.splice(rest.indexOf(next), 1);
  }
  return ordered;
}

/** What is broken stands above what is only not known or on its way, and that above what has happened. */
const urgency: Partial<Record<PlacedStop["state"], number>> = {
  waiting: 0,
  failed: 1,
  overdue: 1,
  unknown: 2,
  in_progress: 3,
  passed: 4,
};

const byNewest = (a: PlacedStop, b: PlacedStop): number => {
  const [left, right] = [a.at === null ? (urgency[a.state] ?? 4) : 5, b.at === null ? (urgency[b.state] ?? 4) : 5];
  return (
    left - right ||
    Number(b.first) - Number(a.first) ||
    (b.at ?? 0) - (a.at ?? 0) ||
    b.column - a.column ||
    b.rail - a.rail
  );
};

/** The phone's drawing: one row a stop, lanes like a commit graph; a rail of the wide drawing is a lane here. */
export function journeyLanes(layout: JourneyLayout): Lanes {
  const ordered = newestFirst(layout);
  const rowOf = new Map(ordered.map((stop, index) => [stop.id, index]));
  const laneOf = (rail: number): number => Math.min(rail, maxLanes - 1);
  const tags = branchTags(layout);

  const rows = ordered.map((stop, row): LaneRow => {
    const lane = laneOf(stop.rail);
    const pieces = new Map<string, LanePiece>();
    const bends: LaneBend[] = [];
    for (const link of layout.links) {
      const [top, bottom] = [rowOf.get(link.to) ?? 0, rowOf.get(link.from) ?? 0];
      if (row < top || row > bottom) continue;
      const along = laneOf(link.rail);
      if (row === top && along !== lane) bends.push({ lane: along, line: link.line, towards: "below" });
      else if (row === bottom && along !== lane) bends.push({ lane: along, line: link.line, towards: "above" });
      else {
        const half = row === top ? "below" : row === bottom ? "above" : "through";
        const known = pieces.get(`${along} ${half}`);
        if (known === undefined || row === top || row === bottom) {
          pieces.set(`${along} ${half}`, {
            lane: along,
            line: link.line,
            above: half !== "below",
            below: half !== "above",
          });
        }
      }
    }
    const arrivals = layout.links.filter((link) => link.to === stop.id);
    const arrival = arrivals.find((link) => link.time.allowedMs !== undefined) ?? arrivals[0] ?? null;
    return { stop, lane, pieces: [...pieces.values()], bends, arrival, branch: tags.get(stop.id) ?? null };
  });
  return { rows, lanes: Math.min(layout.rails, maxLanes) };
}

/**
 * A branch is named after where it leads: its last stop before it joins another way or ends. Stops that lie on every way
 * (before the first fork, after the last join) have no tag, and a journey without branches none at all.
 */
function branchTags(layout: JourneyLayout): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  if (layout.rails < 2) return tags;
  const byId = new Map(layout.stops.map((stop) => [stop.id, stop]));
  const after = (id: string): readonly string[] =>
    layout.links.filter((link) => link.from === id).map((link) => link.to);
  const before = (id: string): readonly string[] =>
    layout.links.filter((link) => link.to === id).map((link) => link.from);
  const reach = (start: string, next: (id: string) => readonly string[]): ReadonlySet<string> => {
    const seen = new Set<string>([start]);
    for (const id of seen) for (const each of next(id)) seen.add(each);
    return seen;
  };
  for (const stop of layout.stops) {
    if (reach(stop.id, after).size + reach(stop.id, before).size - 1 === layout.stops.length) continue;
    let end = stop.id;
    for (;;) {
      const [next, ...others] = after(end);
      if (next === undefined || others.length > 0 || before(next).length > 1) break;
      end = next;
    }
    if (byId.has(end)) tags.set(stop.id, end);
  }
  return tags;
}
