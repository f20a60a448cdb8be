import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findArrayItems } from "#ingest/hop/array-items.ts";

describe("the items of an array in a text", () => {
  test("are found where the parser finds them, whatever stands in them", () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 1 }),
        fc.constantFrom(0, 1, 3),
        (items, indent) => {
          const text = JSON.stringify(items, null, indent);
          const spans = findArrayItems(text, items.length) ?? [];
          expect(spans.map(({ from, to }) => JSON.parse(text.slice(from, to)) as unknown)).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  test("are not looked for where the text begins otherwise", () => {
    for (const text of ["", "  ", "{}", '"["', "1"]) expect(findArrayItems(text, 10)).toBeNull();
  });

  test("end with the text where that is no JSON, and at the limit", () => {
    expect(findArrayItems('[1,"a', 10)).toHaveLength(1);
    expect(findArrayItems("[".repeat(1_000_000), 10)).toEqual([]);
    expect(findArrayItems(`[${"1,".repeat(1_000)}1]`, 10)).toHaveLength(11);
  });
});
