import type { StoredEvent } from "#lib/event/hop-event.ts";
import { toFlowId, toKeyType, toSourceId, toStepId } from "#lib/id/id.ts";
import type { Key } from "#lib/key/key.ts";
import type { AcceptItem } from "#lib/storage/event-log.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { ProjectionChange, Unit, UnitId } from "#lib/storage/projection.ts";
import type { SourceProgress } from "#lib/source/source.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** 2026-11-23T10:00:00Z */
export const TEN = Date.UTC(2026, 10, 23, 10);

export const orders = toFlowId("orders");
export const refunds = toFlowId("refunds");
export const orderNo = toKeyType("order_no");
export const paymentNo = toKeyType("payment_no");
export const paid = toStepId("paid");
export const posted = toStepId("posted");

export const order = (value: string): Key => ({ type: orderNo, value });
export const payment = (value: string): Key => ({ type: paymentNo, value });

export const makeEvent = (id: string, changes: Partial<StoredEvent> = {}): StoredEvent => ({
  id,
  source: toSourceId("oms"),
  eventTime: TEN,
  operation: "process",
  outcome: "ok",
  keys: { [orderNo]: ["SO-1"] },
  ingestedAt: TEN + 1_000,
  contentHash: `hash of ${id}`,
  ...changes,
});

/** An event that matched no step. */
export const unmatched = (id: string, changes: Partial<StoredEvent> = {}): AcceptItem => ({
  event: makeEvent(id, changes),
  matches: [],
});

export const makeJourney = (primary: string, changes: Partial<JourneyRow> = {}): JourneyRow => ({
  flow: orders,
  primary,
  versionHash: "v1",
  state: "in_progress",
  reason: null,
  step: null,
  system: null,
  hop: null,
  errorClass: null,
  field: null,
  point: null,
  signature: null,
  since: TEN,
  dueAt: null,
  startedAt: TEN,
  lastEventAt: TEN,
  newestIngestedAt: TEN,
  eventsTotal: 1,
  endedBy: null,
  backfill: false,
  dues: [],
  latencies: [],
  wake: {},
  ...changes,
});

/** Failed at `posted` because of `tax_no`. */
export const makeFailed = (primary: string, changes: Partial<JourneyRow> = {}): JourneyRow =>
  makeJourney(primary, {
    state: "failed",
    reason: "missing_field",
    step: posted,
    hop: "paid..posted",
    errorClass: "missing_field",
    field: "tax_no",
    ...changes,
  });

const idOf = (text: string): UnitId => text as UnitId;

export const makeUnit = (keys: readonly Key[], changes: Partial<Unit> = {}): Unit => ({
  id: idOf(`${changes.flow ?? orders}\u0001${keys.map((key) => `${key.type}\u0000${key.value}`).join("\u0001")}`),
  flow: orders,
  keys,
  isPrimary: keys[0]?.type === orderNo,
  startedAt: TEN,
  lastEventAt: TEN,
  newestIngestedAt: TEN,
  eventsTotal: 1,
  facts: { v1: { first: TEN, last: TEN, steps: [] } },
  ...changes,
});

export const makeSource = (source: string, changes: Partial<SourceProgress> = {}): SourceProgress => ({
  source: toSourceId(source),
  lastSeenAt: TEN,
  acceptedTotal: 1,
  duplicateTotal: 0,
  rejectedTotal: 0,
  ...changes,
});

export const makeChange = (changes: Partial<ProjectionChange>): ProjectionChange => ({
  units: [],
  links: [],
  keys: [],
  journeys: [],
  removed: [],
  sources: [],
  reporters: [],
  position: null,
  ...changes,
});
