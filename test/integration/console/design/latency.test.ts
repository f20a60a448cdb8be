import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sighting, statuses, hoplineOf, type Sent } from "#test/support/hopline.ts";

const two = (flow: string): string =>
  `flow: ${flow}\nrecord: { primary: order_no }\nsteps: [{ id: a, system: ${flow}-a }, { id: b, system: ${flow}-b, after: a, within: 1h }]\n`;
const hopline = hoplineOf(
  Object.fromEntries(["timed", "few", "enough", "small", "grown"].map((flow) => [`${flow}.yaml`, two(flow)])),
);
const at = (flow: string, step: string, order: string, when: string, more: Sent = {}): Sent =>
  sighting(hopline, flow, step, order, when, more);

interface Latency {
  readonly hops: readonly {
    readonly hop: string;
    readonly buckets: readonly {
      readonly at: string;
      readonly count: number;
      readonly skewedCount: number;
      readonly p50Ms: number | null;
      readonly p95Ms: number | null;
      readonly p99Ms: number | null;
    }[];
  }[];
}
const latency = async (flow: string, query = ""): Promise<Latency> =>
  (await hopline.get<Latency>(`/api/v1/flows/${flow}/latency?from=${hopline.at("-2d")}&to=${hopline.at("3h")}${query}`))
    .body;
const pairs = (flow: string, prefix: string, latencies: readonly number[]): readonly Sent[] =>
  latencies.flatMap((ms, index) => [
    at(flow, "a", `${prefix}-${index}`, "1m"),
    at(flow, "b", `${prefix}-${index}`, `1m ${ms}ms`),
  ]);
const near = (value: number | null | undefined, wanted: number): void =>
  expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThanOrEqual(wanted * 0.02);

/** Latencies are put together a moment after the records. */
const settledMs = 15_000;

describe("latency", () => {
  it("is counted per hop and end to end, as percentiles without the negative ones", async () => {
    const latencies = Array.from({ length: 100 }, (_, index) => (index + 1) * 100);
    await hopline.send(...pairs("timed", "T", latencies), ...pairs("timed", "NEG", [-5_000, -10]));
    await hopline.eventually(async () => {
      const { hops } = await latency("timed");
      const hop = hops.find((each) => each.hop === "a..b")?.buckets[0];
      expect(hop).toMatchObject({ count: 100, skewedCount: 2 });
      near(hop?.p50Ms, 5_000);
      near(hop?.p95Ms, 9_500);
      near(hop?.p99Ms, 9_900);
      near(hops.find((each) => each.hop === "end_to_end")?.buckets[0]?.p50Ms, 5_000);
    }, settledMs);
  });

  it("is answered for one hop and in buckets when asked so", async () => {
    const { hops } = await latency("timed", "&hop=a..b&bucket=1h");
    expect(hops.map((each) => each.hop)).toEqual(["a..b"]);
    expect(hops[0]?.buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(100);
    expect((await hopline.get("/api/v1/flows/nobody/latency")).status).toBe(404);
  });

  it("that is negative is shown on its hop, and the step is on time", async () => {
    await hopline.send(...pairs("few", "ONE", [-5_000]));
    const journey = await hopline.journey("ONE-0");
    expect(journey.state).toBe("completed");
    expect(statuses(journey)).toEqual({ a: "settled", b: "settled" });
    expect(journey.hops[0]).toMatchObject({ from: "a", to: "b", latencyMs: -5_000 });
  });
});

describe("a clock that lies", () => {
  const skewOf = async (flow: string, order: string) => {
    const { hops, warnings } = await hopline.journey(order, flow);
    return { skewed: hops[0]?.skewed, warned: warnings.some((each) => each.kind === "clock_skew") };
  };

  it("is shown from 20 hops of a second's median", async () => {
    await hopline.send(
      ...pairs("enough", "E", [
        ...Array.from({ length: 10 }, () => -1),
        ...Array.from({ length: 10 }, () => -1_000),
        -1_000,
      ]),
    );
    await hopline.eventually(
      async () => expect(await skewOf("enough", "E-20")).toEqual({ skewed: true, warned: true }),
      settledMs,
    );
  });

  it("is not shown from 19", async () => {
    await hopline.send(
      ...pairs(
        "few",
        "F",
        Array.from({ length: 18 }, () => -60_000),
      ),
    );
    expect(await skewOf("few", "F-17")).toEqual({ skewed: false, warned: false });
  });

  it("is not shown when the median is under a second", async () => {
    await hopline.send(
      ...pairs(
        "small",
        "S",
        Array.from({ length: 30 }, () => -999),
      ),
    );
    expect(await skewOf("small", "S-0")).toEqual({ skewed: false, warned: false });
  });

  it("is shown as soon as the twentieth came", async () => {
    await hopline.send(
      ...pairs(
        "grown",
        "G",
        Array.from({ length: 19 }, () => -5_000),
      ),
    );
    expect(await skewOf("grown", "G-0")).toEqual({ skewed: false, warned: false });
    await hopline.send(...pairs("grown", "H", [-5_000]));
    await hopline.eventually(
      async () => expect(await skewOf("grown", "G-0")).toEqual({ skewed: true, warned: true }),
      settledMs,
    );
  });
});

describe("an import", () => {
  it("makes journeys and statistics of the past, marked backfill, with a flow of optional steps and no deadlines", async () => {
    const file = join(hopline.home, "log.csv");
    writeFileSync(
      file,
      "case_id,activity,timestamp\nC-1,Register,2026-11-20T08:00:00Z\nC-1,Check,2026-11-20T09:00:00Z\nC-2,Register,2026-11-20T08:00:00Z\nC-2,Register,2026-11-20T08:30:00Z\n",
    );
    await hopline.command("import", file);
    await hopline.eventually(async () => {
      const { body } = await hopline.get<{
        items: readonly { flow: string; primary: string; state: string; eventsTotal: number; backfill?: boolean }[];
      }>("/api/v1/journeys?q=C-1");
      void body;
      const { journeys } = await hopline.record("_", "C-1");
      expect(journeys).toHaveLength(1);
      expect(journeys[0]).toMatchObject({ state: "completed", eventsTotal: 2 });
      expect(journeys[0]?.events.map((each) => each.backfill)).toEqual([true, true]);
    }, 5_000);
    const [journey] = (await hopline.record("_", "C-2")).journeys;
    expect(journey).toMatchObject({ state: "completed", eventsTotal: 2 });
    expect(journey?.steps.map((step) => step.status).toSorted()).toEqual(["not_expected", "settled"]);
    const { body } = await hopline.get<{ steps: readonly { optional: boolean; withinMs?: number }[] }>(
      `/api/v1/flows/${journey?.flow ?? ""}`,
    );
    expect(body.steps).toHaveLength(2);
    for (const step of body.steps) {
      expect(step.optional).toBe(true);
      expect(step).not.toHaveProperty("withinMs");
    }
    await hopline.eventually(async () => {
      const { hops } = (
        await hopline.get<Latency>(
          `/api/v1/flows/${journey?.flow ?? ""}/latency?from=2026-11-19T00:00:00Z&to=2026-11-22T00:00:00Z`,
        )
      ).body;
      expect(hops.some((each) => each.buckets.some((bucket) => bucket.count > 0))).toBe(true);
    }, settledMs);
  });
});
