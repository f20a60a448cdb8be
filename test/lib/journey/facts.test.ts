import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyFacts, isEmpty, mergeFacts, toFacts } from "#lib/journey/facts.ts";
import { journeys } from "#test/support/journey-arbitrary.ts";
import { eventOf, factsOf, judged, tools, versionOf } from "#test/support/journey-builder.ts";

/** Three piles of events of one journey, which may share events. */
const piles = journeys.chain(({ version, events }) =>
  fc
    .tuple(fc.subarray([...events]), fc.subarray([...events]), fc.subarray([...events]))
    .map((parts) => parts.map((part) => factsOf(version, part))),
);

describe("merging facts", () => {
  it("does not depend on which comes first", () => {
    fc.assert(
      fc.property(piles, ([a = emptyFacts, b = emptyFacts]) => {
        expect(mergeFacts(a, b)).toEqual(mergeFacts(b, a));
      }),
    );
  });

  it("does not depend on which are merged first", () => {
    fc.assert(
      fc.property(piles, ([a = emptyFacts, b = emptyFacts, c = emptyFacts]) => {
        expect(mergeFacts(mergeFacts(a, b), c)).toEqual(mergeFacts(a, mergeFacts(b, c)));
      }),
    );
  });

  it("counts the same facts once", () => {
    fc.assert(
      fc.property(piles, ([a = emptyFacts, b = emptyFacts]) => {
        const merged = mergeFacts(a, b);
        expect(mergeFacts(merged, a)).toEqual(merged);
        expect(mergeFacts(merged, merged)).toEqual(merged);
      }),
    );
  });

  it("changes nothing where one side is empty", () => {
    fc.assert(
      fc.property(piles, ([a = emptyFacts]) => {
        expect(mergeFacts(a, emptyFacts)).toEqual(a);
        expect(mergeFacts(emptyFacts, a)).toEqual(a);
      }),
    );
  });

  it("leaves what it merges as it was", () => {
    fc.assert(
      fc.property(piles, ([a = emptyFacts, b = emptyFacts]) => {
        const before = JSON.stringify([a, b]);
        mergeFacts(a, b);
        expect(JSON.stringify([a, b])).toBe(before);
      }),
    );
  });

  it("ends in the same text for any order, duplication and batching", () => {
    const shuffled = journeys.chain(({ version, events }) =>
      fc.record({
        version: fc.constant(version),
        events: fc.constant(events),
        again: fc.array(fc.constantFrom(...events), { maxLength: 6 }),
        order: fc.infiniteStream(fc.nat()),
        batch: fc.integer({ min: 1, max: 5 }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ version, events, again, order, batch }) => {
        const sent = [...events, ...again]
          .map((event) => ({ event, place: order.next().value ?? 0 }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ event }) => event);
        const batches = Array.from({ length: Math.ceil(sent.length / batch) }, (_, i) =>
          sent.slice(i * batch, (i + 1) * batch),
        );
        const merged = batches.map((each) => factsOf(version, each)).reduce(mergeFacts, emptyFacts);
        expect(JSON.stringify(merged)).toBe(JSON.stringify(factsOf(version, events)));
      }),
    );
  });
});

describe("facts", () => {
  it("survive being written as JSON and read again", () => {
    fc.assert(
      fc.property(piles, ([a = emptyFacts]) => {
        expect(JSON.parse(JSON.stringify(a))).toEqual(a);
      }),
    );
  });

  it("of alias names that mean something to JavaScript are kept apart from it", () => {
    const version = versionOf({ shipped: { per: "waybill_no" } });
    const facts = factsOf(version, [eventOf({ t: 0, step: "shipped", waybills: ["__proto__", "constructor"] })]);
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
    expect(facts.steps[0]?.values?.map(([value]) => value)).toEqual(["__proto__", "constructor"]);
  });

  it("are small: a journey of five events takes some 400 bytes", () => {
    const version = versionOf({
      placed: { system: "oms" },
      paid: { system: "payment", after: "placed" },
      picked: { system: "wms", after: "paid" },
      shipped: { system: "logistics", after: "picked" },
      posted: { system: "finance", after: "paid", contract: "c" },
    });
    const events = version.declaration.steps.map(({ id }, i) =>
      eventOf({
        t: i,
        step: id,
        source: "payment",
        id: `oms-${7781 + i}`,
        payload: { a: 1 },
        checks: { c: { result: "ok" } },
      }),
    );
    expect(JSON.stringify(factsOf(version, events)).length).toBeLessThanOrEqual(420);
  });

  it("are empty for an event at no step, or at one of two", () => {
    const version = versionOf({ placed: { system: "oms" }, cancelled: { system: "oms" } });
    expect(isEmpty(toFacts(eventOf({ t: 0, step: "elsewhere" }), version, tools))).toBe(true);
    const { step: _, ...somewhere } = eventOf({ t: 0, step: "placed", system: "oms" });
    expect(isEmpty(toFacts(somewhere, version, tools))).toBe(true);
  });

  it("count attempts once each, and stop growing in a storm of them", () => {
    const version = versionOf({ placed: {} });
    const storm = Array.from({ length: 600 }, (_, i) =>
      eventOf({ t: i, step: "placed", id: `a-${i}`, outcome: "retrying" }),
    );
    const [first] = storm;
    const few = factsOf(version, [...storm.slice(0, 100), ...storm.slice(50, 100), ...(first ? [first] : [])]);
    expect(few.steps[0]?.attempts).toHaveLength(100);
    const all = factsOf(version, storm);
    expect(all.steps[0]?.attempts).toHaveLength(256);
    expect(factsOf(version, storm.toReversed())).toEqual(all);
    expect(JSON.stringify(all).length).toBeLessThan(4000);
  });

  it("cut what a message says, and never in the middle of a character", () => {
    const version = versionOf({ placed: {} });
    const error = { class: "rejected" as const, message: `${"x".repeat(158)}${"🙂".repeat(100)}` };
    const [step] = toFacts(eventOf({ t: 0, step: "placed", outcome: "failed", error }), version, tools).steps;
    expect(step?.failed?.message).toBe(`${"x".repeat(158)}…`);
  });

  it("of a schema without a stored result are judged from what was kept", () => {
    const version = versionOf({
      placed: {},
      paid: { after: "placed", when: "w" },
      posted: { after: "paid", contract: "c" },
    });
    const asked: unknown[] = [];
    const checkKept: typeof tools.checkKept = (schema, value, masks, base) => {
      asked.push([schema.hash, value, Object.keys(masks), base]);
      return { result: "unknown", fields: ["phone"] };
    };
    const masks = { "/payload/phone": { rule: "phone", blank: false, length: 11, formats: [], hash: "h" } };
    const event = eventOf({
      t: 0,
      step: "placed",
      payload: { phone: "138****8000" },
      attributes: { region: "east" },
      masks,
    });
    const [step] = toFacts(event, version, { ...tools, checkKept }).steps;
    expect(asked).toEqual([
      ["w", { attributes: { region: "east" }, payload: { phone: "138****8000" } }, ["/payload/phone"], ""],
      ["c", { phone: "138****8000" }, ["/payload/phone"], "/payload"],
    ]);
    expect(step?.done?.[3]).toEqual({ unsure: ["paid"] });
    expect(step?.payload?.unsure).toEqual([["posted", ["phone"]]]);
  });
});

describe("a judgement", () => {
  it("is the same whatever the order, duplication and batching of its events", () => {
    const anyOrder = journeys.chain(({ version, events }) =>
      fc.tuple(
        fc.constant(version),
        fc.constant(events),
        fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length }),
      ),
    );
    fc.assert(
      fc.property(anyOrder, ([version, events, sent]) => {
        expect(judged(version, sent)).toEqual(judged(version, events));
      }),
    );
  });
});
