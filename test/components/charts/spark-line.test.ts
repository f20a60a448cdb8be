import { expect, test } from "vitest";
import { sparkLine } from "#components/charts/spark-line.ts";
import { sparkSize } from "#components/charts/spark-size.ts";

test("draws values between zero and the larger of limit and values, newest last", () => {
  const { path, limitY, last } = sparkLine([0, 5, 10], 10);
  expect(path.match(/[ML]/gu)).toHaveLength(3);
  expect(last?.x).toBe(sparkSize.width - 2.5);
  expect(last?.y).toBe(limitY);
  const above = sparkLine([1, 20], 10);
  expect(above.last?.y).toBeLessThan(above.limitY);
});

test("leaves a gap where nothing was measured, never a line to zero", () => {
  const { path, last } = sparkLine([1, 2, null, 3, null], 10);
  expect(path.match(/M/gu)).toHaveLength(2);
  expect(path).not.toContain("NaN");
  expect(last?.x).toBeLessThan(sparkSize.width - 2.5);
});

test("draws nothing of nothing", () => {
  expect(sparkLine([null, null], 10)).toMatchObject({ path: "", last: null });
  expect(sparkLine([], 10).path).toBe("");
});
