import { describe, expect, it } from "vitest";
import { toFlowId, toStepId } from "#lib/id/id.ts";
import { openSqliteTransfer } from "#lib/storage/sqlite/transfer/open-transfer.ts";
import type { Transfer, TransferItems } from "#lib/storage/transfer.ts";
import { DAY, makeEvent, orderNo, TEN } from "#test/conformance/events/make.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

type Item = TransferItems["event"];

const failed = (id: string, order: string, steps: readonly string[], at = TEN): Item => ({
  event: makeEvent(id, { outcome: "failed", keys: { [orderNo]: [order] }, ingestedAt: at }),
  matches: steps.map((step) => ({
    flow: toFlowId(`of-${step}`),
    step: toStepId(step),
    primary: order,
    signature: "no",
  })),
});

const readAll = async (store: Transfer, limit: number): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.kinds.event.read>> = await store.kinds.event.read(after, limit);
    items.push(...page.items);
    after = page.next;
  } while (after !== null);
  return items;
};

describe("events of the embedded store, read to be copied", () => {
  // Alike in everything that is counted but the record; some matched nothing, some two flows; on two days.
  const items = [
    failed("1", "SO-1", ["paid"]),
    failed("2", "SO-2", []),
    failed("3", "SO-3", ["paid", "posted"]),
    { event: makeEvent("4"), matches: [] },
    failed("5", "SO-5", ["posted"]),
    failed("6", "SO-6", ["paid"], TEN + DAY),
  ];

  it.each([1, 2, 100])(
    "have the steps that each failed at, in pages of %i, also when taken up in the middle",
    async (limit) => {
      const directory = makeTempFolder();
      const store = openSqliteTransfer({ directory, role: "target", now: () => TEN });
      await store.kinds.event.write(items);
      await store.kinds.event.write(items.slice(2));
      expect(await readAll(store, limit)).toEqual(items);
      const { next } = await store.kinds.event.read(null, 2);
      await store.close();
      const again = openSqliteTransfer({ directory, role: "target", now: () => TEN });
      expect((await again.kinds.event.read(next, 100)).items).toEqual(items.slice(2));
      expect(await again.kinds.event.count()).toBe(items.length);
      await again.close();
    },
  );
});
