import { setTimeout as pause } from "node:timers/promises";
import type { TestWorker } from "#test/support/worker.ts";

export const ordersFlow = `
flow: orders
record: { primary: order_no, aliases: [payment_no, waybill_no] }
steps:
  - { id: placed, system: oms }
  - { id: paid, system: payment, after: placed }
  - { id: shipped, system: logistics, after: paid, optional: true }
  - { id: posted, system: finance, after: paid }
`;

const start = Date.UTC(2026, 10, 1);

/**
 * The event at a place: four an order. Only the first names the order and its payment; the next name the payment, the waybill beside it,
 * the waybill alone: so journeys hang together by links that other workers may learn at the same moment.
 */
export const eventAt = (place: number) => {
  const order = Math.floor(place / 4);
  const [orderNo, paymentNo, waybillNo] = [`SO-${order}`, `P-${order}`, `W-${order}`];
  const [step, keys] = (
    [
      ["placed", { order_no: orderNo, payment_no: paymentNo }],
      ["paid", { payment_no: paymentNo }],
      ["shipped", { payment_no: paymentNo, waybill_no: waybillNo }],
      ["posted", { waybill_no: waybillNo }],
    ] as const
  )[place % 4] ?? ["placed", {}];
  const outcome = place % 97 === 3 ? { outcome: "failed", error: { class: "rejected", message: `no ${order}` } } : {};
  return { id: `e-${place}`, step, source: `load-${step}`, time: start + place * 100, keys, ...outcome };
};

export interface Load {
  /** Places whose events a worker said it has. */
  readonly acknowledged: ReadonlySet<number>;
  /** Ms without any acknowledgement, at the longest. */
  readonly longestGapMs: number;
  /** Sends a tenth from now on, or all again: what comes while nodes start must be stored afterwards, and a little proves as much. */
  ease(isEased: boolean): void;
  /** Sends no more; resolves when every batch under way was answered with 2xx. */
  finish(): Promise<void>;
}

const batchSize = 40;
const retryMs = 50;
/** Between two of a lane: some 1,000 events a second in all, so that what a fault leaves behind is soon caught up with. */
const restMs = 150;

/** Sends events to any of the workers, in an order of its own; what is not answered with 2xx is sent again, to any of them, as a good sender does. */
export function startLoad(workers: () => readonly TestWorker[], lanesAtOnce = 2): Load {
  const acknowledged = new Set<number>();
  let next = 0;
  let isFinishing = false;
  let isEased = false;
  let lastAt = performance.now();
  let longestGapMs = 0;
  const note = (places: readonly number[]): void => {
    for (const place of places) acknowledged.add(place);
    longestGapMs = Math.max(longestGapMs, performance.now() - lastAt);
    lastAt = performance.now();
  };
  const send = async (places: readonly number[]): Promise<void> => {
    for (let attempt = 0; ; attempt += 1) {
      const all = workers();
      const worker =
        all[(places[0] ?? 0) + attempt + Math.floor(Math.random() * all.length)] ?? all[attempt % all.length];
      const answer = await worker?.post("/v1/hops", places.map(eventAt)).catch(() => null);
      if (answer?.status === 202) {
        await answer.arrayBuffer();
        note(places);
        return;
      }
      if (answer && answer.status < 500 && answer.status !== 429)
        throw new Error(`${answer.status}: ${await answer.text()}`);
      await pause(retryMs);
    }
  };
  /** Two batches at a time, their events dealt out in turn: the events of one order go to different workers. */
  const lane = async (): Promise<void> => {
    while (!isFinishing) {
      const first = next;
      next += batchSize * 2;
      const places = Array.from({ length: batchSize * 2 }, (_, at) => first + at);
      await Promise.all([
        send(places.filter((place) => place % 2 === 0)),
        send(places.filter((place) => place % 2 === 1)),
      ]);
      await pause(isEased ? restMs * 10 : restMs);
    }
  };
  const lanes = Promise.all(Array.from({ length: lanesAtOnce }, lane));
  return {
    acknowledged,
    get longestGapMs() {
      return longestGapMs;
    },
    ease(wanted) {
      isEased = wanted;
    },
    async finish() {
      isFinishing = true;
      await lanes;
    },
  };
}
