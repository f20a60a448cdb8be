import { describe, expect, it } from "vitest";
import { openEventStorage } from "#lib/storage/sqlite/event-storage.ts";
import { hashIdentity, hashKey } from "#lib/storage/sqlite/key-hash.ts";
import { makeEvent, order, orderNo, TEN } from "#test/conformance/events/make.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

/** Two different numbers whose texts hash alike; among half a million there are seven such pairs on average. */
const findCollision = (hash: (number: number) => number): readonly [number, number] => {
  const seen = new Map<number, number>();
  for (let number = 0; number < 5_000_000; number += 1) {
    const twin = seen.get(hash(number));
    if (twin !== undefined) return [twin, number];
    seen.set(hash(number), number);
  }
  throw new Error("No collision found");
};

describe("keys and identities whose hashes collide", () => {
  it("never lead to each other's events, in an open and in a sealed segment", async () => {
    const keys = findCollision((number) => hashKey(order(`SO-${number}`))).map((number) => order(`SO-${number}`));
    const ids = findCollision((number) => hashIdentity("oms", `id-${number}`)).map((number) => `id-${number}`);
    const storage = await openEventStorage({
      directory: makeTempFolder(),
      mode: "writer",
      now: () => TEN,
      eventsPerSegment: 4,
    });
    const eventOf = (place: number, id: string) => makeEvent(id, { keys: { [orderNo]: [keys[place]?.value ?? ""] } });
    const items = ids.map((id, place) => ({ event: eventOf(place, id), matches: [] }));
    const check = async () => {
      for (const [place, key] of keys.entries()) {
        expect((await storage.events.listByKeys([key], 9)).map((event) => event.id)).toEqual([ids[place]]);
        expect(await storage.events.find("oms", ids[place] ?? "")).toEqual(eventOf(place, ids[place] ?? ""));
      }
      expect((await storage.events.accept(items)).outcomes).toEqual(["duplicate", "duplicate"]);
    };
    expect((await storage.events.accept(items.slice(0, 1))).outcomes).toEqual(["accepted"]);
    expect((await storage.events.accept(items.slice(1))).outcomes).toEqual(["accepted"]);
    await check();
    await storage.events.accept(
      Array.from({ length: 4 }, (_, place) => ({
        event: makeEvent(`other ${place}`, { keys: { [orderNo]: ["other"] } }),
        matches: [],
      })),
    );
    await check();
    await storage.close();
  });
});
