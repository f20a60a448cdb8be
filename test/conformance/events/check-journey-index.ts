import { describe, expect, it } from "vitest";
import { linksOf } from "#lib/crosswalk/links-of.ts";
import { toSourceId, toSystemId } from "#lib/id/id.ts";
import type { JourneyCursor, JourneyQuery, JourneyRow } from "#lib/storage/journey-index.ts";
import type { EventStorage } from "#lib/storage/storage.ts";
import { type EventAdapter, useEventBed } from "#test/conformance/events/event-bed.ts";
import {
  HOUR,
  makeChange,
  makeFailed,
  makeJourney,
  makeUnit,
  MINUTE,
  order,
  orders,
  paid,
  payment,
  posted,
  refunds,
  TEN,
} from "#test/conformance/events/make.ts";

const commit = async ({ projection }: EventStorage, ...journeys: readonly JourneyRow[]): Promise<void> =>
  projection.commit(makeChange({ journeys }));

const list = async (
  { journeys }: EventStorage,
  query: Partial<JourneyQuery>,
  limit = 500,
): Promise<readonly string[]> =>
  (await journeys.list({ flows: [orders], ...query }, { cursor: null, limit })).items.map((row) => row.primary);

export const checkJourneyIndex = (adapter: EventAdapter): void => {
  describe(`journey index of ${adapter.name}`, () => {
    const kit = useEventBed(adapter);

    it("lists newest start first over flows, with every kind of filter", async () => {
      const storage = await kit.open("writer");
      const overdue = makeFailed("SO-4", {
        state: "overdue",
        reason: "not_seen",
        field: null,
        errorClass: null,
        system: toSystemId("erp"),
        startedAt: TEN + 4,
        since: TEN + HOUR,
      });
      await commit(
        storage,
        makeJourney("SO-1", { startedAt: TEN + 1 }),
        makeJourney("SO-2", { startedAt: TEN + 2, state: "completed", flow: refunds }),
        makeFailed("SO-3", { startedAt: TEN + 3, point: "kafka:x", signature: "tax_no #" }),
        overdue,
      );
      const both = [orders, refunds];
      expect(await list(storage, { flows: both })).toEqual(["SO-4", "SO-3", "SO-2", "SO-1"]);
      expect(await list(storage, { flows: both }, 2)).toEqual(["SO-4", "SO-3"]);
      expect(await list(storage, { flows: [refunds] })).toEqual(["SO-2"]);
      expect(await list(storage, { flows: [] })).toEqual([]);
      expect(await list(storage, { flows: both, states: ["completed", "failed"] })).toEqual(["SO-3", "SO-2"]);
      expect(await list(storage, { states: [] })).toEqual([]);
      expect(await list(storage, { from: TEN + 3, to: TEN + 4 })).toEqual(["SO-3"]);
      expect(await list(storage, { step: posted })).toEqual(["SO-4", "SO-3"]);
      expect(await list(storage, { step: paid })).toEqual([]);
      for (const query of [
        { reason: "missing_field" },
        { errorClass: "missing_field" },
        { field: "tax_no" },
        { point: "kafka:x" },
        { signature: "tax_no #" },
      ] as const) {
        expect(await list(storage, query)).toEqual(["SO-3"]);
      }
      expect(await list(storage, { system: toSystemId("erp"), step: posted, states: ["overdue"] })).toEqual(["SO-4"]);
      expect(await list(storage, { sinceFrom: TEN + 1, sinceTo: TEN + HOUR + 1 })).toEqual(["SO-4"]);
      expect(await list(storage, { step: posted, sinceTo: TEN + HOUR })).toEqual(["SO-3"]);
      expect(
        await storage.journeys.findMany([
          { flow: orders, primary: "SO-4" },
          { flow: orders, primary: "SO-2" },
        ]),
      ).toEqual([overdue]);
    });

    it("pages stably while journeys come and change", async () => {
      const storage = await kit.open("writer");
      const primaries = Array.from({ length: 120 }, (_, number) => `${'😀ｚ订"x'.slice(0, (number % 5) + 1)}${number}`);
      await commit(
        storage,
        ...primaries.map((primary, number) =>
          makeJourney(primary, {
            startedAt: TEN + Math.floor(number / 40),
            flow: number % 2 === 0 ? orders : refunds,
            state: number % 3 === 0 ? "completed" : "in_progress",
          }),
        ),
      );
      const seen: string[] = [];
      let cursor: JourneyCursor | null = null;
      do {
        const page: Awaited<ReturnType<typeof storage.journeys.list>> = await storage.journeys.list(
          { flows: [orders, refunds] },
          { cursor, limit: 7 },
        );
        seen.push(...page.items.map((row) => row.primary));
        cursor = page.next;
        await commit(
          storage,
          makeJourney(`new ${seen.length}`, { startedAt: TEN + HOUR }),
          makeFailed(primaries[seen.length] ?? "", {
            startedAt: TEN + Math.floor(seen.length / 40),
            flow: seen.length % 2 === 0 ? orders : refunds,
          }),
        );
      } while (cursor !== null);
      expect(seen).toHaveLength(120);
      expect(new Set(seen)).toEqual(new Set(primaries));
      await expect(
        storage.journeys.list({ flows: [orders] }, { cursor: "bm9uc2Vuc2U" as JourneyCursor, limit: 7 }),
      ).rejects.toMatchObject({ code: "invalid_cursor" });
    });

    it("finds journeys by the beginning or end of their primary or of a key that leads to it", async () => {
      const storage = await kit.open("writer");
      const [first, second] = [order("SO-77001"), order("SO-77002")];
      const far = { type: payment("").type, value: "PAY-9-FAR" };
      await storage.projection.commit(
        makeChange({
          units: [makeUnit([first]), makeUnit([second])],
          journeys: [makeJourney(first.value, { startedAt: TEN }), makeFailed(second.value, { startedAt: TEN + 1 })],
          links: [
            { a: first, b: payment("PAY-500") },
            { a: payment("PAY-500"), b: far },
          ],
          keys: [first, second, payment("PAY-500"), far],
        }),
      );
      expect(await list(storage, { keyForm: "so770" })).toEqual(["SO-77002", "SO-77001"]);
      expect(await list(storage, { keyForm: "7001" })).toEqual(["SO-77001"]);
      expect(await list(storage, { keyForm: "y500" })).toEqual(["SO-77001"]);
      expect(await list(storage, { keyForm: "9far" })).toEqual(["SO-77001"]);
      expect(await list(storage, { keyForm: "so770", states: ["failed"] })).toEqual(["SO-77002"]);
      expect(await list(storage, { keyForm: "so770", flows: [refunds] })).toEqual([]);
      const page = await storage.journeys.list({ flows: [orders], keyForm: "so770" }, { cursor: null, limit: 1 });
      expect(
        (await storage.journeys.list({ flows: [orders], keyForm: "so770" }, { cursor: page.next, limit: 1 })).items[0]
          ?.primary,
      ).toBe("SO-77001");
    });

    it("finds journeys by a key that came in an event of very many keys", async () => {
      const storage = await kit.open("writer");
      const [first, second] = [order("SO-77001"), order("SO-77002")];
      const parcels = Array.from({ length: 10 }, (_, number) => payment(`PARCEL-${number}`));
      await storage.projection.commit(
        makeChange({
          units: [makeUnit([first]), makeUnit([second])],
          journeys: [makeJourney(first.value), makeJourney(second.value)],
          links: linksOf({
            source: toSourceId("wms"),
            id: "e1",
            keys: { [first.type]: [first.value], [payment("").type]: parcels.map((key) => key.value) },
          }),
          keys: [first, second, ...parcels],
        }),
      );
      expect(await list(storage, { keyForm: "parcel7" })).toEqual(["SO-77001"]);
    });

    it("counts by state and counts what is alike, as journeys break and heal", async () => {
      const storage = await kit.open("writer");
      const alike = {
        flow: orders,
        step: posted,
        reason: "missing_field",
        errorClass: "missing_field",
        field: "tax_no",
      } as const;
      await commit(
        storage,
        makeJourney("SO-1"),
        makeFailed("SO-2", { since: TEN + 2 }),
        makeFailed("SO-3", { since: TEN + 1, signature: "other" }),
        makeFailed("SO-4", { field: null }),
      );
      expect(await storage.journeys.countAlike(alike)).toEqual({ count: 2, since: TEN + 1 });
      expect(await storage.journeys.countAlike({ ...alike, field: null })).toEqual({ count: 1, since: TEN });
      await storage.projection.flush();
      await commit(storage, makeJourney("SO-3", { state: "completed_late" }), makeFailed("SO-1", { since: TEN + 9 }));
      expect(await storage.journeys.countAlike(alike)).toEqual({ count: 2, since: TEN + 2 });
      expect(await storage.journeys.countAlike({ ...alike, field: "amount" })).toEqual({ count: 0, since: null });
      expect(await storage.journeys.countByState([orders, refunds])).toEqual(
        new Map([
          [orders, { in_progress: 0, completed: 0, completed_late: 1, overdue: 0, failed: 3, unknown: 0 }],
          [refunds, { in_progress: 0, completed: 0, completed_late: 0, overdue: 0, failed: 0, unknown: 0 }],
        ]),
      );
    });

    it("counts the journeys that started in a time, by state", async () => {
      const storage = await kit.open("writer");
      await commit(
        storage,
        makeJourney("SO-1", { startedAt: TEN - 1 }),
        makeJourney("SO-2", { startedAt: TEN }),
        makeJourney("SO-3", { startedAt: TEN + HOUR - 1, state: "completed" }),
        makeFailed("SO-4", { startedAt: TEN + 5 }),
        makeJourney("SO-5", { startedAt: TEN + HOUR }),
        makeJourney("R-1", { startedAt: TEN + 1, flow: refunds }),
      );
      const started = async () => storage.journeys.countStarted([orders, refunds], TEN, TEN + HOUR);
      const none = { in_progress: 0, completed: 0, completed_late: 0, overdue: 0, failed: 0, unknown: 0 };
      expect(await started()).toEqual(
        new Map([
          [orders, { ...none, in_progress: 1, completed: 1, failed: 1 }],
          [refunds, { ...none, in_progress: 1 }],
        ]),
      );
      await commit(storage, makeJourney("SO-4", { startedAt: TEN + 5, state: "completed_late" }));
      expect((await started()).get(orders)).toEqual({ ...none, in_progress: 1, completed: 1, completed_late: 1 });
    });

    it("counts deadlines at a step and those whose record did not arrive", async () => {
      const storage = await kit.open("writer");
      const due = (number: number, dueAt: number, arrived: boolean) =>
        makeJourney(`SO-${number}`, {
          dues: [
            { step: posted, dueAt, arrived },
            { step: paid, dueAt: TEN, arrived: true },
          ],
        });
      await commit(storage, due(1, TEN, true), due(2, TEN + 1, false), due(3, TEN + 2, false), due(4, TEN + 3, false));
      expect(await storage.journeys.countDue(orders, posted, TEN, TEN + 2, TEN + HOUR)).toEqual({ due: 3, missing: 2 });
      expect(await storage.journeys.countDue(orders, posted, TEN, TEN + 2, TEN + 2)).toEqual({ due: 2, missing: 1 });
      await storage.projection.flush();
      await commit(storage, due(2, TEN + 1, true), due(3, TEN + 99, false), makeJourney("SO-4"));
      expect(await storage.journeys.countDue(orders, posted, TEN, TEN + 3, TEN + HOUR)).toEqual({ due: 2, missing: 0 });
      expect(await storage.journeys.countDue(orders, paid, TEN, TEN, TEN + 1)).toEqual({ due: 3, missing: 0 });
      expect(await storage.journeys.countDue(refunds, posted, 0, TEN + 3, TEN + HOUR)).toEqual({ due: 0, missing: 0 });
    });

    it("counts failures by any of the groups, most first, within a time", async () => {
      const storage = await kit.open("writer");
      await commit(
        storage,
        ...Array.from({ length: 7 }, (_, number) =>
          makeFailed(`SO-${number}`, { since: TEN + number * MINUTE, signature: `kind ${number % 2}` }),
        ),
        makeFailed("R-1", {
          flow: refunds,
          state: "overdue",
          reason: "not_seen",
          errorClass: null,
          field: null,
          since: TEN,
        }),
        makeFailed("SO-8", { state: "unknown", reason: "source_silent" }),
      );
      const span = { flows: [orders, refunds], from: TEN, to: TEN + HOUR };
      const [first, second, ...rest] = await storage.journeys.countFailures(span, ["flow", "class"], 9);
      expect(first).toEqual({
        group: { flow: orders, class: "missing_field" },
        count: 7,
        firstAt: TEN,
        lastAt: TEN + 6 * MINUTE,
        newest: [6, 5, 4, 3, 2].map((number) => ({ flow: orders, primary: `SO-${number}` })),
      });
      expect(second).toMatchObject({ group: { flow: refunds, class: null }, count: 1 });
      expect(rest).toEqual([]);
      const kinds = await storage.journeys.countFailures(
        { flows: [orders], from: TEN + MINUTE, to: TEN + 6 * MINUTE },
        ["signature"],
        1,
      );
      expect(kinds).toMatchObject([{ group: { signature: "kind 1" }, count: 3 }]);
      expect(await storage.journeys.countFailures(span, [], 9)).toMatchObject([{ group: {}, count: 8 }]);
    });

    it("wakes journeys by the clock, by a source's watermark and by a step's sources", async () => {
      const storage = await kit.open("writer");
      const oms = toSourceId("oms");
      await commit(
        storage,
        makeJourney("SO-1", { wake: { at: TEN + 5 } }),
        makeJourney("SO-2", { wake: { at: TEN } }),
        makeJourney("SO-3", { wake: { source: { source: oms, after: TEN } } }),
        makeJourney("SO-4", { wake: { source: { source: oms, after: TEN - 1 }, at: TEN + HOUR } }),
        makeJourney("SO-5", { wake: { step: posted } }),
        makeJourney("SO-6", { wake: { step: posted } }),
        makeJourney("SO-7", { wake: { step: posted }, flow: refunds }),
      );
      const { journeys } = storage;
      const names = (rows: readonly JourneyRow[]) => rows.map((row) => row.primary);
      expect(names(await journeys.listDue(TEN + 4, 9))).toEqual(["SO-2"]);
      expect(names(await journeys.listDue(TEN + 5, 9))).toEqual(["SO-2", "SO-1"]);
      expect(names(await journeys.listDue(TEN + 5, 1))).toEqual(["SO-2"]);
      expect(names(await journeys.listWaitingForSource("oms", TEN, 9))).toEqual(["SO-4"]);
      expect(names(await journeys.listWaitingForSource("oms", TEN + 1, 9))).toEqual(["SO-4", "SO-3"]);
      expect(names(await journeys.listWaitingForSource("wms", TEN + 1, 9))).toEqual([]);
      expect(names(await journeys.listWaitingForStep(orders, posted, null, 1))).toEqual(["SO-5"]);
      expect(names(await journeys.listWaitingForStep(orders, posted, "SO-5", 9))).toEqual(["SO-6"]);
      await commit(storage, makeJourney("SO-2"), makeJourney("SO-4", { wake: { at: TEN + 1 } }), makeJourney("SO-6"));
      expect(names(await journeys.listDue(TEN + 5, 9))).toEqual(["SO-4", "SO-1"]);
      expect(names(await journeys.listWaitingForSource("oms", TEN + 1, 9))).toEqual(["SO-3"]);
      expect(names(await journeys.listWaitingForStep(orders, posted, null, 9))).toEqual(["SO-5"]);
      expect(names(await journeys.scan(orders, "SO-4", 9))).toEqual(["SO-5", "SO-6"]);
      const further = [{ source: { source: toSourceId("wms"), after: TEN } }, { step: posted }];
      await commit(storage, makeJourney("SO-2", { wake: { source: { source: oms, after: TEN }, more: further } }));
      expect(names(await journeys.listWaitingForSource("oms", TEN + 1, 9)).toSorted()).toEqual(["SO-2", "SO-3"]);
      expect(names(await journeys.listWaitingForSource("wms", TEN + 1, 9))).toEqual(["SO-2"]);
      expect(names(await journeys.listWaitingForSource("wms", TEN, 9))).toEqual([]);
      expect(names(await journeys.listWaitingForStep(orders, posted, null, 9))).toEqual(["SO-2", "SO-5"]);
      await commit(storage, makeJourney("SO-2"));
      expect(names(await journeys.listWaitingForSource("wms", TEN + 1, 9))).toEqual([]);
      expect(names(await journeys.listWaitingForStep(orders, posted, null, 9))).toEqual(["SO-5"]);
      expect(names(await journeys.scan(orders, null, 2))).toEqual(["SO-1", "SO-2"]);
    });
  });
};
