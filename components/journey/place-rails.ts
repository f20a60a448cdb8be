import { max } from "d3";
import type { Link, Stop } from "#components/journey/journey-graph.ts";

/** Where a link runs: down or up at its start to `rail`, along it, and down or up in the gap before its end. */
export interface Route {
  readonly from: string;
  readonly to: string;
  readonly rail: number;
  /** Which of the lines that go up or down before this column; those of another end never share one. */
  readonly joinSlot: number;
}

export interface Placement {
  readonly columnOf: ReadonlyMap<string, number>;
  readonly railOf: ReadonlyMap<string, number>;
  readonly routes: readonly Route[];
  readonly columns: number;
  readonly rails: number;
}

/** Longest way from a start, so that every link goes to the right. `stops` stand in topological order. */
function columnsOf(stops: readonly Stop[], links: readonly Link[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  for (const { id } of stops) {
    const before = links.filter((link) => link.to === id);
    columns.set(id, (max(before, (link) => columns.get(link.from) ?? 0) ?? -1) + 1);
  }
  return columns;
}

/**
 * A rail is a row of the drawing. Taken stretches are half-open, in columns: a stop takes [c, c + ½), what runs on from it [c + ½, …).
 * Rails are told apart by identity while rows are still being put between others.
 */
interface Rail {
  readonly taken: [number, number][];
}

const isFree = (rail: Rail, from: number, to: number): boolean =>
  rail.taken.every(([start, end]) => to <= start || from >= end);

/** Rails from top to bottom: a branch leaves downwards to a rail right below its own; joins run back up. */
export function placeRails(stops: readonly Stop[], links: readonly Link[]): Placement {
  const columnOf = columnsOf(stops, links);
  const column = (id: string): number => columnOf.get(id) ?? 0;
  let rails: Rail[] = [];
  const railOf = new Map<string, Rail>();
  const runs = new Map<Link, Rail>();

  const railBelow = (above: Rail): Rail => {
    const rail: Rail = { taken: [] };
    rails.splice(rails.indexOf(above) + 1, 0, rail);
    return rail;
  };
  const depth = (id: string): number => {
    const rail = railOf.get(id);
    return rail === undefined ? Infinity : rails.indexOf(rail);
  };
  /** The run of a link along a rail, up to the gap before the end's column. */
  const run = (link: Link, rail: Rail): void => {
    const own = railOf.get(link.from) === rail;
    rail.taken.push([column(link.from) + (own ? 0.5 : 0), column(link.to)]);
    runs.set(link, rail);
  };
  const canRunOn = (link: Link, rail: Rail): boolean => isFree(rail, column(link.from) + 0.5, column(link.to));

  const byColumn = stops.toSorted((a, b) => column(a.id) - column(b.id));
  for (const { id } of byColumn) {
    const at = column(id);
    const incoming = links.filter((link) => link.to === id).toSorted((a, b) => depth(a.from) - depth(b.from));
    const main = incoming.find((link) => {
      const rail = railOf.get(link.from);
      return rail !== undefined && canRunOn(link, rail) && isFree(rail, at, at + 0.5);
    });
    const straight = main === undefined ? undefined : railOf.get(main.from);
    const above = incoming[0] === undefined ? undefined : railOf.get(incoming[0].from);
    let rail = straight;
    if (rail === undefined && above !== undefined) rail = railBelow(above);
    if (rail === undefined) rails.push((rail = { taken: [] }));
    rail.taken.push([at, at + 0.5]);
    railOf.set(id, rail);
    for (const link of incoming) {
      const source = railOf.get(link.from);
      if (source === undefined) continue;
      if (link === main || (rail !== source && canRunOn(link, source))) run(link, source);
      else if (main === undefined && link === incoming[0]) run(link, rail);
      else run(link, railBelow(source));
    }
  }

  rails = mergeRails(rails, railOf, runs);
  const railIndex = new Map([...railOf].map(([id, rail]) => [id, rails.indexOf(rail)]));
  const drafts = [...runs].map(([link, rail]) => ({ ...link, rail: rails.indexOf(rail) }));
  return {
    columnOf,
    railOf: railIndex,
    routes: withJoinSlots(drafts, columnOf, railIndex),
    columns: (max(columnOf.values()) ?? -1) + 1,
    rails: rails.length,
  };
}

/** Neighbouring rails that nowhere take the same stretch become one. A free column between them keeps ends from reading as links. */
function mergeRails(rails: readonly Rail[], railOf: Map<string, Rail>, runs: Map<Link, Rail>): Rail[] {
  const merged: Rail[] = [];
  for (const rail of rails) {
    const above = merged.at(-1);
    if (above === undefined || !rail.taken.every(([start, end]) => isFree(above, start - 0.5, end + 0.5))) {
      merged.push(rail);
      continue;
    }
    above.taken.push(...rail.taken);
    for (const [id, each] of railOf) if (each === rail) railOf.set(id, above);
    for (const [link, each] of runs) if (each === rail) runs.set(link, above);
  }
  return merged;
}

type Draft = Omit<Route, "joinSlot">;

/** All lines into one stop go up or down at one place of the gap before it; stops whose lines would meet there have places of their own. */
function withJoinSlots(
  drafts: readonly Draft[],
  columnOf: ReadonlyMap<string, number>,
  railOf: ReadonlyMap<string, number>,
): readonly Route[] {
  const end = (draft: Draft): number => railOf.get(draft.to) ?? 0;
  const joins = Map.groupBy(
    drafts.filter((draft) => draft.rail !== end(draft)),
    (draft) => draft.to,
  );
  const taken = new Map<number, { readonly slot: number; readonly low: number; readonly high: number }[]>();
  const slotOf = new Map<string, number>();
  for (const [to, lines] of joins) {
    const reached = lines.flatMap((line) => [line.rail, end(line)]);
    const [low, high] = [Math.min(...reached), Math.max(...reached)];
    const gap = columnOf.get(to) ?? 0;
    const inGap = taken.get(gap) ?? [];
    const clashes = inGap.filter((each) => each.low <= high && low <= each.high);
    let slot = 0;
    while (clashes.some((each) => each.slot === slot)) slot += 1;
    taken.set(gap, [...inGap, { slot, low, high }]);
    slotOf.set(to, slot);
  }
  return drafts.map((draft) => ({ ...draft, joinSlot: draft.rail === end(draft) ? 0 : (slotOf.get(draft.to) ?? 0) }));
}
