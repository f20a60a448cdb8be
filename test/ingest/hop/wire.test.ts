import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJsonBody, readNdjsonBody } from "#ingest/hop/wire.ts";
import type { Wire, WireItem } from "#ingest/source.ts";

/** White space makes a body a large one, which is read item by item. */
const large = " ".repeat(2 ** 20);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const itemsOf = (wire: Wire): readonly WireItem[] => {
  if (wire === "too_many") throw new Error("too many items");
  return [...wire];
};
const valuesOf = (wire: Wire): readonly unknown[] =>
  itemsOf(wire).map((item) => ("value" in item ? item.value : item.reason));

describe("a large body", () => {
  test("holds the items that it would hold if it were small", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 6 }), (items) => {
        const text = JSON.stringify(items);
        expect(valuesOf(readJsonBody(bytes(text + large), "hop"))).toEqual(valuesOf(readJsonBody(bytes(text), "hop")));
      }),
      { numRuns: 40 },
    );
  });

  test("is refused as a whole where it is not JSON, wherever that shows", () => {
    const broken = [
      '[{"a":1}',
      '[{"a":1},',
      '[{"a":1},]',
      '[{"a":1}]x',
      '[{"a":1}],',
      "[{a:1},{}]",
      "[1 2]",
      "[1\u00a0]",
      "[[1},{]]",
    ];
    for (const text of broken)
      expect(valuesOf(readJsonBody(bytes(text + large), "hop")), text).toEqual(["invalid_json"]);
  });

  test("keeps good events beside one that is too large", () => {
    const huge = JSON.stringify({ text: "x".repeat(2 ** 20) });
    const wire = readJsonBody(bytes(`[{"a":1},${huge},{"b":2}]`), "hop");
    expect(valuesOf(wire)).toEqual([{ a: 1 }, "too_large", { b: 2 }]);
  });

  test("tells each item's text as it was sent", () => {
    const [item] = itemsOf(readJsonBody(bytes(`[{"keys":{"n":1.0}}]${large}`), "hop"));
    expect(item?.text()).toBe('{"keys":{"n":1.0}}');
  });
});

test("takes any line ending, leaves blank lines out, and tells each line's text as it was sent", () => {
  const body = bytes('\ufeff{"a":1}\r\n\n \t\u00a0\u3000\n{"b":"中文"} \n\ufeff\n\u0001\n{"c":3}');
  const items = itemsOf(readNdjsonBody(body));
  expect(items.map((item) => item.text())).toEqual(['{"a":1}', '{"b":"中文"}', "\u0001", '{"c":3}']);
  expect(valuesOf(readNdjsonBody(body))).toEqual([{ a: 1 }, { b: "中文" }, "invalid_json", { c: 3 }]);
});

test("a line that is no UTF-8 spoils only itself, and may hold a beginning that looks blank", () => {
  const body = Buffer.concat([bytes('{"a":1}\n'), Uint8Array.of(0xc2, 0x0a, 0x22, 0xff, 0x22, 0x0a), bytes('{"b":2}')]);
  const items = itemsOf(readNdjsonBody(new Uint8Array(body)));
  expect(items.map((item) => ("value" in item ? item.value : item.reason))).toEqual([
    { a: 1 },
    "invalid_json",
    "invalid_json",
    { b: 2 },
  ]);
  expect(items[2]?.text()).toBe('"\ufffd"');
});

test("a line that is no JSON spoils only itself", () => {
  expect(valuesOf(readNdjsonBody(bytes('{"a":1}\n{\n\n{"b":2}')))).toEqual([{ a: 1 }, "invalid_json", { b: 2 }]);
});
