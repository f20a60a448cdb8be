import type { PlacedLink } from "#components/journey/layout.ts";
import { placeRails } from "#components/journey/place-rails.ts";
import type { FlowFigures, FlowHop, FlowStop } from "#lib/flow/flow-figures.ts";

export interface PlacedFlowStop extends FlowStop {
  readonly column: number;
  readonly rail: number;
}

export interface PlacedHop extends FlowHop {
  readonly link: PlacedLink;
}

export interface FlowPathLayout {
  readonly columns: number;
  readonly rails: number;
  readonly stops: readonly PlacedFlowStop[];
  readonly hops: readonly PlacedHop[];
}

/** A hop's line: late where most records take longer than allowed, thin dashes where nobody passed. */
const lineOf = ({ count, p95Ms, allowedMs }: FlowHop): PlacedLink["line"] => {
  if (count === 0) return "waiting";
  return p95Ms !== null && allowedMs !== null && p95Ms > allowedMs ? "late" : "solid";
};

/** Where the steps and hops of a flow stand, by the journey's own rules; a step that closes the record stands alone at the end. */
export function flowPathLayout({ stops, hops }: Pick<FlowFigures, "stops" | "hops">): FlowPathLayout {
  const ordered = stops.toSorted((a, b) => Number(a.ends) - Number(b.ends));
  const places = ordered.map(({ id }) => ({ id, steps: [id], status: "pending" as const, at: null }));
  const placed = placeRails(places, hops);
  const columnOf = (id: string): number => placed.columnOf.get(id) ?? 0;
  const railOf = (id: string): number => placed.railOf.get(id) ?? 0;
  return {
    columns: placed.columns,
    rails: placed.rails,
    stops: ordered.map((stop) => ({ ...stop, column: columnOf(stop.id), rail: railOf(stop.id) })),
    hops: placed.routes.flatMap((route): readonly PlacedHop[] => {
      const hop = hops.find(({ from, to }) => from === route.from && to === route.to);
      if (hop === undefined) return [];
      const link: PlacedLink = {
        ...route,
        line: lineOf(hop),
        time: { skewed: false },
        fromColumn: columnOf(route.from),
        toColumn: columnOf(route.to),
        fromRail: railOf(route.from),
        toRail: railOf(route.to),
      };
      return [{ ...hop, link }];
    }),
  };
}
