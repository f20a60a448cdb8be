import { describe, expect, it } from "vitest";
import type { NewDeadLetter } from "#lib/storage/dead-letters.ts";
import { type EventAdapter, useEventBed, visibleWithin } from "#test/conformance/events/event-bed.ts";
import { DAY, TEN } from "#test/conformance/events/make.ts";

const letter = (receivedAt: number, changes: Partial<NewDeadLetter> = {}): NewDeadLetter => ({
  reason: "missing_keys",
  path: "/keys",
  source: "oms",
  text: '{"id":"<script>\u0000"}',
  cut: false,
  receivedAt,
  ...changes,
});

export const checkDeadLetters = (adapter: EventAdapter): void => {
  describe(`dead letters of ${adapter.name}`, () => {
    const kit = useEventBed(adapter);

    it("keeps what a letter's token was allowed to say, and that it was brought in", async () => {
      const storage = await kit.open("writer");
      const limited = letter(TEN, { allowed: { sources: ["a", "b"], systems: ["oms"] }, backfill: true });
      await storage.deadLetters.add([limited, letter(TEN - 1)]);
      const { items } = await storage.deadLetters.list({ cursor: null, limit: 9 });
      expect(items[0]).toMatchObject(limited);
      expect(items[1]).not.toHaveProperty("allowed");
      expect(items[1]).not.toHaveProperty("backfill");
    });

    it("keeps of what it is handed nothing but the letter", async () => {
      const { deadLetters } = await kit.open("writer");
      const handed = { ...letter(TEN), accepted: false };
      await deadLetters.add([handed]);
      const [kept] = (await deadLetters.list({ cursor: null, limit: 1 })).items;
      expect(kept).toEqual({ ...letter(TEN), id: kept?.id, redrivenAt: null });
      expect(await deadLetters.find(kept?.id ?? "")).toEqual(kept);
    });

    it("counts the open ones by reason and source, most first", async () => {
      const { deadLetters } = await kit.open("writer");
      await deadLetters.add([
        letter(TEN, { reason: "invalid_json", source: null }),
        letter(TEN),
        letter(TEN + 1),
        letter(TEN + 2),
        letter(TEN + 3, { source: "wms" }),
      ]);
      const [newest] = (await deadLetters.list({ source: "oms", cursor: null, limit: 1 })).items;
      await deadLetters.markRedriven([newest?.id ?? ""], TEN + 9);
      expect(await deadLetters.countByCause()).toEqual([
        { reason: "missing_keys", source: "oms", count: 2 },
        { reason: "invalid_json", source: null, count: 1 },
        { reason: "missing_keys", source: "wms", count: 1 },
      ]);
    });

    it("keeps what was rejected with its reason, newest first, by reason and source", async () => {
      const { deadLetters } = await kit.open("writer");
      await deadLetters.add([
        letter(TEN),
        letter(TEN + 2, { reason: "invalid_json", source: null, path: "", cut: true }),
      ]);
      await deadLetters.add([letter(TEN + 1, { source: "wms" })]);
      const all = await deadLetters.list({ cursor: null, limit: 9 });
      expect(all.items.map(({ receivedAt }) => receivedAt)).toEqual([TEN + 2, TEN + 1, TEN]);
      expect(all.next).toBeNull();
      expect(all.items[0]).toEqual({
        ...letter(TEN + 2, { reason: "invalid_json", source: null, path: "", cut: true }),
        id: all.items[0]?.id,
        redrivenAt: null,
      });
      const timesOf = async (query: { readonly reason?: "missing_keys"; readonly source?: string }) =>
        (await deadLetters.list({ ...query, cursor: null, limit: 9 })).items.map(({ receivedAt }) => receivedAt);
      expect(await timesOf({ reason: "missing_keys" })).toEqual([TEN + 1, TEN]);
      expect(await timesOf({ source: "oms" })).toEqual([TEN]);
      expect(await timesOf({ reason: "missing_keys", source: "wms" })).toEqual([TEN + 1]);
      expect(await deadLetters.find(all.items[1]?.id ?? "")).toEqual(all.items[1]);
      expect(await deadLetters.find("none")).toBeNull();
    });

    it("marks several as re-driven at once, and every process sees it then", async () => {
      const { deadLetters } = await kit.open("writer");
      const others = (await kit.open("reader")).deadLetters;
      await deadLetters.add([letter(TEN), letter(TEN + DAY), letter(TEN + 1)]);
      const { items } = await deadLetters.list({ cursor: null, limit: 9 });
      await deadLetters.markRedriven([...items.slice(0, 2).map(({ id }) => id), "none", "7e9"], TEN + 2);
      const seen = await others.list({ cursor: null, limit: 9 });
      expect(seen.items.map(({ redrivenAt }) => redrivenAt)).toEqual([TEN + 2, TEN + 2, null]);
      expect(await others.countOpen()).toBe(1);
    });

    it("pages without leaving one out or showing one twice, whatever comes meanwhile", async () => {
      const { deadLetters } = await kit.open("writer");
      await deadLetters.add(Array.from({ length: 25 }, (_, place) => letter(TEN + Math.floor(place / 10))));
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof deadLetters.list>> = await deadLetters.list({ cursor, limit: 4 });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next;
        await deadLetters.add([letter(TEN + 9)]);
      } while (cursor !== null);
      expect(new Set(seen).size).toBe(25);
      expect(seen).toHaveLength(25);
      await expect(deadLetters.list({ cursor: "next", limit: 4 })).rejects.toMatchObject({ code: "invalid_cursor" });
    });

    it("marks what was re-driven, counts what is open and forgets what is old", async () => {
      const storage = await kit.open("writer");
      const reader = await kit.open("reader");
      await storage.deadLetters.add([letter(TEN - 9 * DAY), letter(TEN), letter(TEN + 1)]);
      expect(await storage.deadLetters.countOpen()).toBe(3);
      const [newest] = (await storage.deadLetters.list({ cursor: null, limit: 1 })).items;
      await storage.deadLetters.markRedriven([newest?.id ?? ""], TEN + 5);
      expect(await storage.deadLetters.find(newest?.id ?? "")).toMatchObject({ redrivenAt: TEN + 5 });
      expect((await storage.deadLetters.list({ open: true, cursor: null, limit: 9 })).items).toHaveLength(2);
      expect(await storage.deadLetters.expire(TEN - DAY)).toBe(1);
      const next = await kit.reopen(storage);
      expect(await next.deadLetters.countOpen()).toBe(1);
      await expect
        .poll(async () => (await reader.deadLetters.list({ cursor: null, limit: 9 })).items.length, visibleWithin)
        .toBe(2);
    });
  });
};
