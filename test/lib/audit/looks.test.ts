import { describe, expect, it } from "vitest";
import { newLooks } from "#lib/audit/looks.ts";

describe("looks", () => {
  it("are one as long as each comes within 90 s of the one before", () => {
    const looks = newLooks();
    expect(looks.isNew("li SO-1", 0)).toBe(true);
    expect(looks.isNew("li SO-1", 89_999)).toBe(false);
    expect(looks.isNew("li SO-1", 179_998)).toBe(false);
    expect(looks.isNew("li SO-1", 269_998)).toBe(true);
  });

  it("are told apart by their key", () => {
    const looks = newLooks();
    expect(looks.isNew("li SO-1", 0)).toBe(true);
    expect(looks.isNew("li SO-2", 1)).toBe(true);
    expect(looks.isNew("wang SO-1", 2)).toBe(true);
    expect(looks.isNew("li SO-1", 3)).toBe(false);
  });

  it("forgets the oldest where too many are remembered, and counts it anew", () => {
    const looks = newLooks(2);
    for (const key of ["a", "b"]) expect(looks.isNew(key, 0)).toBe(true);
    expect(looks.isNew("a", 1)).toBe(false);
    expect(looks.isNew("c", 2)).toBe(true);
    expect(looks.isNew("a", 3)).toBe(false);
    expect(looks.isNew("b", 4)).toBe(true);
  });
});
