import { describe, expect, it } from "vitest";
import { evidenceKinds, sighting, statuses, stepOf, hoplineOf, type Sent } from "#test/support/hopline.ts";

const step = (flow: string, more: string): string => `
flow: ${flow}
record: { primary: order_no }
steps:
  - { id: a, system: ${flow}-sys-a }
  - { id: b, title: { en: Booking, zh: 入账 }, system: ${flow}-sys-b, after: a, within: 10s${more} }
`;

const hopline = hoplineOf({
  "learned.yaml": step("learned", ""),
  "twice.yaml": step("twice", ""),
  "old-eye.yaml": step("old-eye", ""),
  "never.yaml": step("never", ""),
  "declared.yaml": step("declared", ", sources: [one-eye, other-eye]"),
  "capped.yaml": step("capped", ""),
  "batch.yaml": step("batch", ", sources: [nightly]"),
  "delayed.yaml": step("delayed", ", sources: [delayed-eye]"),
  "dead.yaml": step("dead", ", sources: [dead-eye]"),
  "soon.yaml": step("soon", ", sources: [nightly]"),
  "sources.yaml":
    "nightly: { silentAfter: 26h }\ndelayed-eye: { silentAfter: 26h, delay: 3h }\ndead-eye: { silentAfter: 1h }\n",
});
const at = (flow: string, id: string, order: string, when: string, more: Sent = {}): Sent =>
  sighting(hopline, flow, id, order, when, more);

describe("a step whose deadline has passed", () => {
  it("is unknown, source_silent, while its source's watermark stands at the very deadline, and overdue a millisecond later", async () => {
    await hopline.send(at("learned", "b", "L-0", "0s"), at("learned", "a", "L-1", "0s"));
    await hopline.heartbeat("learned-b", "10s");
    const blind = await hopline.journey("L-1");
    expect(blind).toMatchObject({
      state: "unknown",
      verdict: { state: "unknown", step: "b", reason: "source_silent", since: hopline.at("10s") },
    });
    expect(statuses(blind)).toEqual({ a: "settled", b: "unknown" });
    expect(evidenceKinds(blind)).toContain("watermark");
    await hopline.heartbeat("learned-b", "10s 1ms");
    const seen = await hopline.journey("L-1");
    expect(seen).toMatchObject({
      state: "overdue",
      verdict: { step: "b", reason: "not_seen", dueAt: hopline.at("10s") },
    });
    expect(stepOf(seen, "b").status).toBe("overdue");
  });

  it("is judged by the largest event time its source sent, of whatever record", async () => {
    await hopline.send(at("twice", "b", "T-0", "10s"), at("twice", "a", "T-1", "0s"));
    expect((await hopline.journey("T-1")).state).toBe("unknown");
    await hopline.send(at("twice", "b", "T-2", "11s"));
    expect((await hopline.journey("T-1")).state).toBe("overdue");
    await hopline.send(at("twice", "b", "T-3", "1s"));
    expect((await hopline.journey("T-1")).state).toBe("overdue");
  });

  it("is unknown with a sentence of its own when nothing has ever reported it", async () => {
    await hopline.send(at("never", "a", "N-1", "0s"));
    const journey = await hopline.journey("N-1");
    expect(journey).toMatchObject({ state: "unknown", verdict: { step: "b", reason: "source_silent" } });
    expect(evidenceKinds(journey)).toContain("never_reported");
    expect(JSON.stringify([journey.verdict.summary.en, journey.verdict.evidence])).toMatch(
      /nothing has ever reported/iu,
    );
    expect(journey.verdict.summary.en).toContain("Booking");
    expect(journey.verdict.summary.zh).toContain("入账");
  });

  it("is pending before its deadline although nothing has ever reported it", async () => {
    await hopline.send({ ...at("never", "a", "N-2", "0s"), time: Date.now() });
    expect(await hopline.journey("N-2")).toMatchObject({ state: "in_progress", verdict: { step: null, reason: null } });
  });

  it("needs all its declared sources past the deadline", async () => {
    await hopline.send(at("declared", "a", "D-1", "0s"));
    await hopline.heartbeat("one-eye", "1h");
    const half = await hopline.journey("D-1");
    expect(half).toMatchObject({ state: "unknown", verdict: { reason: "source_silent" } });
    await hopline.heartbeat("other-eye", "1h");
    expect((await hopline.journey("D-1")).state).toBe("overdue");
  });

  it("does not look at who else reported it when its sources are declared", async () => {
    await hopline.send(at("declared", "b", "D-2", "0s", { source: "a-stranger" }), at("declared", "a", "D-3", "0s"));
    expect((await hopline.journey("D-3")).state).toBe("overdue");
  });

  it("forgets a learned source that reported it last more than 7 days before its newest event", async () => {
    await hopline.send(at("old-eye", "b", "O-1", "-8d", { source: "retired" }), at("old-eye", "a", "O-2", "0s"));
    expect((await hopline.journey("O-2")).state).toBe("unknown");
    await hopline.send(at("old-eye", "b", "O-3", "1h", { source: "successor" }));
    expect((await hopline.journey("O-2")).state).toBe("overdue");
  });

  it("keeps one that reported it within those 7 days", async () => {
    await hopline.send(at("old-eye", "b", "O-4", "-6d", { source: "slow" }), at("old-eye", "a", "O-5", "0s"));
    expect((await hopline.journey("O-5")).state).toBe("unknown");
  });
});

describe("a watermark", () => {
  it("is capped at arrival when a heartbeat speaks of the future", async () => {
    await hopline.send(at("capped", "b", "C-0", "0s"));
    await hopline.heartbeat("capped-b", "30h");
    const dueSoon = Date.now() - 9_500;
    await hopline.send({ ...at("capped", "a", "C-1", "0s"), time: dueSoon });
    await hopline.eventually(async () => {
      expect((await hopline.journey("C-1")).state).toBe("unknown");
    });
    const { body } = await hopline.get<{ items: readonly { source: string; watermark: string }[] }>("/api/v1/sources");
    const watermark = body.items.find((each) => each.source === "capped-b")?.watermark ?? "";
    expect(Date.parse(watermark)).toBeLessThanOrEqual(Date.now());
  });

  it("is capped at arrival when an event speaks of the future", async () => {
    await hopline.send(at("capped", "b", "C-2", "20h", { source: "fast-clock" }));
    const { body } = await hopline.get<{ items: readonly { source: string; watermark: string }[] }>("/api/v1/sources");
    const watermark = body.items.find((each) => each.source === "fast-clock")?.watermark ?? "";
    expect(Date.parse(watermark)).toBeLessThanOrEqual(Date.now());
  });

  it("is not moved by arrival alone: an old event moves it to its event time only", async () => {
    await hopline.send(at("learned", "a", "ARRIVAL", "0s", { source: "only-old" }));
    const { body } = await hopline.get<{ items: readonly { source: string; watermark: string }[] }>("/api/v1/sources");
    expect(body.items.find((each) => each.source === "only-old")?.watermark).toBe(hopline.at("0s"));
  });

  it("is now for a source declared with silentAfter, while its newest event or heartbeat is younger than that", async () => {
    await hopline.send(at("batch", "a", "S-1", "1h"));
    expect((await hopline.journey("S-1")).state).toBe("unknown");
    await hopline.heartbeat("nightly", "0s");
    expect((await hopline.journey("S-1")).state).toBe("overdue");
  });

  it("is its delay behind now where one is declared", async () => {
    await hopline.heartbeat("delayed-eye", "1s");
    await hopline.send(at("delayed", "a", "DEL-1", "1h"), at("delayed", "a", "DEL-2", "-2h"));
    expect((await hopline.journey("DEL-1")).state).toBe("unknown");
    expect((await hopline.journey("DEL-2")).state).toBe("overdue");
  });

  it("stays where it was when the source has been silent for longer than silentAfter", async () => {
    await hopline.heartbeat("dead-eye", "1s");
    await hopline.send(at("dead", "a", "DEAD-1", "0s"), at("dead", "a", "DEAD-2", "-10s"));
    expect((await hopline.journey("DEAD-1")).state).toBe("unknown");
    expect((await hopline.journey("DEAD-2")).state).toBe("overdue");
  });
});

describe("a deadline that passes while nothing is sent", () => {
  it("is noticed by lists and by the record within 2 s, without an event", async () => {
    await hopline.heartbeat("nightly", "0s");
    const time = Date.now() - 9_000;
    await hopline.send({ ...at("soon", "a", "SOON", "0s"), time });
    expect((await hopline.journey("SOON")).state).toBe("in_progress");
    await hopline.eventually(async () => {
      const { body } = await hopline.get<{ items: readonly { primary: string }[] }>(
        "/api/v1/journeys?flow=soon&state=overdue",
      );
      expect(body.items.map((each) => each.primary)).toEqual(["SOON"]);
    }, 3_500);
    expect(Date.now() - (time + 10_000)).toBeLessThan(4_500);
    expect((await hopline.journey("SOON")).verdict.lateByMs).toBeGreaterThan(0);
  });

  it("is noticed after a restart when it passed while no worker ran", async () => {
    await hopline.heartbeat("nightly", "0s");
    const due = Date.now() + 2_500;
    await hopline.send({ ...at("soon", "a", "DOWN", "0s"), time: due - 10_000 });
    expect((await hopline.journey("DOWN")).state).toBe("in_progress");
    await hopline.stopWorker("SIGKILL");
    await hopline.eventually(() => Promise.resolve(expect(Date.now()).toBeGreaterThan(due)), 4_000);
    expect((await hopline.journey("DOWN")).state).toBe("overdue");
    await hopline.startWorker();
    await hopline.eventually(async () => {
      const { body } = await hopline.get<{ items: readonly { primary: string }[] }>(
        "/api/v1/journeys?flow=soon&state=overdue&q=DOWN",
      );
      expect(body.items).toHaveLength(1);
      // in a cluster the turn of the worker that was killed has to run out first
    }, 15_000);
  });
});

describe("a heartbeat", () => {
  it("is refused without a source, without a time or with another type, and accepted otherwise", async () => {
    expect((await hopline.post("/v1/heartbeats", { time: hopline.at("0s") })).status).toBe(400);
    expect((await hopline.post("/v1/heartbeats", { source: "x" })).status).toBe(400);
    expect((await hopline.post("/v1/heartbeats", { source: "x", time: "yesterday" })).status).toBe(400);
    expect((await hopline.post("/v1/heartbeats", { source: "x", time: hopline.base })).status).toBe(202);
  });
});
