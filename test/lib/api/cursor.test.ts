import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openCursor, questionOf, sealCursor } from "#lib/api/cursor.ts";
import { ReadError } from "#lib/api/problem.ts";

describe("a cursor", () => {
  it("opens with the question it was sealed with, whatever that holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (asked, place) => {
        const question = questionOf({ q: asked });
        const sealed = sealCursor(question, place);
        expect(sealed).toMatch(/^[\w-]+$/u);
        expect(openCursor(question, sealed)).toBe(place);
      }),
    );
  });

  it("belongs to the question without its limit and its own place, in any order", () => {
    const sealed = sealCursor(questionOf({ flow: "f", state: ["failed"], limit: 5 }), "p");
    expect(openCursor(questionOf({ state: ["failed"], cursor: "c", limit: 9, flow: "f" }), sealed)).toBe("p");
  });

  it.each(["", "x", "%%%", "bnVsbA", sealCursor("another", "p"), `${sealCursor("asked", "p")}AA`, "💥"])(
    "refuses %s",
    (cursor) => {
      expect(() => openCursor("asked", cursor)).toThrow(ReadError);
    },
  );
});
