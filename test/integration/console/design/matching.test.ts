import { describe, expect, it } from "vitest";
import { idsOf, sighting, statuses, stepOf, hoplineOf, type Sent } from "#test/support/hopline.ts";
import { writeFlows } from "#test/support/worker.ts";

const hopline = hoplineOf({
  "match.yaml": `
flow: match
record: { primary: order_no }
steps:
  - { id: one, system: match-shared }
  - { id: two, system: match-shared }
  - { id: alone, system: match-alone }
  - { id: pointed, system: match-pointed, point: "kafka:captured" }
  - { id: plain, system: match-pointed }
  - { id: only-point, system: match-topic, point: "kafka:only" }
`,
  "twin.yaml": `
flow: twin
record: { primary: order_no }
steps: [{ id: alone, system: match-alone }]
`,
  "other-key.yaml": `
flow: other-key
record: { primary: invoice_no }
steps: [{ id: alone, system: match-alone }]
`,
  "grows.yaml": "flow: grows\nrecord: { primary: order_no }\nsteps: [{ id: a, system: grows-a }]\n",
  "parts.yaml":
    "flow: parts\nrecord: { primary: order_no }\nsteps: [{ id: a, system: parts-x }, { id: b, system: parts-x }]\n",
  "versions.yaml":
    "flow: versions\nrecord: { primary: order_no }\nsteps: [{ id: a, system: v-a }, { id: b, system: v-b, after: a, within: 10s }]\n",
  "dated.yaml":
    "flow: dated\nrecord: { primary: order_no }\nsteps: [{ id: a, system: d-a }, { id: b, system: d-b, after: a, within: 10s }]\n",
  "firm.yaml": "flow: firm\nrecord: { primary: order_no }\nsteps: [{ id: a, system: firm-a }]\n",
});
const raw = (id: string, order: string, named: Sent): Sent => ({
  id,
  keys: { order_no: order },
  time: hopline.at("0s"),
  ...named,
});
const placesOf = async (order: string): Promise<readonly string[]> => {
  const { journeys } = await hopline.record("order_no", order);
  return journeys
    .flatMap((journey) =>
      journey.steps.filter((step) => step.at !== undefined).map((step) => `${journey.flow}.${step.id}`),
    )
    .toSorted();
};

describe("an event belongs to a step", () => {
  it("when all it names agree: system alone, in every flow that has its key type", async () => {
    await hopline.send(raw("m1", "M-1", { system: "match-alone" }));
    expect(await placesOf("M-1")).toEqual(["match.alone", "twin.alone"]);
  });

  it("of the flow it names only", async () => {
    await hopline.send(
      raw("m2", "M-2", { system: "match-alone", flow: "twin" }),
      raw("m3", "M-3", { step: "alone", flow: "match" }),
    );
    expect(await placesOf("M-2")).toEqual(["twin.alone"]);
    expect(await placesOf("M-3")).toEqual(["match.alone"]);
  });

  it("not when its system is another than the step's", async () => {
    await hopline.send(raw("m4", "M-4", { step: "alone", system: "match-shared" }));
    const { journeys, unmatched } = await hopline.record("order_no", "M-4");
    expect(journeys).toEqual([]);
    expect(unmatched).toMatchObject([{ id: "m4", unmatchedReason: "no_step" }]);
  });

  it("not when it names another point than the step has", async () => {
    await hopline.send(
      raw("m5", "M-5", { system: "match-topic", point: "kafka:other" }),
      raw("m6", "M-6", { system: "match-topic", point: "kafka:only" }),
      raw("m7", "M-7", { system: "match-topic" }),
    );
    expect(await placesOf("M-5")).toEqual([]);
    expect(await placesOf("M-6")).toEqual(["match.only-point"]);
    expect(await placesOf("M-7")).toEqual(["match.only-point"]);
  });

  it("kept unmatched as ambiguous_step when two steps of one flow fit and it names none", async () => {
    await hopline.send(
      raw("m8", "M-8", { system: "match-shared" }),
      raw("m9", "M-9", { system: "match-shared", step: "two" }),
    );
    expect((await hopline.record("order_no", "M-8")).unmatched).toMatchObject([
      { id: "m8", unmatchedReason: "ambiguous_step" },
    ]);
    expect(await placesOf("M-9")).toEqual(["match.two"]);
  });

  it("where a step with the very point does not win over one without", async () => {
    await hopline.send(
      raw("m10", "M-10", { system: "match-pointed", point: "kafka:captured" }),
      raw("m11", "M-11", { system: "match-pointed", point: "kafka:elsewhere" }),
    );
    expect((await hopline.record("order_no", "M-10")).unmatched).toMatchObject([{ unmatchedReason: "ambiguous_step" }]);
    expect(await placesOf("M-11")).toEqual(["match.plain"]);
  });

  it("kept and found by its keys when nothing matches", async () => {
    await hopline.send(raw("m12", "M-12", { system: "stranger" }));
    const { journeys, unmatched } = await hopline.record("order_no", "M-12");
    expect(journeys).toEqual([]);
    expect(idsOf(unmatched)).toEqual(["m12"]);
  });
});

describe("events that matched nothing", () => {
  it("join when a later version matches them", async () => {
    await hopline.send(raw("g1", "G-1", { step: "b", flow: "grows" }), raw("g2", "G-1", { step: "a", flow: "grows" }));
    const before = await hopline.record("order_no", "G-1");
    expect(idsOf(before.unmatched)).toEqual(["g1"]);
    await hopline.declare({
      "grows.yaml": `flow: grows\nfrom: "${hopline.at("-1h")}"\nrecord: { primary: order_no }\nsteps: [{ id: a, system: grows-a }, { id: b, system: grows-b }]\n`,
    });
    await hopline.eventually(async () => {
      const { journeys, unmatched } = await hopline.record("order_no", "G-1");
      expect(unmatched).toEqual([]);
      expect(journeys.map(statuses)).toEqual([{ a: "settled", b: "settled" }]);
    }, 5_000);
  });

  it("join when a later version makes them unambiguous", async () => {
    await hopline.send(raw("p1", "PARTS-1", { system: "parts-x" }));
    expect((await hopline.record("order_no", "PARTS-1")).unmatched).toHaveLength(1);
    await hopline.declare({
      "parts.yaml": `flow: parts\nfrom: "${hopline.at("-1h")}"\nrecord: { primary: order_no }\nsteps: [{ id: a, system: parts-x }, { id: b, system: parts-y }]\n`,
    });
    await hopline.eventually(async () => {
      const { journeys, unmatched } = await hopline.record("order_no", "PARTS-1");
      expect(unmatched).toEqual([]);
      expect(journeys.map((each) => each.state)).toEqual(["in_progress"]);
    }, 5_000);
  });
});

describe("a version of a flow", () => {
  const at = (flow: string, step: string, order: string, when: string, more: Sent = {}): Sent =>
    sighting(hopline, flow, step, order, when, more);
  const text = (flow: string, seconds: number, from = ""): string =>
    `flow: ${flow}\n${from}record: { primary: order_no }\nsteps: [{ id: a, system: ${flow === "dated" ? "d" : "v"}-a }, { id: b, system: ${flow === "dated" ? "d" : "v"}-b, after: a, within: ${seconds}s }]\n`;

  it("judges from when it was saved, unless it says otherwise: journeys that began before keep theirs", async () => {
    await hopline.send(at("versions", "a", "V-1", "0s"), at("versions", "b", "V-1", "20s"));
    expect((await hopline.journey("V-1")).state).toBe("completed_late");
    await hopline.declare({ "versions.yaml": text("versions", 30) });
    const now = Date.now();
    await hopline.send(
      { ...at("versions", "a", "V-2", "0s"), time: now },
      { ...at("versions", "b", "V-2", "0s"), time: now + 20_000 },
    );
    expect((await hopline.journey("V-2")).state).toBe("completed");
    expect((await hopline.journey("V-1")).state).toBe("completed_late");
    await hopline.send(at("versions", "a", "V-3", "1m"), at("versions", "b", "V-3", "1m 20s"));
    expect((await hopline.journey("V-3")).state).toBe("completed_late");
  });

  it("saved with an earlier from judges the journeys concerned again", async () => {
    await hopline.send(
      at("dated", "a", "D-OLD", "-2h"),
      at("dated", "b", "D-OLD", "-2h 20s"),
      at("dated", "a", "D-NEW", "10m"),
      at("dated", "b", "D-NEW", "10m 20s"),
    );
    expect((await hopline.journey("D-OLD")).state).toBe("completed_late");
    expect((await hopline.journey("D-NEW")).state).toBe("completed_late");
    await hopline.declare({ "dated.yaml": text("dated", 30, `from: "${hopline.at("0s")}"\n`) });
    await hopline.eventually(async () => {
      expect((await hopline.journey("D-NEW")).state).toBe("completed");
      const { body } = await hopline.get<{ items: readonly { primary: string }[] }>(
        "/api/v1/journeys?flow=dated&state=completed",
      );
      expect(body.items.map((each) => each.primary)).toEqual(["D-NEW"]);
    }, 5_000);
    expect((await hopline.journey("D-OLD")).state).toBe("completed_late");
  });

  it("is chosen by the earliest event time, whatever arrived first", async () => {
    await hopline.send(at("dated", "a", "D-LATE", "20m"), at("dated", "b", "D-LATE", "20m 20s"));
    expect((await hopline.journey("D-LATE")).state).toBe("completed");
    await hopline.send(at("dated", "a", "D-LATE", "-1m"));
    const journey = await hopline.journey("D-LATE");
    expect(journey.state).toBe("completed_late");
    expect(stepOf(journey, "b").dueAt).toBe(hopline.at("-1m 10s"));
  });

  it("with a mistake leaves the last good one in force, and readiness says what is wrong and where", async () => {
    await hopline.send(at("firm", "a", "FIRM-1", "0s"));
    const before = await hopline.journey("FIRM-1");
    writeFlows(hopline.home, {
      "firm.yaml": "flow: firm\nrecord: { primary: order_no }\nsteps:\n  - { id: a, system: firm-a, after: nowhere }\n",
    });
    await hopline.eventually(async () => {
      for (const url of [hopline.workerUrl, hopline.consoleUrl]) {
        const ready = await fetch(`${url}/readyz`);
        const body = (await ready.json()) as { problems: readonly unknown[] };
        expect(ready.status).toBe(200);
        expect(body.problems).toEqual([expect.objectContaining({ file: "firm.yaml", line: 4 })]);
      }
    }, 4_000);
    await hopline.send(at("firm", "a", "FIRM-2", "0s"));
    expect(await hopline.journey("FIRM-2")).toMatchObject({ state: "completed", flowVersion: before.flowVersion });
  });

  it("that was never good leaves both processes not ready until it is", async () => {
    const readiness = async (): Promise<readonly number[]> =>
      Promise.all([hopline.workerUrl, hopline.consoleUrl].map(async (url) => (await fetch(`${url}/readyz`)).status));
    writeFlows(hopline.home, { "late.yaml": "flow: late\nsteps: [{ id: a, system: late-a }]\n" });
    await hopline.eventually(async () => expect(await readiness()).toEqual([503, 503]), 4_000);
    writeFlows(hopline.home, {
      "late.yaml": "flow: late\nrecord: { primary: order_no }\nsteps: [{ id: a, system: late-a }]\n",
    });
    await hopline.eventually(async () => expect(await readiness()).toEqual([200, 200]), 4_000);
  });
});
