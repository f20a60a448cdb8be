import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLongEnough, toReversedForm, toSearchForm } from "#lib/key/search-form.ts";

describe("the search form of a key", () => {
  it.each([
    "SO-1042",
    "so1042",
    " so 1042 ",
    "SO_1042",
    "so.10.42",
    "ＳＯ－１０４２",
    "so/1042",
    "SO\u20111042",
    "#SO:1042",
  ])("of %j is so1042", (value) => {
    expect(toSearchForm(value)).toBe("so1042");
  });

  it("keeps letters of every script", () => {
    expect(toSearchForm("订单-１０４２号")).toBe("订单1042号");
    expect(toSearchForm("Straße")).toBe(toSearchForm("STRASSE"));
  });

  it("of separators only keeps them, so that such a key can be found", () => {
    expect(toSearchForm("--")).toBe("--");
  });

  it("does not change when it is taken again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const form = toSearchForm(value);
        expect(toSearchForm(form)).toBe(form);
      }),
    );
  });

  it("does not depend on case and on separators put in between", () => {
    const value = fc.stringMatching(/^[A-Za-z0-9一-龥]{1,20}$/);
    fc.assert(
      fc.property(value, fc.constantFrom("-", "_", " ", ".", "/", "\u3000"), (text, separator) => {
        const form = toSearchForm(text);
        expect(toSearchForm([...text.toUpperCase()].join(separator))).toBe(form);
        expect(toSearchForm(text.toLowerCase())).toBe(form);
      }),
    );
  });

  it("read backwards begins with the end of the key", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(10), (value, length) => {
        const form = [...toSearchForm(value)];
        const end = length === 0 ? "" : form.slice(-length).join("");
        expect(toReversedForm(form.join("")).startsWith(toReversedForm(end))).toBe(true);
      }),
    );
  });

  it("is searched as a beginning or end from four characters up", () => {
    expect(isLongEnough("so10")).toBe(true);
    expect(isLongEnough("so1")).toBe(false);
    expect(isLongEnough("😀😀")).toBe(false);
  });
});
