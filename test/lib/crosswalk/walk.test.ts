import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAdjacent, type Neighbours } from "#lib/crosswalk/adjacent.ts";
import { aliasesAround, aliasesNear } from "#lib/crosswalk/aliases-around.ts";
import { linksOf } from "#lib/crosswalk/links-of.ts";
import { unitsOf } from "#lib/crosswalk/unit.ts";
import { nearestPrimaries } from "#lib/crosswalk/walk.ts";
import { toFlowId, toKeyType, toSourceId } from "#lib/id/id.ts";
import { toKeyId, type Key } from "#lib/key/key.ts";

const order = toKeyType("order_no");
const payment = toKeyType("payment_no");
const waybill = toKeyType("waybill_no");
const types = { primary: order, aliases: [payment, waybill] };
const flow = { flow: toFlowId("order-to-cash"), ...types };

type Sighting = Readonly<Record<string, readonly string[]>>;

/** What a store knows after these events, kept as it keeps it: links both ways. */
const seen = (sightings: readonly Sighting[]): Neighbours => {
  const beside = new Map<string, Map<string, Key>>();
  const put = (from: Key, to: Key): void => {
    const list = beside.get(toKeyId(from)) ?? new Map<string, Key>();
    beside.set(toKeyId(from), list.set(toKeyId(to), to));
  };
  sightings.forEach((keys, index) => {
    for (const { a, b } of linksOf({ source: toSourceId("test"), id: String(index), keys })) {
      put(a, b);
      put(b, a);
    }
  });
  return async (keys, wanted) =>
    new Map(
      keys.map((key) => [
        toKeyId(key),
        [...(beside.get(toKeyId(key))?.values() ?? [])].filter((other) => wanted.includes(other.type)),
      ]),
    );
};

const key = (type: Key["type"], value: string): Key => ({ type, value });
const values = (keys: readonly Key[]): readonly string[] => keys.map((each) => each.value);
const nearest = async (sightings: readonly Sighting[], ...start: readonly Key[]) => {
  const { primaries, links, tooCommon } = await nearestPrimaries(start, createAdjacent(types, seen(sightings)));
  return { primaries: values(primaries), links, tooCommon };
};

describe("whose an event is that names no primary", () => {
  it("is of every primary its alias was seen beside in one event", async () => {
    const sightings = [{ order_no: ["SO-1", "SO-2"], payment_no: ["P-1"] }];
    expect(await nearest(sightings, key(payment, "P-1"))).toEqual({
      primaries: ["SO-1", "SO-2"],
      links: 1,
      tooCommon: false,
    });
  });

  it("is of primaries over a further alias only where no nearer ones are", async () => {
    const far = [
      { order_no: ["SO-1"], payment_no: ["P-1"] },
      { payment_no: ["P-1"], waybill_no: ["W-1"] },
    ];
    expect(await nearest(far, key(waybill, "W-1"))).toEqual({ primaries: ["SO-1"], links: 2, tooCommon: false });
    const near = [...far, { order_no: ["SO-2"], waybill_no: ["W-1"] }];
    expect(await nearest(near, key(waybill, "W-1"))).toEqual({ primaries: ["SO-2"], links: 1, tooCommon: false });
  });

  it("goes over four links and no further", async () => {
    const chain = [
      { order_no: ["SO-1"], waybill_no: ["W-1"] },
      { waybill_no: ["W-1", "W-2"] },
      { waybill_no: ["W-2", "W-3"] },
      { waybill_no: ["W-3", "W-4"] },
      { waybill_no: ["W-4", "W-5"] },
    ];
    expect(await nearest(chain, key(waybill, "W-4"))).toMatchObject({ primaries: ["SO-1"], links: 4 });
    expect(await nearest(chain, key(waybill, "W-5"))).toMatchObject({ primaries: [], links: 0 });
  });

  it("starts the walk at all its aliases together", async () => {
    const sightings = [
      { order_no: ["SO-1"], payment_no: ["P-1"] },
      { waybill_no: ["W-1", "W-2"] },
      { order_no: ["SO-2"], waybill_no: ["W-2"] },
    ];
    expect(await nearest(sightings, key(payment, "P-1"), key(waybill, "W-1"))).toMatchObject({
      primaries: ["SO-1"],
      links: 1,
    });
  });

  it("walks the flow's own key types only", async () => {
    const sightings: readonly Sighting[] = [
      { order_no: ["SO-1"], batch_no: ["B"] },
      { batch_no: ["B"], payment_no: ["P-1"] },
    ];
    expect(await nearest(sightings, key(payment, "P-1"))).toMatchObject({ primaries: [] });
  });

  it("never goes through a primary to another alias", async () => {
    const sightings = [
      { order_no: ["SO-1"], payment_no: ["P-1"] },
      { order_no: ["SO-1"], waybill_no: ["W-1"] },
      { order_no: ["SO-2"], waybill_no: ["W-1"] },
    ];
    expect(await nearest(sightings, key(payment, "P-1"))).toMatchObject({ primaries: ["SO-1"] });
  });

  it("waits at a key seen beside more than 1,000 primaries, however they came", async () => {
    const one = Array.from({ length: 1_000 }, (_, index) => ({ order_no: [`SO-${index}`], payment_no: ["N/A"] }));
    expect(await nearest(one, key(payment, "N/A"))).toMatchObject({ links: 1, tooCommon: false });
    const more = [...one, { order_no: ["SO-x"], payment_no: ["N/A"] }];
    expect(await nearest(more, key(payment, "N/A"))).toEqual({ primaries: [], links: 0, tooCommon: true });
    const beyond = [...more, { payment_no: ["N/A"], waybill_no: ["W-1"] }];
    expect(await nearest(beyond, key(waybill, "W-1"))).toEqual({ primaries: [], links: 0, tooCommon: true });
  });

  it("waits where its nearest ring holds more than 1,000 primaries", async () => {
    const half = (name: string) => ({
      order_no: Array.from({ length: 600 }, (_, index) => `SO-${name}-${index}`),
      payment_no: [name],
    });
    expect(await nearest([half("P-1"), half("P-2")], key(payment, "P-1"), key(payment, "P-2"))).toEqual({
      primaries: [],
      links: 0,
      tooCommon: true,
    });
  });
});

describe("an event with many keys", () => {
  it("links as pairs would, at a cost that grows with its keys", async () => {
    const orders = Array.from({ length: 1_000 }, (_, index) => `SO-${index}`);
    const parcels = Array.from({ length: 1_000 }, (_, index) => `W-${index}`);
    const event = { source: toSourceId("oms"), id: "1", keys: { [order]: orders, [waybill]: parcels } };
    expect(linksOf(event)).toHaveLength(2_000);
    expect(await nearest([event.keys], key(waybill, "W-7"))).toMatchObject({ links: 1, tooCommon: false });
    expect((await nearest([event.keys], key(waybill, "W-7"))).primaries).toHaveLength(1_000);
  });
});

describe("units of facts", () => {
  it("are one per primary named, and aliases then spread nothing", () => {
    const units = unitsOf({ keys: { [order]: ["SO-1", "SO-2", "SO-1"], [payment]: ["P-1"] } }, flow);
    expect(units.map(({ keys, isPrimary }) => [values(keys), isPrimary])).toEqual([
      [["SO-1"], true],
      [["SO-2"], true],
    ]);
  });

  it("are one for all aliases together, whatever their order", () => {
    const [first] = unitsOf({ keys: { [waybill]: ["W-2", "W-1"], [payment]: ["P-1"] } }, flow);
    const [second] = unitsOf({ keys: { [payment]: ["P-1"], [waybill]: ["W-1", "W-2"] } }, flow);
    expect(first?.id).toBe(second?.id);
    expect(first?.isPrimary).toBe(false);
  });

  it("are never the same for different keys, whatever signs stand in the values", () => {
    const [two] = unitsOf({ keys: { [waybill]: ["A", "B"] } }, flow);
    const [one] = unitsOf({ keys: { [waybill]: ["A\u0001waybill_no\u0000B"] } }, flow);
    expect(one?.id).not.toBe(two?.id);
  });

  it("are none where no key type is the flow's", () => {
    expect(unitsOf({ keys: { [toKeyType("batch_no")]: ["B"] } }, flow)).toEqual([]);
  });
});

const name = fc.integer({ min: 0, max: 5 });
const sighting = fc
  .record({
    order_no: fc.uniqueArray(name, { maxLength: 2 }),
    payment_no: fc.uniqueArray(name, { maxLength: 2 }),
    waybill_no: fc.uniqueArray(name, { maxLength: 8 }),
  })
  .map((keys) =>
    Object.fromEntries(Object.entries(keys).map(([type, list]) => [type, list.map((n) => `${type}-${n}`)])),
  );

describe("looking the other way round", () => {
  it("finds every alias from which a walk ends at the primary", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(sighting, { maxLength: 12 }),
        name,
        fc.constantFrom(payment, waybill),
        name,
        async (sightings, target, type, start) => {
          const neighbours = seen(sightings);
          const primary = key(order, `order_no-${target}`);
          const alias = key(type, `${type}-${start}`);
          const { primaries } = await nearestPrimaries([alias], createAdjacent(types, neighbours));
          if (!values(primaries).includes(primary.value)) return;
          const around = await aliasesAround([primary], createAdjacent(types, neighbours), 2_000);
          expect(around.keys.map(toKeyId)).toContain(toKeyId(alias));
        },
      ),
    );
  });

  it("finds every alias whose walk a new event changes near that event's keys", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(sighting, { maxLength: 10 }),
        sighting,
        fc.constantFrom(payment, waybill),
        name,
        async (before, added, type, start) => {
          const alias = key(type, `${type}-${start}`);
          const after = [...before, added];
          const old = await nearestPrimaries([alias], createAdjacent(types, seen(before)));
          const now = await nearestPrimaries([alias], createAdjacent(types, seen(after)));
          if (JSON.stringify(old) === JSON.stringify(now)) return;
          const keys = Object.entries(added)
            .flatMap(([each, list]) => list.map((value) => key(toKeyType(each), value)))
            .filter((each) => types.aliases.includes(each.type));
          const near = await aliasesNear(keys, createAdjacent(types, seen(after)), 2_000);
          expect(near.keys.map(toKeyId)).toContain(toKeyId(alias));
        },
      ),
    );
  });
});
