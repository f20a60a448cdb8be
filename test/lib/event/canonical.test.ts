import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCanonicalJson, toContentText } from "#lib/event/canonical.ts";
import { createMemberOrders } from "#lib/event/member-order.ts";

/** The same value with the members of every object in another order. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
};

const json = fc.jsonValue({ maxDepth: 5 });

describe("canonical JSON", () => {
  it("writes the example of RFC 8785 as the RFC does", () => {
    const value: unknown = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    );
    expect(toCanonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it("orders names by UTF-16 units as RFC 8785 does", () => {
    const value = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 };
    expect(toCanonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it("says the same and does not depend on the order of members", () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = toCanonicalJson(value);
        expect(text).not.toBeNull();
        expect(JSON.parse(text ?? "")).toEqual(JSON.parse(JSON.stringify(value)));
        expect(toCanonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  it("tells different values apart", () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        const same =
          JSON.stringify(JSON.parse(toCanonicalJson(one) ?? "")) ===
          JSON.stringify(JSON.parse(toCanonicalJson(other) ?? ""));
        expect(toCanonicalJson(one) === toCanonicalJson(other)).toBe(same);
      }),
    );
  });

  it("gives up on what is nested deeper than it was told", () => {
    expect(toCanonicalJson([[[1]]], 3)).toBe("[[[1]]]");
    expect(toCanonicalJson([[[1]]], 2)).toBeNull();
  });

  it("leaves the trace of an event out, though not a trace in its payload", () => {
    expect(toContentText({ trace: "t", payload: { trace: "u" } })).toBe('{"payload":{"trace":"u"}}');
  });

  it("remembers no more lists of names than it has room for", () => {
    const orderOf = createMemberOrders();
    for (let at = 0; at < 30_000; at += 1) orderOf([`b${at}`, "a"]);
    expect(orderOf(["b", "a"])).toEqual({ labels: ['"a":', '"b":'], places: [1, 0] });
  });
});
