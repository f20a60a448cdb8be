import fc from "fast-check";
import type { DeclaredWorld } from "#ingest/collector/call.ts";
import { parseFolder } from "#ingest/flow-files/parse-folder.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";

export const now = Date.UTC(2026, 10, 23, 12);
const seconds = (count: number): number => now - 3_600_000 + count * 1_000;

const orders = (within: string, more: string): string => `
flow: orders
record: { primary: order_no, aliases: [payment_no, waybill_no] }
steps:
  - { id: placed, system: oms }
  - { id: paid, system: payment, after: placed, within: ${within} }
  - { id: shipped, system: logistics, after: paid, within: 20s, per: waybill_no }
  - { id: posted, system: finance, after: paid, within: 5s }
  - { id: cancelled, system: oms2, ends: true }${more}`;
const payments = `
flow: payments
record: { primary: payment_no, aliases: [order_no] }
steps:
  - { id: paid, system: payment }
  - { id: settled, system: bank, after: paid, within: 10s }`;

const versionOf = (text: string, hash: string, from: number, savedAt: number): FlowVersion => {
  const { flows, problems } = parseFolder(
    { stamp: "", files: [{ path: "f.yaml", text }], refused: [] },
    (each) => each,
  );
  const declaration = flows[0]?.flow;
  if (declaration === undefined) throw new Error(JSON.stringify(problems));
  return { flow: declaration.flow, hash, from, savedAt, declaredIn: "file", text, declaration };
};

export const first = versionOf(orders("10s", ""), "orders-1", -Infinity, 1);
export const second = versionOf(
  orders("3s", "\n  - { id: archived, system: archive, after: posted, within: 4s }"),
  "orders-2",
  seconds(30),
  2,
);
export const other = versionOf(payments, "payments-1", -Infinity, 3);

export const worldOf = (versions: readonly FlowVersion[], matchingAgain: readonly string[] = []): DeclaredWorld => ({
  versions,
  active: [...new Set(versions.map(({ flow }) => flow))],
  surroundings: { people: { systems: {}, teams: {} }, sources: [] },
  privacy: null,
  calendars: [],
  matchingAgain,
});
export const everything = worldOf([first, second, other]);

const places = [
  { step: "placed", system: "oms" },
  { step: "paid", system: "payment" },
  { step: "shipped", system: "logistics" },
  { step: "posted", system: "finance" },
  { step: "archived", system: "archive" },
  { step: "settled", system: "bank" },
  { step: "cancelled", system: "oms2" },
  { step: "unheard-of", system: "nowhere" },
] as const;

const one = (type: string, count: number) => fc.integer({ min: 1, max: count }).map((at) => [`${type}${at}`]);
const none = fc.constant<string[]>([]);
const [orderNo, paymentNo, waybillNo] = [one("S", 5), one("P", 6), one("W", 6)];
const shape = (
  order_no: fc.Arbitrary<string[]>,
  payment_no: fc.Arbitrary<string[]>,
  waybill_no: fc.Arbitrary<string[]>,
) => fc.record({ order_no, payment_no, waybill_no });
/** Sparse, so that links stay chains for a while: dense ones make every event touch every journey, which hides what is not followed. */
const keys = fc.oneof(
  { weight: 4, arbitrary: shape(orderNo, none, none) },
  { weight: 2, arbitrary: shape(orderNo, paymentNo, none) },
  { weight: 1, arbitrary: shape(orderNo, none, waybillNo) },
  { weight: 5, arbitrary: shape(none, paymentNo, none) },
  { weight: 2, arbitrary: shape(none, paymentNo, waybillNo) },
  { weight: 3, arbitrary: shape(none, none, waybillNo) },
  {
    weight: 1,
    arbitrary: shape(
      none,
      fc.tuple(paymentNo, paymentNo).map((pair) => pair.flat()),
      none,
    ),
  },
  {
    weight: 1,
    arbitrary: shape(
      fc.tuple(orderNo, orderNo).map((pair) => pair.flat()),
      none,
      waybillNo,
    ),
  },
);
export const event = fc
  .record({
    place: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...places.slice(0, 4)) },
      { weight: 2, arbitrary: fc.constantFrom(...places) },
    ),
    keys,
    second: fc.nat(60),
    source: fc.constantFrom("a", "b", "c"),
    outcome: fc.constantFrom("ok", "ok", "ok", "failed", "retrying", "skipped"),
  })
  .map(({ place, keys: named, second: at, source, outcome }) => ({
    ...place,
    keys: named,
    time: seconds(at),
    source,
    outcome,
    ...(outcome === "failed" ? { error: { class: "timeout", message: `no answer for ${at}` } } : {}),
  }));

export const sorted = (rows: readonly JourneyRow[]): readonly JourneyRow[] =>
  rows.toSorted((a, b) => (`${a.flow} ${a.primary}` < `${b.flow} ${b.primary}` ? -1 : 1));
