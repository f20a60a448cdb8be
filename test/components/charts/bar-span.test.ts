import { describe, expect, it } from "vitest";
import { barAt, spanBox, spanHref } from "#components/charts/bar-span.ts";

describe("a stretch of bars", () => {
  it("is told by where the pointer is, at either end too", () => {
    expect([0, 34, 43.9, 44, 133, 500].map((x) => barAt(x, 10, 134, false))).toEqual([0, 0, 0, 1, 9, 9]);
    expect(barAt(26, 10, 126, true)).toBe(0);
  });

  it("is drawn the same from either end", () => {
    expect(spanBox([2, 4], 10, 134, false)).toEqual({ left: 54, width: 30 });
    expect(spanBox([4, 2], 10, 134, false)).toEqual({ left: 54, width: 30 });
  });

  it("has the address of the first bar up to the end of the last", () => {
    expect(spanHref("/failures?state=failed&from=1&to=2", "/failures?state=failed&from=5&to=6")).toBe(
      "/failures?state=failed&from=1&to=6",
    );
  });
});
