import { describe, expect, it } from "vitest";
import { accepted, hop, rejection } from "./hop-event-sample.ts";

const keysOf = (
  keys: unknown,
): { readonly [type: string]: readonly string[] | undefined; readonly order_no?: readonly string[] } => ({
  ...accepted(hop({ keys })).keys,
});

describe("keys", () => {
  it("are trimmed and brought to NFC, and otherwise kept exactly", () => {
    expect(keysOf({ order_no: "  so-1042\u00a0\n", name: "e\u0301" })).toEqual({ order_no: ["so-1042"], name: ["é"] });
  });

  it("hold each value once, in the order sent", () => {
    expect(keysOf({ order_no: ["B", "A", " B ", "A"] })).toEqual({ order_no: ["B", "A"] });
  });

  it("leave blank and null values out", () => {
    expect(keysOf({ order_no: ["A", "", null, "  "], payment_no: null, waybill_no: [] })).toEqual({ order_no: ["A"] });
  });

  it.each([[undefined], [null], [{}], [{ order_no: "" }], [{ order_no: [null, " "] }]])("%j are missing", (keys) => {
    expect(rejection(hop({ keys }))).toEqual({ reason: "missing_keys", path: "/keys" });
  });

  it.each([
    ["SO-1", "/keys"],
    [["SO-1"], "/keys"],
    [{ order_no: true }, "/keys/order_no"],
    [{ order_no: { a: 1 } }, "/keys/order_no"],
    [{ order_no: ["A", ["B"]] }, "/keys/order_no/1"],
    [{ "Order No": "A" }, "/keys/Order No"],
    [{ "a/b~c": "A" }, "/keys/a~1b~0c"],
    [{ ["a".repeat(65)]: "A" }, `/keys/${"a".repeat(65)}`],
    [{ "1st": "A" }, "/keys/1st"],
  ])("%j have the wrong type", (keys, path) => {
    expect(rejection(hop({ keys }))).toEqual({ reason: "invalid_type", path });
  });

  it("named like what every object inherits have the wrong type, and harm nothing", () => {
    const keys: unknown = JSON.parse('{"__proto__":"A"}');
    expect(rejection(hop({ keys }))).toEqual({ reason: "invalid_type", path: "/keys/__proto__" });
  });

  it("may be 512 bytes of UTF-8 long and no longer", () => {
    expect(keysOf({ order_no: "x".repeat(512) })).toEqual({ order_no: ["x".repeat(512)] });
    expect(rejection(hop({ keys: { order_no: "x".repeat(513) } }))).toEqual({
      reason: "key_too_long",
      path: "/keys/order_no",
    });
    expect(keysOf({ order_no: "单".repeat(170) + "ab" }).order_no?.[0]).toHaveLength(172);
    expect(rejection(hop({ keys: { order_no: ["A", "单".repeat(171)] } }))).toEqual({
      reason: "key_too_long",
      path: "/keys/order_no/1",
    });
    expect(keysOf({ order_no: "😀".repeat(128) }).order_no?.[0]).toBe("😀".repeat(128));
    expect(rejection(hop({ keys: { order_no: "😀".repeat(129) } }))?.reason).toBe("key_too_long");
    expect(rejection(hop({ keys: { order_no: "k".repeat(10_240) } }))?.reason).toBe("key_too_long");
  });

  it("may have 1,000 values of a type and no more", () => {
    const values = Array.from({ length: 1000 }, (_, at) => `SO-${at}`);
    expect(keysOf({ order_no: values }).order_no).toHaveLength(1000);
    expect(rejection(hop({ keys: { order_no: [...values, ""] } }))).toEqual({
      reason: "too_large",
      path: "/keys/order_no",
    });
  });

  it("keep dots, quotes and emoji, and write what UTF-8 cannot as U+FFFD", () => {
    expect(keysOf({ order_no: `a."b'\\ 😀 <script>` })).toEqual({ order_no: [`a."b'\\ 😀 <script>`] });
    expect(keysOf({ order_no: "a\ud800b" })).toEqual({ order_no: ["a\ufffdb"] });
  });
});
