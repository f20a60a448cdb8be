import type { HopEvent } from "#lib/event/hop-event.ts";

/** What of an event tells how a flow may run. */
export type SeenEvent = Pick<
  HopEvent,
  "flow" | "step" | "system" | "point" | "keys" | "eventTime" | "operation" | "outcome"
> & {
  /** Key types whose values were kept as tokens. */
  readonly searchable?: Readonly<Record<string, unknown>>;
};

/** One stop that events were seen at: a step of a flow that is not declared yet. */
export interface SeenPlace {
  readonly id: string;
  readonly system: string;
  readonly point?: string;
  readonly events: readonly SeenEvent[];
}

/** The most frequent; among equals the first by name, so that the order of events does not matter. */
export const commonest = (texts: readonly string[]): string | undefined =>
  [...Map.groupBy(texts, (text) => text)].toSorted(
    ([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1),
  )[0]?.[0];

const present = (texts: readonly (string | undefined)[]): readonly string[] =>
  texts.filter((text) => text !== undefined);

/** `kafka:payments.captured` → `payments.captured`; what an id may not hold goes. */
const idOfPoint = (point: string): string => point.slice(point.indexOf(":") + 1).replaceAll(/\.{2,}|[\s\p{C}]+/gu, "-");

/** The stops of a system whose events name no step: one, or one for each integration point where there are several. */
const placesOfSystem = (
  system: string,
  events: readonly SeenEvent[],
  taken: ReadonlySet<string>,
): readonly SeenPlace[] => {
  const points = Map.groupBy(events, ({ point }) => point);
  const id = taken.has(system) ? `${system}-seen` : system;
  if (points.size <= 1 || points.has(undefined)) return [{ id, system, events }];
  return [...points].map(([point = "", own]) => ({ id: `${system}-${idOfPoint(point)}`, system, point, events: own }));
};

/**
 * Where events were seen, such that a step declared for each place takes in just these events: by the step they name, else by their
 * system. An event that names a system with several steps belongs to none of them.
 */
export const seenPlaces = (events: readonly SeenEvent[]): readonly SeenPlace[] => {
  const byStep = Map.groupBy(
    events.filter(({ step }) => step !== undefined),
    ({ step }): string => step ?? "",
  );
  const named = [...byStep].map(([id, own]): SeenPlace => {
    const system = commonest(present(own.map((event) => event.system))) ?? id;
    return { id, system, events: own.filter((event) => event.system === undefined || event.system === system) };
  });
  const steps = new Set(named.map(({ id }) => id));
  const bySystem = Map.groupBy(
    events.filter(({ step, system }) => step === undefined && system !== undefined),
    ({ system }): string => system ?? "",
  );
  const places = new Map(named.map((place) => [place.id, place]));
  for (const [system, own] of bySystem) {
    const inSystem = named.filter((place) => place.system === system);
    const [only] = inSystem;
    if (inSystem.length > 1) continue;
    if (only === undefined) for (const place of placesOfSystem(system, own, steps)) places.set(place.id, place);
    else places.set(only.id, { ...only, events: [...only.events, ...own] });
  }
  return [...places.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
};
