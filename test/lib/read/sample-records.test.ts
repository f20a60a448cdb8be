import { describe, expect, it } from "vitest";
import { toFlowId, toKeyType, toStepId } from "#lib/id/id.ts";
import type { KnownFlow } from "#lib/read/known-flows.ts";
import { sampleRecords } from "#lib/read/sample-records.ts";
import { makeEvent, makeJourney } from "#test/conformance/events/make.ts";
import { versionOf } from "#test/support/journey-builder.ts";

const version = versionOf({ placed: {}, posted: { after: ["placed"] } });
const flow: KnownFlow = {
  flow: toFlowId("order-to-cash"),
  types: { primary: toKeyType("order_no"), aliases: [] },
  versions: [version],
  newest: version,
  active: true,
};
const rows = (count: number) => Array.from({ length: count }, (_, index) => makeJourney(`SO-${index}`));

/** Each reading takes `readMs` a record; SO-0 has `many` events, the others one. */
const reading = (readMs: number, many = 1) => {
  let now = 0;
  const asked: number[] = [];
  return {
    asked,
    sampling: {
      flow,
      upTo: "posted",
      withStep: false,
      elapsed: () => now,
      events: {
        listByKeys: async (keys: readonly { readonly value: string }[], limit: number) => {
          now += readMs * keys.length;
          asked.push(keys.length);
          return keys
            .flatMap(({ value }) =>
              Array.from({ length: value === "SO-0" ? many : 1 }, (_, index) =>
                makeEvent(`${value}-${index}`, {
                  step: toStepId("placed"),
                  keys: { [toKeyType("order_no")]: [value] },
                }),
              ),
            )
            .slice(0, limit);
        },
      },
    },
  };
};

describe("a sample of records", () => {
  it("is all of them, up to 500, where reading is quick", async () => {
    const { sampling, asked } = reading(0.1);
    expect(await sampleRecords(rows(30), sampling)).toHaveLength(30);
    expect(asked).toEqual([25, 5]);
    expect(await sampleRecords(rows(700), sampling)).toHaveLength(500);
  });

  it("is as many as time allows where it is slow, and 100 at least", async () => {
    expect(await sampleRecords(rows(500), reading(0.2).sampling)).toHaveLength(250);
    expect(await sampleRecords(rows(500), reading(5).sampling)).toHaveLength(100);
  });

  it("has each record's own events, also where one has very many", async () => {
    const { sampling, asked } = reading(0.1, 5_000);
    const sampled = await sampleRecords(rows(3), sampling);
    expect(sampled.map(({ row, events }) => [row.primary, events.length])).toEqual([
      ["SO-0", 50],
      ["SO-1", 1],
      ["SO-2", 1],
    ]);
    expect(asked).toEqual([3, 1, 1, 1]);
  });
});
