import { describe, expect, it } from "vitest";
import { toSourceId } from "#lib/id/id.ts";
import type { EventStorage } from "#lib/storage/storage.ts";
import { type EventAdapter, useEventBed } from "#test/conformance/events/event-bed.ts";
import { makeChange, makeSource, orders, paid, posted, refunds, TEN } from "#test/conformance/events/make.ts";

export const checkSources = (adapter: EventAdapter): void => {
  describe(`sources of ${adapter.name}`, () => {
    const kit = useEventBed(adapter);

    it("keeps the newest progress of each source and the largest heartbeat", async () => {
      const storage = await kit.open("writer");
      await storage.projection.commit(
        makeChange({ sources: [makeSource("oms", { newestEventAt: TEN }), makeSource("wms")] }),
      );
      await storage.projection.commit(
        makeChange({ sources: [makeSource("oms", { newestEventAt: TEN + 5, acceptedTotal: 2 })] }),
      );
      await storage.sources.acceptHeartbeat({ source: "oms", at: TEN + 20, arrivedAt: TEN + 21 });
      await storage.sources.acceptHeartbeat({ source: "oms", at: TEN + 10, arrivedAt: TEN + 30 });
      await storage.sources.acceptHeartbeat({ source: "quiet", at: TEN + 1, arrivedAt: TEN + 2 });
      const check = async ({ sources }: EventStorage) => {
        const bySource = new Map((await sources.list()).map((source) => [source.source, source]));
        expect(bySource.get(toSourceId("oms"))).toEqual(
          makeSource("oms", { newestEventAt: TEN + 5, acceptedTotal: 2, heartbeatAt: TEN + 20, lastSeenAt: TEN + 30 }),
        );
        expect(bySource.get(toSourceId("wms"))).toEqual(makeSource("wms"));
        expect(bySource.get(toSourceId("quiet"))).toEqual(
          makeSource("quiet", { acceptedTotal: 0, heartbeatAt: TEN + 1, lastSeenAt: TEN + 2 }),
        );
        expect(bySource.size).toBe(3);
      };
      await check(storage);
      await check(await kit.reopen(storage));
    });

    it("knows who reported which step of a flow, and when last", async () => {
      const storage = await kit.open("writer");
      const reporter = (step: typeof paid, source: string, newestEventAt: number, flow = orders) => ({
        flow,
        step,
        source: toSourceId(source),
        newestEventAt,
      });
      await storage.projection.commit(
        makeChange({
          reporters: [reporter(paid, "oms", TEN), reporter(posted, "erp", TEN), reporter(paid, "oms", TEN, refunds)],
        }),
      );
      await storage.projection.flush();
      await storage.projection.commit(
        makeChange({ reporters: [reporter(paid, "oms", TEN + 5), reporter(paid, "psp", TEN)] }),
      );
      const check = async ({ sources }: EventStorage) => {
        const listed = await sources.listReporters(orders);
        expect(new Set(listed)).toEqual(
          new Set([reporter(paid, "oms", TEN + 5), reporter(paid, "psp", TEN), reporter(posted, "erp", TEN)]),
        );
        expect(listed).toHaveLength(3);
      };
      await check(storage);
      await check(await kit.reopen(storage));
    });

    it("tells how far sources have come that other writers heard, where there can be others", async () => {
      const storage = await kit.open("writer");
      await storage.projection.commit(makeChange({ sources: [makeSource("oms", { newestEventAt: TEN })] }));
      await storage.sources.acceptHeartbeat({ source: "oms", at: TEN + 20, arrivedAt: TEN + 21 });
      const heard = await storage.sources.listHeard();
      if (adapter.hasOneWriter === true) expect(heard).toEqual([]);
      else
        expect(heard).toEqual([
          {
            source: "oms",
            newestEventAt: TEN,
            heartbeatAt: TEN + 20,
            lastSeenAt: Math.max(TEN + 21, makeSource("oms").lastSeenAt),
          },
        ]);
    });
  });
};
