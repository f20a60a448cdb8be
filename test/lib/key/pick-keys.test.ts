import { describe, expect, it } from "vitest";
import { pickKeys } from "#lib/key/pick-keys.ts";

const keysOf = (text: string): readonly string[] => pickKeys(text, 500).keys;

describe("picking keys out of a pasted text", () => {
  it.each([
    ["a column", "SO-1042\nSO-1043\r\nSO-1044\n", ["SO-1042", "SO-1043", "SO-1044"]],
    ["commas and semicolons", "SO-1042, SO-1043;SO-1044", ["SO-1042", "SO-1043", "SO-1044"]],
    ["cells of a sheet", "SO-1042\t129.00\t2026-11-23\nSO-1043\t80.5\t2026-11-23", ["SO-1042", "SO-1043"]],
    ["blanks", "SO-1042  SO-1043", ["SO-1042", "SO-1043"]],
    [
      "full-width separators",
      "SO-1042，SO-1043、SO-1044；SO-1045　SO-1046",
      ["SO-1042", "SO-1043", "SO-1044", "SO-1045", "SO-1046"],
    ],
    [
      "full-width letters and dashes of any kind",
      "ＳＯ－１０４２ SO–1043 SO\u20111044",
      ["SO-1042", "SO-1043", "SO-1044"],
    ],
    ["numbers only", "20261123000017\n20261123000018", ["20261123000017", "20261123000018"]],
    ["short numbers in lines of their own", "17\n18\n345", ["17", "18", "345"]],
    ["quotes and brackets", '"SO-1042" (SO-1043) 【SO-1044】 #1042#', ["SO-1042", "SO-1043", "SO-1044", "1042"]],
    ["keys with signs inside", "INV/2026/001, PO:2026:11, a_b.c-9", ["INV/2026/001", "PO:2026:11", "a_b.c-9"]],
    ["keys set apart by a slash", "SO-1042/SO-1043", ["SO-1042", "SO-1043"]],
    ["keys behind their type", "order_no=SO-1042 payment:P-9001 单号：SO-1043", ["SO-1042", "P-9001", "SO-1043"]],
    ["a key of letters", "BATCH-NORTH", ["BATCH-NORTH"]],
    ["mail addresses", "from wang@example.com", ["wang@example.com"]],
    ["a key in Chinese text without blanks", "麻烦看下订单SO-1042到哪了", ["SO-1042"]],
  ])("reads %s", (_name, text, keys) => {
    expect(keysOf(text)).toEqual(keys);
  });

  it("reads a chat message, and says what it left out", () => {
    const picked = pickKeys(
      "小李 10:02:\n客户催了3次，SO-1042 和 SO-1043 还没到，金额 ￥129.00，11月23号下的单，电话 138 0013 8000。\nalso SO-1042 since 5pm, 2026-11-23, 99.5% ok? https://shop.example.com/o/77123",
      500,
    );
    expect(picked.keys).toEqual(["SO-1042", "SO-1043", "13800138000"]);
    expect(picked.repeated).toBe(1);
    for (const word of [
      "小李",
      "10:02",
      "3",
      "129.00",
      "11",
      "23",
      "also",
      "since",
      "5pm",
      "2026-11-23",
      "99.5%",
      "https://shop.example.com/o/77123",
    ])
      expect(picked.leftOut).toContain(word);
  });

  it.each(["+86 13800138000", "+8613800138000", "86-138-0013-8000", "138-0013-8000", "138 0013 8000"])(
    "takes a phone number as it is kept, however it is written: %s",
    (text) => expect(keysOf(text)).toEqual(["13800138000"]),
  );

  it("does not take a longer number for a phone", () => {
    expect(keysOf("SO-13800138000 202613800138000")).toEqual(["SO-13800138000", "202613800138000"]);
  });

  it("stops at the most it was told, and says how many are beyond", () => {
    const text = Array.from({ length: 700 }, (_, at) => `SO-${1000 + at}`).join("\n");
    const picked = pickKeys(text, 500);
    expect(picked.keys).toHaveLength(500);
    expect(picked.keys[499]).toBe("SO-1499");
    expect(picked.beyond).toBe(200);
  });

  it("finds nothing in words, and nothing in nothing", () => {
    expect(pickKeys("where is my order", 500)).toEqual({
      keys: [],
      repeated: 0,
      leftOut: ["where", "is", "my", "order"],
      beyond: 0,
    });
    expect(keysOf("")).toEqual([]);
  });

  it("reads a large text without going back on its steps", () => {
    const text = `${"1-".repeat(20_000)}\n${"a".repeat(200_000)}\n${"@".repeat(50_000)}\n${"x:".repeat(20_000)}`;
    expect(keysOf(`${text}\nSO-1042`)).toContain("SO-1042");
  });
});
