import { describe, expect, test } from "vitest";
import { toFlowId, toKeyType } from "#lib/id/id.ts";
import { openEvents } from "#lib/storage/open.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { newHome, removeHome, startTestWorker } from "#test/support/worker.ts";
import { placeOf } from "#test/support/store-place.ts";

/** 5 in the usual run, 50 in the long one. */
const rounds = Number(process.env["HOPLINE_KILL_ROUNDS"] ?? 5);
const connections = 4;
const batchSize = 100;

const flow = `
flow: orders
record: { primary: order_no, aliases: [payment_no] }
steps:
  - { id: placed, system: oms }
  - { id: paid, system: payment, after: placed }
  - { id: posted, system: finance, after: paid }
`;
const steps = ["placed", "paid", "posted"] as const;

/** The event at a place: three events an order, each order with a payment number that only some events carry alone. */
const eventAt = (place: number) => {
  const order = Math.floor(place / 3);
  const step = steps[place % 3] ?? "placed";
  const keys = step === "posted" ? { payment_no: `P-${order}` } : { order_no: `SO-${order}`, payment_no: `P-${order}` };
  return { id: `e-${place}`, step, source: "load", time: 1_795_400_000_000 + place, keys };
};

describe("a worker killed under load", () => {
  test(
    "has every acknowledged event once, and no look-up answers another record's",
    async () => {
      const home = newHome();
      const acknowledged = new Set<number>();
      let next = 0;
      try {
        for (let round = 0; round < rounds; round += 1) {
          const worker = await startTestWorker({ home, flows: round === 0 ? { "orders.yaml": flow } : {} });
          let isDead = false;
          const load = Array.from({ length: connections }, async () => {
            while (!isDead) {
              const first = next;
              next += batchSize;
              const places = Array.from({ length: batchSize }, (_, at) => first + at);
              const answer = await worker.sendHops(places.map(eventAt)).catch(() => null);
              if (answer === null) continue;
              expect(answer).toMatchObject({ duplicates: 0, rejected: [] });
              for (const place of places) acknowledged.add(place);
            }
          });
          // Somewhere in the middle of whatever it does: the moment is as random as the machine is busy.
          const wanted = acknowledged.size + 500 + Math.floor(Math.random() * 3_000);
          await waitFor("some load", () => acknowledged.size >= wanted, { timeoutMs: 60_000, intervalMs: 1 });
          isDead = true;
          await worker.stop("SIGKILL");
          await Promise.all(load);
        }

        const worker = await startTestWorker({ home });
        const all = [...acknowledged].toSorted((a, b) => a - b);
        for (let from = 0; from < all.length; from += 5_000) {
          const slice = all.slice(from, from + 5_000);
          expect(await worker.sendHops(slice.map(eventAt))).toEqual({
            accepted: 0,
            duplicates: slice.length,
            rejected: [],
          });
        }
        await worker.stop();

        const storage = await openEvents(placeOf(home), { mode: "reader", now: Date.now });
        const kept = new Set<string>();
        for (let after: Parameters<typeof storage.events.scan>[0] = null; ;) {
          const events = await storage.events.scan(after, 2_000);
          for (const { event } of events) {
            expect(kept.has(event.id), `${event.id} twice`).toBe(false);
            kept.add(event.id);
          }
          const last = events.at(-1);
          if (last === undefined) break;
          after = last.position;
        }
        expect(all.filter((place) => !kept.has(`e-${place}`))).toEqual([]);

        const orders = [...new Set([...kept].map((id) => Math.floor(Number(id.slice(2)) / 3)))];
        const look = async (order: number): Promise<void> => {
          const mine = [0, 1, 2].map((at) => `e-${order * 3 + at}`).filter((id) => kept.has(id));
          const found = await storage.events.listByKeys([{ type: toKeyType("payment_no"), value: `P-${order}` }], 100);
          expect(found.map(({ id }) => id).toSorted()).toEqual(mine.toSorted());
          const row = await storage.journeys.find(toFlowId("orders"), `SO-${order}`);
          const isWaiting = !kept.has(`e-${order * 3}`) && !kept.has(`e-${order * 3 + 1}`);
          expect(row?.eventsTotal ?? 0, `SO-${order}`).toBe(isWaiting ? 0 : mine.length);
        };
        const looked = orders.slice(0, 2_000);
        for (let from = 0; from < looked.length; from += 20) await Promise.all(looked.slice(from, from + 20).map(look));
        const counts = (await storage.journeys.countByState([toFlowId("orders")])).get(toFlowId("orders"));
        const led = new Set(
          [...kept]
            .map((id) => Number(id.slice(2)))
            .filter((place) => place % 3 < 2)
            .map((place) => Math.floor(place / 3)),
        );
        expect(Object.values(counts ?? {}).reduce((sum, each) => sum + each, 0)).toBe(led.size);
        await storage.close();
      } finally {
        removeHome(home);
      }
    },
    120_000 + rounds * 60_000,
  );
});
