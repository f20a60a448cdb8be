import type { StoredEvent } from "#lib/event/hop-event.ts";
import { toFlowId, toKeyType, toSourceId, toStepId } from "#lib/id/id.ts";
import type { Facts } from "#lib/journey/facts.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { Unit, UnitId } from "#lib/storage/projection.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

/** A small engine of its own, so that the store is tested against something that can be computed plainly: five steps, facts are a union. */
export const flow = toFlowId("toy");
export const orderNo = toKeyType("order_no");
export const paymentNo = toKeyType("payment_no");
export const steps = ["a", "b", "c", "d", "e"].map(toStepId);
export const START = Date.UTC(2026, 10, 23, 8);
export const lastStep = toStepId("e");
const WITHIN = 60_000;

/** The event of this number: order and step follow from it, every seventh order fails at the end. */
export const toyEvent = (number: number): StoredEvent => {
  const order = Math.floor(number / steps.length);
  const step = number % steps.length;
  const isFailed = step === steps.length - 1 && order % 7 === 3;
  return {
    id: `event-${number}`,
    source: toSourceId("toy"),
    flow,
    step: steps[step] ?? toStepId("a"),
    eventTime: START + order * 1_000 + step * 100 + ((number * 7_919) % 97),
    operation: "process",
    outcome: isFailed ? "failed" : "ok",
    keys: { [orderNo]: [`SO-${order}`], [paymentNo]: [`P-${order}`] },
    ingestedAt: START + number,
    contentHash: `hash-${number}`,
    payload: { note: `step ${step} of order ${order}`.repeat(5) },
  };
};

/** Events of an order seen so far, by number. They stand where an engine's facts stand. */
interface ToyFacts {
  readonly seen: readonly number[];
}

const toFacts = (facts: ToyFacts): Facts => facts as unknown as Facts;
const seenOf = (unit: Unit | undefined): readonly number[] =>
  (unit?.facts["toy"] as unknown as ToyFacts | undefined)?.seen ?? [];
const unitIdOf = (primary: string): UnitId => `${flow}\u0001${primary}` as UnitId;
const numberOf = (event: StoredEvent): number => Number(event.id.slice("event-".length));

const unitOf = (primary: string, seen: readonly number[]): Unit => {
  const events = seen.map(toyEvent);
  return {
    id: unitIdOf(primary),
    flow,
    keys: [{ type: orderNo, value: primary }],
    isPrimary: true,
    startedAt: Math.min(...events.map((event) => event.eventTime)),
    lastEventAt: Math.max(...events.map((event) => event.eventTime)),
    newestIngestedAt: Math.max(...events.map((event) => event.ingestedAt)),
    eventsTotal: events.length,
    facts: { toy: toFacts({ seen }) },
  };
};

const journeyOf = (primary: string, seen: readonly number[]): JourneyRow => {
  const unit = unitOf(primary, seen);
  const times = new Map(seen.map((number) => [number % steps.length, toyEvent(number).eventTime]));
  const failed = seen.find((number) => toyEvent(number).outcome === "failed");
  const dues = [...times].flatMap(([place, time]) => {
    const step = steps[place + 1];
    return step === undefined ? [] : [{ step, dueAt: time + WITHIN, arrived: times.has(place + 1) }];
  });
  /** From the nearest step seen before, so that a step that comes late changes hops already counted. */
  const inOrder = [...times].toSorted(([a], [b]) => a - b);
  const latencies = inOrder.slice(1).map(([place, at], before) => {
    const [from, startedAt] = inOrder[before] ?? [place, at];
    return { hop: `${steps[from]}..${steps[place]}`, at, latencyMs: at - startedAt };
  });
  const isCompleted = seen.length === steps.length;
  const base = {
    since: unit.startedAt,
    state: isCompleted ? "completed" : "in_progress",
    reason: null,
    step: null,
    errorClass: null,
  } as const;
  const trouble = {
    since: unit.lastEventAt,
    state: "failed",
    reason: "timeout",
    step: lastStep,
    errorClass: "timeout",
  } as const;
  return {
    flow,
    primary,
    versionHash: "toy",
    system: null,
    hop: null,
    field: null,
    point: null,
    signature: null,
    dueAt: null,
    startedAt: unit.startedAt,
    lastEventAt: unit.lastEventAt,
    newestIngestedAt: unit.newestIngestedAt,
    eventsTotal: unit.eventsTotal,
    endedBy: null,
    backfill: false,
    dues,
    latencies,
    wake: isCompleted ? {} : { at: unit.lastEventAt + WITHIN },
    ...(failed === undefined ? base : trouble),
  };
};

/** Projects everything the log has after the stored position, as the worker does at start and after each batch. */
export const project = async ({ events, units, projection }: EventStorage, batch = 500): Promise<void> => {
  for (;;) {
    const page = await events.scan(await projection.position(), batch);
    const last = page.at(-1);
    if (last === undefined) return;
    const seen = new Map<string, Set<number>>();
    for (const { event } of page) {
      const primary = event.keys[orderNo]?.[0] ?? "";
      seen.set(primary, (seen.get(primary) ?? new Set()).add(numberOf(event)));
    }
    const known = await units.load([...seen.keys()].map(unitIdOf));
    const merged = [...seen].map(([primary, numbers]) => {
      const all = new Set([...seenOf(known.get(unitIdOf(primary))), ...numbers]);
      return { primary, seen: [...all].toSorted((a, b) => a - b) };
    });
    await projection.commit({
      units: merged.map((one) => unitOf(one.primary, one.seen)),
      journeys: merged.map((one) => journeyOf(one.primary, one.seen)),
      links: merged.map(({ primary }) => ({
        a: { type: orderNo, value: primary },
        b: { type: paymentNo, value: primary.replace("SO", "P") },
      })),
      keys: merged.map(({ primary }) => ({ type: orderNo, value: primary })),
      removed: [],
      sources: [],
      reporters: [],
      position: last.position,
    });
  }
};

/** What the journeys are, computed from event numbers alone. */
export const truthOf = (numbers: Iterable<number>): ReadonlyMap<string, JourneyRow> => {
  const orders = new Map<string, number[]>();
  for (const number of new Set(numbers)) {
    const primary = `SO-${Math.floor(number / steps.length)}`;
    orders.set(primary, [...(orders.get(primary) ?? []), number]);
  }
  return new Map(
    [...orders].map(([primary, seen]) => [
      primary,
      journeyOf(
        primary,
        seen.toSorted((a, b) => a - b),
      ),
    ]),
  );
};
