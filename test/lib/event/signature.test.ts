import { expect, test } from "vitest";
import { toSignature } from "#lib/event/signature.ts";

test.each([
  ["order SO-1042: tax_no must not be empty", "order #: tax_no must not be empty"],
  ["order SO-9: tax_no must not be empty", "order #: tax_no must not be empty"],
  ["timeout after 3000 ms at 10.0.0.7:8080", "timeout after # ms at #"],
  ["id 3f1c9a2e-77aa-4c1b-9d11-0a0b0c0d0e0f unknown", "id # unknown"],
  ['no customer "张三" in  CRM', "no customer … in CRM"],
  ["税号不能为空", "税号不能为空"],
  ["", ""],
])("numbers, ids and quotes are taken out of %j", (message, signature) => {
  expect(toSignature(message)).toBe(signature);
});

test("a message that facts keep only the beginning of has the same signature as the whole", () => {
  const message = `order SO-1: ${"a very long story ".repeat(20)}`;
  expect(toSignature(`${message.slice(0, 159)}…`)).toBe(toSignature(message));
});

test("hostile messages cost no time", () => {
  expect(toSignature("1-".repeat(100_000)).length).toBeLessThan(200);
});
