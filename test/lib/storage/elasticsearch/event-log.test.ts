import { describe, expect, it } from "vitest";
import { eventSchema } from "#lib/storage/elasticsearch/event-document.ts";
import { placeOf } from "#lib/storage/elasticsearch/event-place.ts";
import type { AcceptItem, AcceptResult, Arrival, EventLog } from "#lib/storage/event-log.ts";
import { DAY, makeEvent, order, orderNo, orders, paid, TEN, unmatched } from "#test/conformance/events/make.ts";
import { faulty, setUpEventStore } from "#test/lib/storage/elasticsearch/event-store.ts";

const bed = setUpEventStore();

const many = (count: number, changes: (at: number) => Partial<AcceptItem["event"]> = () => ({})) =>
  Array.from({ length: count }, (_, at) => unmatched(`e${at}`, { keys: { [orderNo]: [`SO-${at}`] }, ...changes(at) }));

const countOf = ({ outcomes }: AcceptResult) =>
  Object.fromEntries(
    Object.entries(Object.groupBy(outcomes, (outcome) => outcome)).map(([name, all]) => [name, all?.length]),
  );

const textOf = (arrival: Arrival | null | undefined) => `${arrival?.writer}:${arrival?.sequence}`;

const scanAll = async (events: EventLog) => (await events.scan(null, 50_000)).map(({ event }) => event.id);

describe("the event log on a cluster, with several workers", () => {
  it("takes each event in once when workers are given the same at the same moment", async () => {
    const [a, b] = [await bed.open(), await bed.open()];
    const [first, second] = await Promise.all([a.events.accept(many(500)), b.events.accept(many(500).toReversed())]);
    const theirs = second.outcomes.toReversed();
    for (const [at, outcome] of first.outcomes.entries())
      expect(new Set([outcome, theirs[at]])).toEqual(new Set(["accepted", "duplicate"]));
    expect(await a.events.countAll()).toBe(500);
    const arrivals = [...(first.arrivals ?? []), ...(second.arrivals ?? [])].filter((arrival) => arrival !== null);
    expect(new Set(arrivals.map(textOf)).size).toBe(500);
    const kept = await a.events.scan(null, 1_000);
    expect(new Set(kept.map(({ arrival }) => textOf(arrival)))).toEqual(new Set(arrivals.map(textOf)));
  });

  it("lets the first of two contents stay, whichever worker brought it", async () => {
    const [a, b] = [await bed.open(), await bed.open()];
    const [first, second] = await Promise.all([
      a.events.accept(many(200, () => ({ contentHash: "a" }))),
      b.events.accept(many(200, () => ({ contentHash: "b" })).toReversed()),
    ]);
    const theirs = second.outcomes.toReversed();
    for (const [at, outcome] of first.outcomes.entries()) {
      expect(new Set([outcome, theirs[at]])).toEqual(new Set(["accepted", "id_reused"]));
      const event = await b.events.find("oms", `e${at}`);
      expect(event?.contentHash).toBe(outcome === "accepted" ? "a" : "b");
    }
  });

  it("judges the repeats of a batch by what is kept, not by what came first in it", async () => {
    const { events } = await bed.open();
    const [kept, other] = [unmatched("a"), unmatched("a", { contentHash: "other" })];
    await events.accept([kept]);
    expect((await events.accept([other, kept, other])).outcomes).toEqual(["id_reused", "duplicate", "id_reused"]);
    const [x, y] = [unmatched("b"), unmatched("b", { contentHash: "other" })];
    const result = await events.accept([y, x, y, x]);
    expect(result.outcomes).toEqual(["accepted", "id_reused", "duplicate", "id_reused"]);
    expect(result.arrivals?.map((arrival) => arrival !== null)).toEqual([true, false, false, false]);
  });

  it("knows copies of yesterday, of tomorrow and of days long settled", async () => {
    const { events } = await bed.open();
    for (const days of [60, 9, 1, 0, -1])
      await events.accept([
        unmatched(`d${days}`, { ingestedAt: TEN - days * DAY }),
        unmatched("same", { ingestedAt: TEN - 60 * DAY }),
      ]);
    const again = [60, 9, 1, 0, -1].flatMap((days) => [
      unmatched(`d${days}`, { ingestedAt: TEN }),
      unmatched(`d${days}`, { ingestedAt: TEN, contentHash: "other" }),
    ]);
    const { outcomes } = await (await bed.open()).events.accept([...again, unmatched("new")]);
    expect(outcomes).toEqual([...again.map((_, at) => (at % 2 === 0 ? "duplicate" : "id_reused")), "accepted"]);
    expect((await events.accept([unmatched("d9", { ingestedAt: TEN - 30 * DAY })])).outcomes).toEqual(["duplicate"]);
    expect(await events.countAll()).toBe(7);
  });

  it("takes in events of so many settled days that their names together are longer than an address may be", async () => {
    const prefix = `${bed.settings.prefix}-${"x".repeat(120)}`;
    const { events } = await bed.open({ cluster: bed.openAnother({ prefix }) });
    const days = many(30, (at) => ({ ingestedAt: TEN - (at + 2) * DAY }));
    expect(countOf(await events.accept(days))).toEqual({ accepted: 30 });
    expect(countOf(await events.accept(days.slice(0, 3)))).toEqual({ duplicate: 3 });
  });

  it("takes each event in once at midnight, when the clocks of two workers say two days", async () => {
    const midnight = Math.ceil(TEN / DAY) * DAY;
    const [a, b] = [await bed.open({ now: () => midnight - 800 }), await bed.open({ now: () => midnight + 700 })];
    const accepted: AcceptResult[] = [];
    for (let batch = 0; batch < 6; batch += 1) {
      const at = (ingestedAt: number) =>
        many(50, (each) => ({ ingestedAt, keys: { [orderNo]: [`${batch}-${each}`] } })).map((item, each) => ({
          ...item,
          event: { ...item.event, id: `${batch}-${each}` },
        }));
      accepted.push(
        ...(await Promise.all([a.events.accept(at(midnight - 1)), b.events.accept(at(midnight + 1).toReversed())])),
      );
    }
    expect(accepted.flatMap(({ outcomes }) => outcomes).filter((outcome) => outcome === "accepted")).toHaveLength(300);
    expect(await a.events.countAll()).toBe(300);
    const later = await bed.open({ now: () => midnight + 2 * DAY });
    expect(await later.events.expire(0)).toBe(0);
    expect(await later.events.countAll()).toBe(300);
    expect(
      Object.keys(await bed.cluster.client.indices.get({ index: `${bed.settings.prefix}-event-claim-*` })),
    ).toEqual([]);
  });

  it("goes on in order of its own sequence when arrivals come out of order", async () => {
    const { events } = await bed.open();
    const result = await events.accept(many(50, (at) => ({ ingestedAt: TEN - at })));
    await events.accept([unmatched("last", { ingestedAt: TEN - DAY / 24 })]);
    expect(await scanAll(events)).toEqual([...many(50).map(({ event }) => event.id), "last"]);
    expect((await events.scan(result.position, 9)).map(({ event }) => event.id)).toEqual(["last"]);
  });

  it("tells of each writer's events, in order, from any of its own on", async () => {
    const [a, b] = [await bed.open(), await bed.open()];
    for (let batch = 0; batch < 3; batch += 1) {
      await a.events.accept(
        many(30, (at) => ({ keys: { [orderNo]: [`A-${batch}-${at}`] } })).map((item) => ({
          ...item,
          event: { ...item.event, id: `a${batch}-${item.event.id}` },
        })),
      );
      await b.events.accept([unmatched(`b${batch}`)]);
    }
    const writers = new Map((await a.events.arrivals?.listWriters(0))?.map((each) => [each.writer, each.sequence]));
    expect(writers).toEqual(
      new Map([
        [a.events.arrivals?.writer, 90],
        [b.events.arrivals?.writer, 3],
      ]),
    );
    expect(await a.events.arrivals?.listWriters(TEN + DAY)).toEqual([]);
    const after = { writer: a.events.arrivals?.writer ?? "", sequence: 35 };
    const rest = (await b.events.arrivals?.scanAfter(after, 20)) ?? [];
    expect(rest.map(({ arrival }) => arrival?.sequence)).toEqual(Array.from({ length: 20 }, (_, at) => 36 + at));
    expect(rest[0]?.event.id).toBe("a1-e5");
    expect(await b.events.arrivals?.scanAfter({ ...after, sequence: 90 }, 20)).toEqual([]);
  });

  it("lists events of a key newest first beyond what one search finds", async () => {
    const { events } = await bed.open();
    const keys = { [orderNo]: ["SO-hot"] };
    for (let batch = 0; batch < 6; batch += 1)
      await events.accept(Array.from({ length: 2_000 }, (_, at) => unmatched(`e${batch * 2_000 + at}`, { keys })));
    const listed = await events.listByKeys([order("SO-hot")], 50_000);
    expect(listed.map(({ id }) => id)).toEqual(Array.from({ length: 12_000 }, (_, at) => `e${11_999 - at}`));
    expect(await events.listByKeys([order("SO-hot")], 10_500)).toHaveLength(10_500);
  });

  it("keeps events with thousands of different fields and no more fields than its own in the index", async () => {
    const { events } = await bed.open();
    const items = many(1_000, (at) => ({
      payload: Object.fromEntries(Array.from({ length: 10 }, (_, field) => [`field.${at}-${field}`, { value: field }])),
      attributes: { [`attribute ${at}`]: "", "": at },
    }));
    expect(countOf(await events.accept(items))).toEqual({ accepted: 1_000 });
    expect(await events.find("oms", "e999")).toEqual(items[999]?.event);
    const mapping = await bed.cluster.client.indices.getMapping({ index: bed.cluster.indexOf(eventSchema, TEN) });
    for (const { mappings } of Object.values(mapping))
      expect(Object.keys(mappings.properties ?? {}).toSorted()).toEqual(Object.keys(eventSchema.properties).toSorted());
  });
});

describe("what a cluster does to single events", () => {
  it("refuses the one that can never be written, and takes the others in", async () => {
    const { events } = await bed.open();
    const index = bed.cluster.indexOf(eventSchema, TEN);
    // An index somebody else has made: no failed event fits into it.
    await bed.cluster.client.indices.create({
      index,
      mappings: { properties: { ...eventSchema.properties, failedFlows: { type: "long" } } },
      aliases: { [bed.cluster.aliasOf(eventSchema)]: {} },
    });
    const failed: AcceptItem = {
      event: makeEvent("bad", { outcome: "failed" }),
      matches: [{ flow: orders, step: paid }],
    };
    const result = await events.accept([unmatched("a"), failed, unmatched("b"), failed]);
    expect(result.outcomes).toEqual(["accepted", "refused", "accepted", "refused"]);
    expect(result.refusals?.get(1)).toContain("document_parsing_exception");
    expect(result.arrivals?.[1]).toBeNull();
    expect(await scanAll(events)).toEqual(["a", "b"]);
  });

  it("costs no event where it is the cluster that is set up wrong", async () => {
    const { events } = await bed.open();
    const index = bed.cluster.indexOf(eventSchema, TEN);
    await bed.cluster.client.indices.create({ index, aliases: { [bed.cluster.aliasOf(eventSchema)]: {} } });
    await bed.cluster.client.indices.close({ index });
    await expect(events.accept(many(3))).rejects.toMatchObject({ code: "unavailable", retryable: true });
    await bed.cluster.client.indices.open({ index });
    expect(countOf(await events.accept(many(3)))).toEqual({ accepted: 3 });
  });
});

describe("an accept that fails half-way", () => {
  const ids = (count: number) => Array.from({ length: count }, (_, at) => `e${at}`);

  it("accepts all of it when it is sent again, and knows it as a repeat from then on", async () => {
    const broken = faulty(bed.openAnother());
    const { events } = await bed.open({ cluster: broken.cluster });
    const before = await events.accept([unmatched("before")]);
    broken.failAfter(40);
    await expect(events.accept(many(100))).rejects.toMatchObject({ code: "unavailable", retryable: true });
    const [other, third] = [unmatched("e7", { contentHash: "other" }), await events.accept([unmatched("third")])];
    expect(third.position).toEqual(before.position);
    expect((await events.accept([other])).outcomes).toEqual(["id_reused"]);
    const again = await events.accept(many(100));
    expect(countOf(again)).toEqual({ accepted: 100 });
    expect(placeOf(again.position ?? before.position ?? ("" as never)).sequence).toBeGreaterThan(102);
    expect(countOf(await events.accept(many(100)))).toEqual({ duplicate: 100 });
    expect(await events.arrivals?.takeUp()).toEqual([]);
    expect(await events.countAll()).toBe(102);
    const kept = await events.scan(null, 1_000);
    expect(new Set(kept.map(({ arrival }) => textOf(arrival))).size).toBe(102);
    expect(await events.scan(again.position, 9)).toEqual([]);
  });

  it("counts once what the cluster has stored without saying so in time", async () => {
    const broken = faulty(bed.openAnother());
    const { events } = await bed.open({ cluster: broken.cluster });
    const answer = broken.answerLate();
    await expect(events.accept(many(100), 2_000)).rejects.toMatchObject({ code: "unavailable", retryable: true });
    answer();
    expect(await events.countAll()).toBe(100);
    const again = await events.accept(many(100));
    expect(countOf(again)).toEqual({ accepted: 100 });
    expect(again.arrivals?.[0]?.sequence).toBeGreaterThan(100);
    expect(await events.arrivals?.takeUp()).toEqual([]);
    expect(countOf(await events.accept(many(100)))).toEqual({ duplicate: 100 });
    expect(await events.countAll()).toBe(100);
  });

  it("hands over what nobody sends again, once, behind all that was handed over before", async () => {
    const broken = faulty(bed.openAnother());
    let now = TEN;
    const { events } = await bed.open({ cluster: broken.cluster, now: () => now });
    broken.failAfter(40);
    await expect(events.accept(many(100))).rejects.toMatchObject({ retryable: true });
    const next = await events.accept([unmatched("next")]);
    const left = (await events.arrivals?.takeUp()) ?? [];
    expect(left.map(({ event }) => event.id)).toEqual(ids(40));
    for (const { arrival, position } of left) {
      expect(arrival?.sequence).toBeGreaterThan(next.arrivals?.[0]?.sequence ?? 0);
      expect(placeOf(position).sequence).toBe(0);
    }
    expect(await events.arrivals?.takeUp()).toEqual([]);
    expect(countOf(await events.accept(many(40)))).toEqual({ duplicate: 40 });
    // The rest may still be on its way to the cluster; not for ever.
    const held = await events.accept([unmatched("soon")]);
    expect(placeOf(held.position ?? ("" as never)).sequence).toBe(0);
    now += 121_000;
    expect(await events.arrivals?.takeUp()).toEqual([]);
    broken.failAfter(1);
    await expect(events.accept([unmatched("last")])).rejects.toMatchObject({ retryable: true });
    const [last] = (await events.arrivals?.takeUp()) ?? [];
    expect(await events.scan(last?.position ?? null, 9)).toEqual([]);
    const free = await events.accept([unmatched("later")]);
    expect((await events.scan(free.position, 9)).length).toBe(0);
  });

  it("is found from the position on when its worker is gone, though another was told of a repeat", async () => {
    const broken = faulty(bed.openAnother());
    const dead = await bed.open({ cluster: broken.cluster });
    await dead.events.accept([unmatched("before")]);
    broken.failAfter(100);
    await expect(dead.events.accept(many(100))).rejects.toMatchObject({ retryable: true });
    const { position } = await dead.events.accept([unmatched("after")]);
    const { events } = await bed.open();
    expect(countOf(await events.accept(many(100)))).toEqual({ duplicate: 100 });
    const { writer, sequence } = placeOf(position ?? ("" as never));
    const left = (await events.arrivals?.scanAfter({ writer, sequence }, 1_000)) ?? [];
    expect(left.map(({ event }) => event.id)).toEqual([...ids(100), "after"]);
  });

  it("leaves in doubt what it took up in a call that then failed", async () => {
    const broken = faulty(bed.openAnother());
    const { events } = await bed.open({ cluster: broken.cluster });
    broken.failAfter(10);
    await expect(events.accept(many(10))).rejects.toMatchObject({ retryable: true });
    broken.failAfter(10);
    await expect(events.accept(many(10))).rejects.toMatchObject({ retryable: true });
    expect(countOf(await events.accept(many(10)))).toEqual({ accepted: 10 });
    expect(countOf(await events.accept(many(10)))).toEqual({ duplicate: 10 });
  });

  it("does not take for a repeat what its own client has sent twice", async () => {
    const broken = faulty(bed.openAnother());
    const { events } = await bed.open({ cluster: broken.cluster });
    broken.sendTwice();
    expect(countOf(await events.accept(many(50)))).toEqual({ accepted: 50 });
    expect(countOf(await events.accept(many(50)))).toEqual({ duplicate: 50 });
  });
});
