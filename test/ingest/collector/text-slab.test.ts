import { expect, it } from "vitest";
import { createTextSlab } from "#ingest/collector/text-slab.ts";

it("holds every text until it is cleared, however many and large, and again afterwards", () => {
  const slab = createTextSlab();
  const texts = ["", "a", "订单 1042", "😀", "x".repeat(900_000), "中".repeat(400_000), "y".repeat(3_000_000), "last"];
  const read = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  for (let round = 0; round < 2; round += 1) {
    const held = texts.map((text) => slab.hold(text));
    expect(held.map(read)).toEqual(texts);
    slab.clear();
  }
});
