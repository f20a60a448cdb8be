import { join } from "node:path";
import { toFlowId, toKeyType, toStepId } from "#lib/id/id.ts";
import type { Key } from "#lib/key/key.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { Unit, UnitId } from "#lib/storage/projection.ts";
import { openIntake } from "#lib/storage/sqlite/intake.ts";
import { hashIdentity, hashKey } from "#lib/storage/sqlite/key-hash.ts";
import { Pending } from "#lib/storage/sqlite/pending.ts";
import { SegmentRoll } from "#lib/storage/sqlite/segment-roll.ts";
import type { Line } from "#lib/storage/sqlite/segment-writer.ts";
import { Segments } from "#lib/storage/sqlite/segments.ts";
import { State } from "#lib/storage/sqlite/state.ts";
import { orderLine, orderNumber, paymentNumber } from "#test/bench/order-events.ts";

const EVENTS_PER_ORDER = 5;
const EVENTS_PER_SEGMENT = 250_000;
const flow = toFlowId("order-to-cash");
const stepIds = ["placed", "paid", "exported", "picked", "posted"];
const withinMs = [900_000, 60_000, 7_200_000, 3_600_000];

interface Rows {
  readonly lines: readonly Line[];
  readonly pending: Pending;
}

export interface RawFill {
  readonly directory: string;
  readonly events: number;
  readonly batch: number;
  /** Time of the first event, epoch ms. */
  readonly startedAt: number;
}

const keysOfOrder = (order: number): readonly [order: Key, payment: Key] => [
  { type: toKeyType("order_no"), value: orderNumber(order) },
  { type: toKeyType("payment_no"), value: paymentNumber(order) },
];

/** The finished rows of one order, as five events leave them. */
const addOrder = (pending: Pending, order: number, startedAt: number): void => {
  const [orderKey, paymentKey] = keysOfOrder(order);
  const times = stepIds.map((_, place) => startedAt + order * EVENTS_PER_ORDER + place * 2_000);
  const lastEventAt = times.at(-1) ?? startedAt;
  const steps = stepIds.map((step, place) => ({
    step: toStepId(step),
    done: [times[place], `${step}-service`, `${step}-${order}`],
  }));
  const common = {
    flow,
    startedAt: times[0] ?? startedAt,
    lastEventAt,
    newestIngestedAt: lastEventAt,
    eventsTotal: EVENTS_PER_ORDER,
  };
  const facts = { "0123456789abcdef0123456789abcdef": { first: common.startedAt, last: lastEventAt, steps } };
  const unit: Unit = {
    ...common,
    id: unitIdOf(orderKey.value),
    keys: [orderKey],
    isPrimary: true,
    facts: factsOf(facts),
  };
  const row: JourneyRow = {
    ...common,
    primary: orderKey.value,
    versionHash: "0123456789abcdef0123456789abcdef",
    state: "completed",
    reason: null,
    step: null,
    system: null,
    hop: null,
    errorClass: null,
    field: null,
    point: null,
    signature: null,
    since: common.startedAt,
    dueAt: null,
    endedBy: null,
    backfill: false,
    dues: withinMs.map((within, place) => ({
      step: toStepId(stepIds[place + 1] ?? ""),
      dueAt: (times[place] ?? 0) + within,
      arrived: true,
    })),
    latencies: times
      .slice(1)
      .map((at, place) => ({ hop: `${stepIds[place]}..${stepIds[place + 1]}`, at, latencyMs: 2_000 })),
    wake: {},
  };
  pending.addUnit(unit);
  pending.addLink(`${orderKey.value} ${paymentKey.value}`, { a: orderKey, b: paymentKey });
  for (const key of [orderKey, paymentKey]) pending.addKey(`${key.type}\u0000${key.value}`, key);
  pending.addRows({
    units: [],
    links: [],
    keys: [],
    journeys: [row],
    removed: [],
    sources: [],
    reporters: [],
    position: null,
  });
};

const unitIdOf = (primary: string): UnitId => `${flow}\u0001order_no\u0000${primary}` as UnitId;

/** The bench stores facts of the size the engine makes; it never reads them. */
const factsOf = (facts: object): Unit["facts"] => facts as Unit["facts"];

const makeRows = (first: number, { batch, startedAt }: RawFill): Rows => {
  const pending = new Pending();
  const lines: Line[] = [];
  for (let index = first; index < first + batch; index += 1) {
    const order = Math.floor(index / EVENTS_PER_ORDER);
    const eventTime = startedAt + index;
    lines.push({
      json: orderLine(index, startedAt),
      identity: hashIdentity("raw", String(index)),
      keys: keysOfOrder(order)
        .slice(0, index % EVENTS_PER_ORDER === 1 ? 2 : 1)
        .map(hashKey),
      arrivedAt: eventTime,
      eventTime,
      failed: [],
    });
    if (index % EVENTS_PER_ORDER === 0) addOrder(pending, order, startedAt);
  }
  return { lines, pending };
};

/**
 * What the disk, SQLite and this machine can do: the store's own tables and blocks, filled on one thread with the same durability and
 * batch, from rows that are ready: no HTTP, no parsing, judging or masking, nothing looked up, each journey written once.
 * Resolves to events per second of filling; making the rows is not counted.
 */
export const rawFill = (fill: RawFill): { readonly eventsPerSecond: number } => {
  const intake = openIntake(join(fill.directory, "intake.db"));
  const segments = new Segments(fill.directory, "writer");
  const roll = new SegmentRoll(segments, intake, EVENTS_PER_SEGMENT);
  const state = new State({
    path: join(fill.directory, "state.db"),
    now: () => fill.startedAt,
    flushAfterMs: 0,
    unitBytes: 0,
    journeyBytes: 0,
    keysPerPart: 32_768,
  });
  let spentMs = 0;
  for (let first = 0; first < fill.events; first += fill.batch) {
    const { lines, pending } = makeRows(first, fill);
    const begun = performance.now();
    roll.writerFor(lines[0]?.arrivedAt ?? fill.startedAt, lines.length).append(lines);
    state.writer.write(pending);
    spentMs += performance.now() - begun;
  }
  state.close();
  segments.close();
  intake.close();
  return { eventsPerSecond: fill.events / (spentMs / 1_000) };
};
