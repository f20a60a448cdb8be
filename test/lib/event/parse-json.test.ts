import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "#lib/event/parse-json.ts";
import { toNumberText } from "#lib/event/number-text.ts";

const keysOf = (text: string, shape?: "hop" | "cloud_event"): unknown => {
  const value = parseJson(text, shape)?.value as { keys?: unknown; data?: { keys?: unknown } };
  return shape === "cloud_event" ? value.data?.keys : value.keys;
};

describe("JSON of events", () => {
  it("keeps the digits of numbers that are keys", () => {
    expect(keysOf('{"keys":{"a":1.0,"b":[1,2.50,"x",-0],"c":123456789012345678901234567890}}')).toEqual({
      a: "1.0",
      b: ["1", "2.50", "x", "-0"],
      c: "123456789012345678901234567890",
    });
  });

  it.each([
    ["1e3", "1000"],
    ["1.5E+3", "1500"],
    ["1.50e1", "15.0"],
    ["12.5e-3", "0.0125"],
    ["-1e-2", "-0.01"],
    ["0e5", "0"],
    ["0.0012e2", "0.12"],
    ["0.0012e3", "1.2"],
    ["1e0", "1"],
  ])("writes the exponent of %s out as %s", (source, text) => {
    expect(toNumberText(source)).toBe(text);
    expect(keysOf(`{"keys":{"a":${source}}}`)).toEqual({ a: text });
  });

  it("keeps a number too large for any key too long instead of writing gigabytes", () => {
    expect(toNumberText("1e1000000000").length).toBeGreaterThan(512);
    expect(toNumberText("1e1000000000").length).toBeLessThan(2000);
  });

  it("leaves every other number alone", () => {
    const value = parseJson('{"keys":{"a":1.0},"payload":{"keys":{"a":1.0},"n":2.0},"time":1e3}')?.value;
    expect(value).toEqual({ keys: { a: "1.0" }, payload: { keys: { a: 1 }, n: 2 }, time: 1000 });
  });

  it("finds the keys of every event of a batch", () => {
    expect(
      parseJson(' [ {"keys":{"a":1.0}} , 5, {"x":"]}\\"keys\\"","keys" : {"a":[2.0]}},{} ,{"keys":"no"}]')?.value,
    ).toEqual([{ keys: { a: "1.0" } }, 5, { x: ']}"keys"', keys: { a: ["2.0"] } }, {}, { keys: "no" }]);
  });

  it("takes the last of keys given twice, and keys whose name is escaped", () => {
    expect(keysOf('{"keys":{"a":1.0},"keys":{"a":2.0,"a":3.0}}')).toEqual({ a: "3.0" });
    expect(keysOf('{"keys":{"a":1.0},"k\\u0065ys":{"a":2.0}}')).toEqual({ a: "2.0" });
  });

  it("looks into data where events are wrapped", () => {
    expect(keysOf('{"keys":{"a":1.0},"data":{"keys":{"a":2.0}}}', "cloud_event")).toEqual({ a: "2.0" });
    expect(parseJson('[{"data":{"keys":{"a":2.0}}},{"data":7}]', "cloud_event")?.value).toEqual([
      { data: { keys: { a: "2.0" } } },
      { data: 7 },
    ]);
  });

  it("survives nesting that would exhaust a recursive reader", () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    expect(
      parseJson(`[{"keys":{"a":1.0},"payload":${deep}},{"keys":{"a":[1,${deep}]}},{"keys":{"a":2.0}}]`)?.value,
    ).toMatchObject([{ keys: { a: "1.0" } }, {}, { keys: { a: "2.0" } }]);
  });

  it.each(["", "{", "nope", "{'a':1}", '{"a":1}}', "\ufeff{}"])("says no to %j", (text) => {
    expect(parseJson(text)).toBeNull();
  });

  it("reads what JSON.parse reads, whatever the text, apart from numbers that are keys", () => {
    const event = fc.record({
      keys: fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.double(), fc.string())),
      rest: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.array(event, { minLength: 1 }), fc.nat(3), (events, indent) => {
        const text = JSON.stringify(events, null, indent);
        const plain = JSON.parse(text) as { keys: Record<string, unknown> }[];
        const expected = plain.map((one) => ({
          ...one,
          keys: Object.fromEntries(
            Object.entries(one.keys).map(([type, value]) => [
              type,
              typeof value === "number" ? toNumberText(JSON.stringify(value)) : value,
            ]),
          ),
        }));
        expect(parseJson(text)?.value).toEqual(expected);
      }),
    );
  });
});
