import { describe, expect, it } from "vitest";
import { evidenceKinds, sighting, hoplineOf, type Sent } from "#test/support/hopline.ts";

const line = (flow: string, sends = ""): string => `
flow: ${flow}
record: { primary: order_no, aliases: [waybill_no] }
steps:
  - { id: a, system: ${flow}-sys-a }
  - { id: b, system: ${flow}-sys-b, after: a, within: 10s${sends} }
  - { id: c, system: ${flow}-sys-c, after: b, within: 10s }
`;
const hopline = hoplineOf({
  "hop.yaml": line("hop"),
  "emits.yaml": line("emits", ", sends: true"),
  "ten.yaml": line("ten"),
  "nine.yaml": line("nine"),
  "share.yaml": line("share"),
  "mixed.yaml": line("mixed"),
  "choice.yaml": `
flow: choice
record: { primary: order_no }
steps:
  - { id: start, system: choice-start }
  - { id: right, system: choice-right, after: start, within: 20s }
  - { id: left, system: choice-left, after: start, within: 10s }
  - { id: leftmost, system: choice-leftmost, after: left, within: 10s, strict: true }
  - { id: tie, system: choice-tie, after: start, within: 10s }
`,
  "blind.yaml": `
flow: blind
record: { primary: order_no }
steps:
  - { id: start, system: blind-start }
  - { id: dark, system: blind-dark, after: start, within: 1s }
  - { id: seen, system: blind-seen, after: start, within: 10s }
`,
});
const at = (flow: string, step: string, order: string, when: string, more: Sent = {}): Sent =>
  sighting(hopline, flow, step, order, when, more);
const toC = async (flow: string, order: string, ...events: readonly Sent[]) => {
  await hopline.send(at(flow, "a", order, "0s"), ...events, at(flow, "c", `${order}-OTHER`, "0s"));
  await hopline.heartbeat(`${flow}-b`, "1h");
  await hopline.heartbeat(`${flow}-c`, "1h");
  return await hopline.journey(order);
};

describe("an overdue step", () => {
  it("is not_seen when nothing more is known", async () => {
    expect((await toC("hop", "PLAIN", at("hop", "b", "PLAIN", "1s"))).verdict).toMatchObject({
      state: "overdue",
      step: "c",
      hop: "b..c",
      reason: "not_seen",
    });
  });

  it("is lost_in_transit after a send towards it: by its id, by its system, or without `to` from its predecessor", async () => {
    for (const [order, more] of [
      ["TO-ID", { to: "c" }],
      ["TO-SYSTEM", { to: "hop-sys-c" }],
      ["TO-NEXT", {}],
    ] as const) {
      const journey = await toC("hop", order, at("hop", "b", order, "1s", { operation: "send", ...more }));
      expect(journey.verdict).toMatchObject({ state: "overdue", step: "c", reason: "lost_in_transit" });
      expect(evidenceKinds(journey)).toContain("sent");
    }
  });

  it("is not lost in transit when the send went elsewhere, or failed", async () => {
    expect(
      (await toC("hop", "ELSEWHERE", at("hop", "b", "ELSEWHERE", "1s", { operation: "send", to: "nowhere" }))).verdict,
    ).toMatchObject({ reason: "not_seen" });
    expect(
      (
        await toC(
          "hop",
          "SEND-FAILED",
          at("hop", "b", "SEND-FAILED", "1s"),
          at("hop", "b", "SEND-FAILED", "2s", { operation: "send", outcome: "retrying" }),
        )
      ).verdict,
    ).toMatchObject({ reason: "not_seen" });
  });

  it("is not_processed when it was received, sent or not", async () => {
    const journey = await toC(
      "hop",
      "RECEIVED",
      at("hop", "b", "RECEIVED", "1s", { operation: "send" }),
      at("hop", "c", "RECEIVED", "2s", { operation: "receive" }),
    );
    expect(journey.verdict).toMatchObject({ reason: "not_processed" });
    expect(journey.hops).toContainEqual(expect.objectContaining({ from: "b", to: "c", queueMs: 1_000 }));
  });

  it("is never_sent when the step before sends and settled without a send", async () => {
    expect((await toC("emits", "UNSENT", at("emits", "b", "UNSENT", "1s"))).verdict).toMatchObject({
      step: "c",
      reason: "never_sent",
    });
  });

  it("is lost_in_transit when that step did send", async () => {
    expect(
      (
        await toC(
          "emits",
          "SENT",
          at("emits", "b", "SENT", "1s"),
          at("emits", "b", "SENT", "2s", { operation: "send" }),
        )
      ).verdict,
    ).toMatchObject({ step: "c", reason: "lost_in_transit" });
  });
});

describe("an outage", () => {
  const orders = (prefix: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  const given = async (
    flow: string,
    missing: number,
    settled: number,
    spread = (index: number): string => `${index}s`,
  ): Promise<void> => {
    const lost = orders(`${flow}-lost`, missing).map((order, index) => at(flow, "a", order, spread(index)));
    const done = orders(`${flow}-done`, settled).flatMap((order) => [
      at(flow, "a", order, "0s"),
      at(flow, "b", order, "1s"),
    ]);
    await hopline.send(...lost, ...done, at(flow, "b", `${flow}-eye`, "0s"));
    await hopline.heartbeat(`${flow}-b`, "1h");
  };
  const reasonOf = async (order: string): Promise<string | null> => (await hopline.journey(order)).verdict.reason;

  it("is the reason when 10 journeys, all of those due within 5 minutes, are missing", async () => {
    await given("ten", 10, 0);
    await hopline.eventually(async () => expect(await reasonOf("ten-lost-0")).toBe("outage"));
    expect(evidenceKinds(await hopline.journey("ten-lost-0"))).toContain("outage");
  });

  it("is not when only 9 are", async () => {
    await given("nine", 9, 0);
    expect(await reasonOf("nine-lost-0")).toBe("not_seen");
  });

  it("asks for 80 % of those due", async () => {
    await given("share", 12, 3);
    await hopline.eventually(async () => expect(await reasonOf("share-lost-3")).toBe("outage"));
    await hopline.send(at("share", "a", "share-done-x", "0s"), at("share", "b", "share-done-x", "1s"));
    await hopline.eventually(async () => expect(await reasonOf("share-lost-3")).toBe("not_seen"));
  });

  it("does not count deadlines further than 5 minutes away", async () => {
    await given("mixed", 11, 0, (index) => (index < 9 ? "0s" : "5m 1ms"));
    expect(await reasonOf("mixed-lost-0")).toBe("not_seen");
    await hopline.send(at("mixed", "a", "mixed-lost-edge", "5m"));
    await hopline.eventually(async () => expect(await reasonOf("mixed-lost-0")).toBe("outage"));
  });
});

describe("of several broken steps the verdict names", () => {
  const watch = async (...steps: readonly string[]): Promise<void> => {
    for (const step of steps) {
      await hopline.send(at("choice", step, `EYE-${step}`, "-1h", { source: `choice-${step}` }));
      await hopline.heartbeat(`choice-${step}`, "1h");
    }
  };

  it("the one with the smallest since among those that no other precedes, then the first declared", async () => {
    await watch("right", "left", "leftmost", "tie");
    await hopline.send(at("choice", "start", "FIRST", "0s"));
    expect((await hopline.journey("FIRST")).verdict).toMatchObject({ state: "overdue", step: "left" });
  });

  it("a failed one that failed before the others' deadlines", async () => {
    await hopline.send(
      at("choice", "start", "FAILED", "0s"),
      at("choice", "right", "FAILED", "5s", { outcome: "failed", error: { class: "timeout" } }),
    );
    expect(await hopline.journey("FAILED")).toMatchObject({
      state: "failed",
      verdict: { step: "right", since: hopline.at("5s") },
    });
  });

  it("not one that another broken step precedes, though it broke earlier", async () => {
    await hopline.send(
      at("choice", "start", "ABOVE", "0s"),
      at("choice", "tie", "ABOVE", "1s"),
      at("choice", "right", "ABOVE", "1s"),
      at("choice", "leftmost", "ABOVE", "2s", { outcome: "failed", error: { class: "timeout" } }),
    );
    expect((await hopline.journey("ABOVE")).verdict).toMatchObject({
      state: "overdue",
      step: "left",
      since: hopline.at("10s"),
    });
  });

  it("an unknown one only when none is failed or overdue", async () => {
    await hopline.send(at("blind", "start", "DARK", "0s"), at("blind", "seen", "DARK-OTHER", "0s"));
    expect((await hopline.journey("DARK")).verdict).toMatchObject({
      state: "unknown",
      step: "dark",
      reason: "source_silent",
    });
    await hopline.heartbeat("blind-seen", "1h");
    expect((await hopline.journey("DARK")).verdict).toMatchObject({
      state: "overdue",
      step: "seen",
      reason: "not_seen",
    });
  });
});

describe("alike", () => {
  it("counts the open journeys with the same flow, step, reason, class and field", async () => {
    const failing = (order: string, field: string): readonly Sent[] => [
      at("hop", "a", order, "0s"),
      at("hop", "b", order, "1s", { outcome: "failed", error: { class: "missing_field", field } }),
    ];
    await hopline.send(
      ...["AL-1", "AL-2", "AL-3"].flatMap((order) => failing(order, "tax_no")),
      ...failing("AL-4", "amount"),
    );
    await hopline.eventually(async () => {
      const { alike } = (await hopline.journey("AL-1")).verdict;
      expect(alike?.count).toBe(3);
      expect(alike?.since).toBe(hopline.at("1s"));
    });
    await hopline.send(at("hop", "b", "AL-2", "2s"), at("hop", "c", "AL-2", "3s"));
    await hopline.eventually(async () => expect((await hopline.journey("AL-1")).verdict.alike?.count).toBe(2));
  });
});
