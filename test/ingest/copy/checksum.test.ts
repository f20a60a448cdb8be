import { describe, expect, it } from "vitest";
import { addToChecksum, emptyChecksum } from "#ingest/copy/checksum.ts";
import type { TransferItems } from "#lib/storage/transfer.ts";

const empty = { checksum: emptyChecksum, count: 0 };
const setting = (name: string, value: unknown): TransferItems["setting"] => ({ name, value });

describe("the checksum of a kind", () => {
  const items = [setting("a", { x: 1, y: [2, 3] }), setting("b", null), setting("c", "文本")];

  it("is the same in any order, in any portions, and with members in any order", () => {
    const whole = addToChecksum("setting", empty, items);
    const [first, ...others] = items.toReversed();
    const portions = addToChecksum(
      "setting",
      addToChecksum("setting", empty, others),
      first === undefined ? [] : [first],
    );
    expect(portions).toEqual(whole);
    const turned = items.map(({ name, value }) => ({ value: name === "a" ? { y: [2, 3], x: 1 } : value, name }));
    expect(addToChecksum("setting", empty, turned)).toEqual(whole);
    expect(whole.count).toBe(3);
  });

  it("is another where one item is another, twice there, or not there", () => {
    const sums = [
      items,
      items.slice(1),
      [...items, ...items.slice(2)],
      [setting("a", { x: 1, y: [3, 2] }), ...items.slice(1)],
      [setting("a", { x: "1", y: [2, 3] }), ...items.slice(1)],
    ].map((each) => addToChecksum("setting", empty, each).checksum);
    expect(new Set(sums).size).toBe(sums.length);
  });

  it("leaves the names out that each store gives dead letters itself", () => {
    const letter: TransferItems["deadLetter"] = {
      id: "1",
      reason: "missing_keys",
      path: "/keys",
      source: null,
      text: "{}",
      cut: false,
      receivedAt: 1,
      redrivenAt: null,
    };
    const [one, other] = [letter, { ...letter, id: "x-2" }].map((each) => addToChecksum("deadLetter", empty, [each]));
    expect(one).toEqual(other);
  });
});
