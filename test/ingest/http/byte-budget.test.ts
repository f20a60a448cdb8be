import { expect, test } from "vitest";
import { type ByteBudget, createByteBudget } from "#ingest/http/byte-budget.ts";

const startBudget = (): ByteBudget => createByteBudget({ limitBytes: 10, fewBodies: 2 });

test("a crowd of bodies is held up to the limit, and what is refused takes nothing", () => {
  const budget = startBudget();
  const bodies = Array.from({ length: 6 }, () => budget.open());
  expect(bodies.map((body) => body.take(2))).toEqual([true, true, true, true, true, false]);
  expect([budget.usedBytes, bodies[5]?.bytes]).toEqual([10, 0]);
  expect(bodies[0]?.take(1)).toBe(false);
  bodies[1]?.release();
  expect(bodies[5]?.take(2)).toBe(true);
  expect(budget.usedBytes).toBe(10);
});

test("a few bodies are held whatever their size", () => {
  const budget = startBudget();
  const [one, two, three] = [budget.open(), budget.open(), budget.open()];
  expect([one.take(9), two.take(9), one.take(9)]).toEqual([true, true, true]);
  expect(three.take(1)).toBe(false);
  one.release();
  expect(three.take(1)).toBe(true);
  expect(budget.usedBytes).toBe(10);
});

test("a body gives back what it took, once", () => {
  const budget = startBudget();
  const body = budget.open();
  body.take(0);
  body.take(4);
  body.release();
  body.release();
  expect([budget.usedBytes, body.bytes]).toEqual([0, 0]);
  const others = [budget.open(), budget.open()];
  expect(others.map((other) => other.take(20))).toEqual([true, true]);
});
