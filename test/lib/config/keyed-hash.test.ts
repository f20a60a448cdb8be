import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { keyedHash } from "#lib/config/keyed-hash.ts";

it("is the beginning of SHA-256 over the key and the text in UTF-8, however long the text is", () => {
  const key = Buffer.from("a key of this installation");
  const hash = keyedHash(key);
  const expected = (text: string): string =>
    createHash("sha256")
      .update(key.toString("base64url") + text)
      .digest("base64url")
      .slice(0, 22);
  for (const piece of ["x", "订单", "😀", "\ud800", "é\u0000"]) {
    for (const times of [0, 1, 99, 100, 199, 200, 201, 9_999, 10_000, 20_000, 20_001]) {
      const text = piece.repeat(times);
      expect(hash(text)).toBe(expected(text));
    }
  }
});
