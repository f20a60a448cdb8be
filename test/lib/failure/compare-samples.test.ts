import { describe, expect, it } from "vitest";
import { compareSamples, type Traits } from "#lib/failure/compare-samples.ts";

const record = (traits: Record<string, string | null>): Traits => new Map(Object.entries(traits));
const times = (count: number, make: (index: number) => Record<string, string | null>): readonly Traits[] =>
  Array.from({ length: count }, (_, index) => record(make(index)));

describe("what sets broken records apart", () => {
  it("are values that they share and that those which got through mostly have not, the largest difference first", () => {
    const broken = times(15, (index) => ({
      mapping: "v38",
      buyer_type: "company",
      region: index < 9 ? "east" : "west",
      currency: "CNY",
      order_no: `SO-${index}`,
    }));
    const through = times(500, (index) => ({
      mapping: index < 6 ? "v38" : "v37",
      buyer_type: index % 4 === 0 ? "company" : "person",
      region: index % 20 < 7 ? "east" : "west",
      currency: "CNY",
      order_no: `SO-1${index}`,
    }));
    expect(compareSamples(broken, through)).toEqual({
      broken: 15,
      through: 500,
      differences: [
        { name: "mapping", value: "v38", broken: 15, through: 6, isClear: true },
        { name: "buyer_type", value: "company", broken: 15, through: 125, isClear: true },
        { name: "region", value: "east", broken: 9, through: 175, isClear: false },
      ],
    });
  });

  it("stand in order of name where they differ as much", () => {
    const broken = times(5, () => ({ b: "1", a: "1" }));
    const through = times(10, () => ({ a: "2", b: "2" }));
    expect(compareSamples(broken, through).differences.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("are said to be empty where the value is empty, blank or not there", () => {
    const through = times(20, () => ({ tax_no: "9131" }));
    for (const broken of [times(4, () => ({ tax_no: null })), times(4, () => ({}))]) {
      expect(compareSamples(broken, through).differences).toEqual([
        { name: "tax_no", value: null, broken: 4, through: 0, isClear: true },
      ]);
    }
  });

  it("count a name that no other record has as empty there", () => {
    expect(
      compareSamples(
        times(4, () => ({ promo: "x" })),
        times(20, () => ({ a: "1" })),
      ).differences,
    ).toEqual([
      { name: "a", value: null, broken: 4, through: 0, isClear: true },
      { name: "promo", value: "x", broken: 4, through: 0, isClear: true },
    ]);
    expect(
      compareSamples(
        times(4, () => ({ promo: null })),
        times(20, () => ({})),
      ).differences,
    ).toEqual([]);
  });

  it("are not told from samples that are too small, and said to be unclear from small ones", () => {
    const through = times(20, (index) => ({ a: index % 3 === 0 ? "1" : "2" }));
    expect(
      compareSamples(
        times(2, () => ({ a: "1" })),
        through,
      ),
    ).toEqual({ broken: 2, through: 20, differences: [] });
    expect(
      compareSamples(
        times(9, () => ({ a: "1" })),
        through.slice(0, 4),
      ).differences,
    ).toEqual([]);
    expect(compareSamples([], []).differences).toEqual([]);
    expect(
      compareSamples(
        times(3, () => ({ a: "1" })),
        through,
      ).differences,
    ).toMatchObject([{ isClear: false }]);
    expect(
      compareSamples(
        times(30, () => ({ a: "1" })),
        through,
      ).differences,
    ).toMatchObject([{ isClear: true }]);
  });

  it("are never what only one broken record has, nor a difference too small to act on", () => {
    const broken = times(3, (index) => ({ id: String(index), at: `10:0${index}` }));
    expect(
      compareSamples(
        broken,
        times(20, (index) => ({ id: `x${index}`, at: "9" })),
      ).differences,
    ).toEqual([]);
    const near = times(100, (index) => ({ a: index < 60 ? "1" : "2" }));
    expect(
      compareSamples(
        near,
        times(100, (index) => ({ a: index < 50 ? "1" : "2" })),
      ).differences,
    ).toEqual([]);
  });
});
