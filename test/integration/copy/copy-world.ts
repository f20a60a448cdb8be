import { join } from "node:path";
import { keyedHash } from "#lib/config/keyed-hash.ts";
import { openSecret } from "#lib/config/secret.ts";
import { type FlowId, toFlowId, toKeyType } from "#lib/id/id.ts";
import { toSearchToken } from "#lib/privacy/mask-event.ts";
import { openControl, openEvents } from "#lib/storage/open.ts";
import type { JourneyId } from "#lib/storage/journey-index.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";
import { flows } from "#test/integration/read/flows.ts";
import { runHopline } from "#test/support/run-hopline.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { newHome, startTestWorker, type TestWorker } from "#test/support/worker.ts";

/** A home that has something of every kind in it, with its worker stopped. */
export interface CopyWorld {
  readonly home: string;
  /** The moment at which both sides are asked. */
  readonly now: number;
  readonly flow: FlowId;
  readonly keys: readonly { readonly type: string; readonly value: string }[];
  readonly noted: JourneyId;
  readonly token: string;
  readonly linkHash: string;
  searchToken(type: string, value: string): string;
}

const flow = toFlowId("order-to-cash");
const noted = { flow, primary: "SO-00421" };
const linkHash = "hash-of-a-link";

export async function makeCopyWorld({ orders }: { readonly orders: number }): Promise<CopyWorld> {
  const home = newHome();
  const start = Date.now() - 3_600_000;
  await sendAndStop(home, { flows }, async (worker) => {
    await send(worker, oldEvents(start));
  });
  await expireAll(home);
  await sendAndStop(home, {}, async (worker) => {
    await send(worker, newEvents(start, orders));
    await worker.post("/v1/heartbeats", { source: "finance-importer", time: Date.now() });
    await worker.post("/v1/hops", [
      { id: "bad-1", step: "placed", keys: { order_no: "B-1" }, source: "oms", payload: "call 13800138000" },
      { id: "bad-2", time: start, keys: { order_no: "B-2" } },
    ]);
    const control = await openControl({ home, elasticsearch: null }, { mode: "command", now: Date.now });
    try {
      await doAsPeople(control, start);
    } finally {
      await control.close();
    }
  });
  const { token } = await runHopline(["token", "create", "--scope", "read", "--role", "support"], {
    HOPLINE_HOME: home,
  });
  const hash = keyedHash((await openSecret(join(home, "secret"))).keyFor("mask"));
  return {
    home,
    now: Date.now(),
    flow,
    keys: [
      ...["SO-00421", "SO-0", "SO-1", "SO-2", "SO-3", "SO-4", "SO-late"].map((value) => ({ type: "order_no", value })),
      { type: "payment_no", value: "P-1" },
      { type: "payment_no", value: "P-nowhere" },
      { type: "return_no", value: "R-1" },
      { type: "customer_phone", value: "13900139000" },
      { type: "_", value: "W-1" },
    ],
    noted,
    token: String(token),
    linkHash,
    searchToken: (type, value) => toSearchToken({ type: toKeyType(type), value }, hash),
  };
}

/** One whose events are gone, one that goes on, one that waited for its link. */
const oldEvents = (start: number): readonly object[] => [
  { id: "old-1", step: "placed", source: "oms", time: start - 60_000, keys: { order_no: "SO-00421" } },
  {
    id: "old-2",
    step: "placed",
    source: "oms",
    time: start - 60_000,
    keys: { order_no: "SO-late", payment_no: "P-late" },
  },
  { id: "old-3", step: "paid", source: "pay", time: start - 50_000, keys: { payment_no: "P-wait" } },
];

const newEvents = (start: number, orders: number): readonly object[] => [
  ...Array.from({ length: orders }, (_, index) => orderEvents(start, index)).flat(),
  { id: "late", step: "posted", source: "finance-importer", time: start, keys: { payment_no: "P-late" } },
  { id: "alone", step: "paid", source: "pay", time: start, keys: { payment_no: "P-nowhere" } },
  {
    id: "return",
    flow: "returns",
    step: "asked",
    source: "shop",
    time: start,
    keys: { return_no: "R-1", order_no: "SO-1" },
  },
  { id: "stray", system: "warehouse", source: "wms", time: start, outcome: "failed", keys: { pallet_no: "W-1" } },
];

/** Two of five go wrong at finance, one of them with a clock that is behind. */
const orderEvents = (start: number, index: number): readonly object[] => {
  const keys = { order_no: `SO-${index}`, payment_no: `P-${index}` };
  const at = start + index * 100;
  const placed = {
    id: `p-${index}`,
    step: "placed",
    source: "oms",
    time: at,
    keys: { ...keys, customer_phone: "13900139000" },
  };
  const paid = {
    id: `y-${index}`,
    step: "paid",
    source: "pay",
    time: at + (index % 5 === 4 ? -700 : 40 * (index % 50)),
    keys,
  };
  const posted = { id: `f-${index}`, step: "posted", source: "finance-importer", time: at + 4_000, keys };
  if (index % 5 === 0)
    return [placed, paid, { ...posted, outcome: "failed", error: { class: "timeout", message: `no answer ${index}` } }];
  if (index % 5 === 1) return [placed, paid];
  return [placed, paid, posted];
};

async function doAsPeople(control: ControlStorage, at: number): Promise<void> {
  const anna = await control.access.createUser(
    { name: "Anna", role: "administrator", passwordHash: "hash", createdAt: at },
    "test",
  );
  await control.access.savePreferences(anna.id, {
    language: "zh",
    theme: "dark",
    timeZone: "Asia/Tokyo",
    singleKeys: false,
  });
  await control.access.recordFailedSignIn(anna.id, at + 1, at + 2);
  const link = { secretHash: linkHash, expiresAt: at + 30 * 86_400_000 };
  const ben = await control.access.createUser(
    { name: "Ben", role: "support", passwordHash: link, createdAt: at },
    "Anna",
  );
  await control.closings.close({ flow, primary: "SO-0", at, by: "Ben", reason: "refunded by phone" });
  const note = { ...noted, at, author: ben.id, by: "Ben" };
  await control.notes.add({ ...note, text: "Customer rang. 客户来电" });
  const gone = await control.notes.add({ ...note, text: "wrong record" });
  await control.notes.delete(gone.id, ben.id, at + 1);
  await control.definitions.saveSetting("copied", { b: [1, 2], a: "x" });
  const { id } = await control.requests.add({ kind: "rejudge", input: { flow }, by: "Anna", createdAt: at });
  await waitFor("the answer of the worker", async () => (await control.requests.find(id))?.state === "done");
}

async function sendAndStop(
  home: string,
  options: { readonly flows?: Readonly<Record<string, string>> },
  work: (worker: TestWorker) => Promise<void>,
): Promise<void> {
  const worker = await startTestWorker({ home, ...options });
  try {
    await work(worker);
  } finally {
    await worker.stop();
  }
}

async function send(worker: TestWorker, events: readonly object[]): Promise<void> {
  for (let first = 0; first < events.length; first += 5_000) {
    const { rejected } = await worker.sendHops(events.slice(first, first + 5_000));
    if (rejected.length > 0) throw new Error(`Rejected: ${JSON.stringify(rejected)}`);
  }
}

/** As retention does: events go, what is known of their journeys stays. */
async function expireAll(home: string): Promise<void> {
  const storage = await openEvents({ home, elasticsearch: null }, { mode: "writer", now: Date.now });
  try {
    await storage.events.expire(Date.now() + 86_400_000);
  } finally {
    await storage.close();
  }
}
