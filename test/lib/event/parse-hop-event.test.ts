import { describe, expect, it } from "vitest";
import { accepted, arrivedAt, hop, parse, rejection } from "./hop-event-sample.ts";

const dayMs = 86_400_000;

describe("a hop event", () => {
  it("is taken as the wire describes it", () => {
    const event = accepted({
      id: "oms-7781",
      flow: "order-to-cash",
      step: "paid",
      system: "payment",
      operation: "settle",
      time: "2026-11-23T09:02:11.120Z",
      outcome: "failed",
      keys: { order_no: ["SO-1042", "SO-1043"], payment_no: "P-9" },
      attributes: { region: "east" },
      payload: { amount: "129.00", tax_no: "" },
      error: { class: "bad_format", field: "tax_no", code: "FIN-203", message: "…" },
      point: "kafka:payments.captured",
      to: "posted",
      source: "payment-service",
      trace: "00-…-…-01",
    });
    expect(event).toEqual({
      id: "oms-7781",
      source: "payment-service",
      eventTime: Date.parse("2026-11-23T09:02:11.120Z"),
      flow: "order-to-cash",
      step: "paid",
      system: "payment",
      point: "kafka:payments.captured",
      to: "posted",
      trace: "00-…-…-01",
      operation: "settle",
      outcome: "failed",
      keys: { order_no: ["SO-1042", "SO-1043"], payment_no: ["P-9"] },
      attributes: { region: "east" },
      payload: { amount: "129.00", tax_no: "" },
      error: { class: "bad_format", field: "tax_no", code: "FIN-203", message: "…" },
    });
  });

  it("processes and is ok where it does not say otherwise", () => {
    expect(accepted(hop())).toMatchObject({ operation: "process", outcome: "ok" });
  });

  it.each([[5], ["text"], [null], [[]], [true]])("that is %j instead of an object has the wrong type", (raw) => {
    expect(rejection(raw)).toEqual({ reason: "invalid_type", path: "" });
  });

  it("needs a step or a system", () => {
    expect(rejection(hop({ step: undefined }))).toEqual({ reason: "missing_step", path: "/step" });
    expect(accepted(hop({ step: undefined, system: "payment" }))).not.toHaveProperty("step");
  });

  it.each(["flow", "step", "system", "source", "id"])("counts an empty %s as left out", (name) => {
    const event = accepted(hop({ step: "paid", system: "payment", [name]: "" }));
    expect(event).toEqual(accepted(hop({ step: "paid", system: "payment", [name]: undefined, ...idOf(event.id) })));
  });

  const idOf = (id: string) => ({ id });

  it.each(["flow", "step", "system", "source", "id", "point", "to", "trace"])(
    "with a number for %s has the wrong type",
    (name) => {
      expect(rejection(hop({ [name]: 5 }))).toEqual({ reason: "invalid_type", path: `/${name}` });
    },
  );

  it.each(["operation", "outcome"])("with a %s we do not know has the wrong type", (name) => {
    expect(rejection(hop({ [name]: "explode" }))).toEqual({ reason: "invalid_type", path: `/${name}` });
  });

  it.each([
    ["attributes", "east"],
    ["attributes", []],
    ["error", "boom"],
  ])("with %s %j has the wrong type", (name, value) => {
    expect(rejection(hop({ [name]: value }))).toEqual({ reason: "invalid_type", path: `/${name}` });
  });

  it("with an error class we do not know keeps it as unknown, and in its own words", () => {
    const event = accepted(hop({ outcome: "failed", error: { class: "oops", stack: "at x", code: 203 } }));
    expect(event.error).toEqual({ class: "unknown", code: "203" });
    expect(event.extra).toEqual({ error: { class: "oops", stack: "at x" } });
  });

  it("keeps members it has no name for", () => {
    expect(accepted(hop({ batch: { no: 5 } })).extra).toEqual({ batch: { no: 5 } });
  });

  it("is not harmed by members named like those of every object", () => {
    const raw: unknown = JSON.parse(
      '{"step":"paid","time":1795427940000,"keys":{"order_no":"1","constructor":"c"},"__proto__":{"step":"x"},"constructor":1,"payload":{"__proto__":{"a":1}}}',
    );
    const event = accepted(raw);
    expect(event.step).toBe("paid");
    expect(Object.keys(event.keys)).toEqual(["order_no", "constructor"]);
    expect(Object.keys(event.extra ?? {})).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["a"]).toBeUndefined();
    expect(accepted(hop()).keys["constructor" as never]).toBeUndefined();
  });

  it("may be nested 32 deep, itself included, and no deeper", () => {
    const nest = (levels: number): unknown => (levels === 0 ? 1 : [nest(levels - 1)]);
    expect(accepted(hop({ payload: nest(31) })).payload).toEqual(nest(31));
    expect(rejection(hop({ payload: nest(32) }))).toEqual({ reason: "too_deep", path: `/payload${"/0".repeat(31)}` });
    expect(rejection(hop({ attributes: { a: nest(40) } }))?.reason).toBe("too_deep");
  });
});

describe("the time of an event", () => {
  it.each([
    ["2026-11-23T09:59:00Z", "2026-11-23T09:59:00.000Z"],
    ["2026-11-23T17:59:00.5+08:00", "2026-11-23T09:59:00.500Z"],
    ["2026-11-23t09:59:00.123999z", "2026-11-23T09:59:00.123Z"],
    ["2026-11-22T23:59:00.000000001-10:30", "2026-11-23T10:29:00.000Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
    ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"],
  ])("%s is %s", (time, expected) => {
    expect(new Date(accepted(hop({ time })).eventTime).toISOString()).toBe(expected);
  });

  it("may be epoch milliseconds, cut to whole ones", () => {
    expect(accepted(hop({ time: 1_795_427_940_000.9 })).eventTime).toBe(1_795_427_940_000);
  });

  it.each([
    "yesterday",
    "",
    "1795427940000",
    "2026-11-23",
    "2026-11-23T09:59:00",
    "2026-02-29T00:00:00Z",
    "2026-11-31T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-11-23T24:00:00Z",
    "2026-11-23T09:60:00Z",
    "2026-11-23T09:59:60Z",
    "2026-11-23T09:59:00.Z",
    "2026-11-23T09:59:00+0800",
    "2026-11-23T09:59:00Zx",
    true,
    {},
    [],
  ])("%j has the wrong type", (time) => {
    expect(rejection(hop({ time }))).toEqual({ reason: "invalid_type", path: "/time" });
  });

  it.each([undefined, null])("%j is missing", (time) => {
    expect(rejection(hop({ time }))).toEqual({ reason: "missing_time", path: "/time" });
  });

  it.each(["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1969-12-31T23:59:59.999Z", -1, -0.5, Infinity, 1e20])(
    "%j is out of range",
    (time) => {
      expect(rejection(hop({ time }))).toEqual({ reason: "time_out_of_range", path: "/time" });
    },
  );

  it("may be 24 hours after arrival and not a millisecond more", () => {
    expect(accepted(hop({ time: arrivedAt + dayMs })).eventTime).toBe(arrivedAt + dayMs);
    expect(rejection(hop({ time: arrivedAt + dayMs + 1 }))?.reason).toBe("time_out_of_range");
  });
});

describe("the identity of an event", () => {
  it("takes its source from itself, then the token, then its system, then http", () => {
    expect(accepted(hop({ source: "own", system: "payment" }), "token").source).toBe("own");
    expect(accepted(hop({ system: "payment" }), "token").source).toBe("token");
    expect(accepted(hop({ system: "payment" })).source).toBe("payment");
    expect(accepted(hop()).source).toBe("http");
  });

  it("is the hash of its content where it has no id, whatever the order of members and the trace", () => {
    const one = accepted({ trace: "00-a", ...hop({ payload: { b: 1, a: [1, { d: 2, c: 3 }] } }) });
    const other = accepted({ payload: { a: [1, { c: 3, d: 2 }], b: 1 }, ...hop(), trace: "00-b" });
    expect(one.id).toBe(other.id);
    expect(accepted(hop({ payload: { b: 2 } })).id).not.toBe(one.id);
  });

  it("has a content hash that does not depend on whether a key was sent as text or as a number", () => {
    const one = parse(hop({ keys: { order_no: 1042 } }));
    const other = parse(hop({ keys: { order_no: "1042" } }));
    expect(one.accepted && other.accepted && one.contentHash === other.contentHash).toBe(true);
  });
});
