import { expect, test } from "vitest";
import { toFlowId } from "#lib/id/id.ts";
import { hopSkews } from "#lib/read/hop-skews.ts";
import type { Measures } from "#lib/storage/measures.ts";

const flow = toFlowId("orders");
const hop = "paid..posted";
const slowBy = (ms: number): readonly number[] => Array.from({ length: 30 }, () => -ms);

/** Measures that answer when they are told to. */
const makeMeasures = (lagMs: number) => {
  const asked: PromiseWithResolvers<readonly number[]>[] = [];
  const measures: Measures = {
    lagMs,
    latency: async () => [],
    negativeLatencies: () => {
      const answer = Promise.withResolvers<readonly number[]>();
      asked.push(answer);
      return answer.promise;
    },
    settle: async () => true,
  };
  return { asked, read: async (now: number) => (await hopSkews(measures, flow, [hop], now)).get(hop) };
};

test("asks once for look-ups that come close together", async () => {
  const { asked, read } = makeMeasures(1_000);
  const both = [read(0), read(500)];
  asked[0]?.resolve(slowBy(2_000));
  expect(await Promise.all(both)).toEqual([-2_000, -2_000]);
  expect(await read(900)).toBe(-2_000);
  expect(asked).toHaveLength(1);
});

test("says what a store that may lag said a moment ago while it is asked anew, and then what it says now", async () => {
  const { asked, read } = makeMeasures(4_000);
  const first = read(0);
  asked[0]?.resolve(slowBy(2_000));
  await first;
  expect(await read(2_000)).toBe(-2_000);
  expect(await read(3_900)).toBe(-2_000);
  expect(asked).toHaveLength(2);
  asked[1]?.resolve(slowBy(5_000));
  await asked[1]?.promise;
  expect(await read(2_900)).toBe(-5_000);
});

test("waits for a store that must not lag, and for one whose last answer is too old", async () => {
  for (const [lagMs, now] of [
    [1_000, 1_000],
    [4_000, 4_000],
  ] as const) {
    const { asked, read } = makeMeasures(lagMs);
    const first = read(0);
    asked[0]?.resolve(slowBy(2_000));
    await first;
    const second = read(now);
    asked[1]?.resolve(slowBy(5_000));
    expect(await second).toBe(-5_000);
  }
});

test("hears of a failure, and asks again after it", async () => {
  const { asked, read } = makeMeasures(4_000);
  const first = read(0);
  asked[0]?.reject(new Error("away"));
  await expect(first).rejects.toThrow("away");
  const second = read(1);
  asked[1]?.resolve([]);
  expect(await second).toBeNull();
});
