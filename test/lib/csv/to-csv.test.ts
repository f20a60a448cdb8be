import fc from "fast-check";
import { expect, test } from "vitest";
import { toCsv, toCsvHead, toCsvLine } from "#lib/csv/to-csv.ts";

/** RFC 4180, read the plain way: the truth the writer is held against. */
const readCsv = (text: string): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"') isQuoted = true;
    else if (sign === ",") {
      row.push(cell);
      cell = "";
    } else if (sign === "\r" && text[at + 1] === "\n") {
      rows.push([...row, cell]);
      row = [];
      cell = "";
      at += 1;
    } else cell += sign;
  }
  return rows;
};

test("begins with the mark by which a spreadsheet knows UTF-8, and ends every line with CR LF", () => {
  expect(toCsv(["单号", "状态"], [["SO-1042", "逾期未到"]])).toBe("\uFEFF单号,状态\r\nSO-1042,逾期未到\r\n");
  expect(toCsvHead(["a"]) + toCsvLine(["b"])).toBe(toCsv(["a"], [["b"]]));
});

test("quotes commas, quotes, line breaks and blanks at the ends, and doubles quotes", () => {
  expect(toCsvLine(["a,b", 'say "no"', "two\nlines", " x", "a;b"])).toBe(
    '"a,b","say ""no""","two\nlines"," x","a;b"\r\n',
  );
});

test.each([
  "=1+1",
  "+861",
  "-2",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "\n=1",
  "  =cmd|' /C calc'!A0",
  "＝1",
  "\u200B=1",
  "|x",
  "%x",
])("never lets %j be a formula", (text) => {
  const [[cell = ""] = []] = readCsv(toCsvLine([text]));
  expect(cell).toBe(`'${text}`);
});

test("leaves figures figures, nothing empty, and drops what no file may hold", () => {
  expect(toCsvLine([-5, 0, 1.5, null, undefined, Number.NaN, "a\0b"])).toBe("-5,0,1.5,,,,ab\r\n");
});

test("reads back as what was written, whatever the cells hold", () => {
  const cell = fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", ""));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 5 }), (rows) => {
      const read = readCsv(rows.map(toCsvLine).join(""));
      const plain = read.map((row, y) =>
        row.map((text, x) => (text === `'${rows[y]?.[x] ?? ""}` ? text.slice(1) : text)),
      );
      expect(plain).toEqual(rows);
      for (const text of read.flat()) expect(text).not.toMatch(/^[\t\r=+\-@]/u);
    }),
  );
});
