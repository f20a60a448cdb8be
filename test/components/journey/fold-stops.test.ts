import { describe, expect, it } from "vitest";
import type { RecordAnswer } from "#lib/record/record-answer.ts";
import { journeyLayout, type JourneyLayout } from "#components/journey/layout.ts";
import { asOf } from "#test/fixtures/record/build-journey.ts";
import { fiveBranches, importedCase, twelveSteps } from "#test/fixtures/record/long-flows.ts";
import { cancelled, completed } from "#test/fixtures/record/more-records.ts";
import { so1042 } from "#test/fixtures/record/so-1042.ts";

const layoutOf = ({ journeys: [journey] }: RecordAnswer, unfolded = false): JourneyLayout => {
  if (journey === undefined) throw new Error("The fixture has no journey");
  return journeyLayout(journey, { asOf: Date.parse(asOf), unfolded });
};
const stopsOf = (layout: JourneyLayout): readonly (readonly string[])[] => layout.stops.map((stop) => stop.steps);

describe("a journey of twelve steps", () => {
  it("folds what went well before the last good step, and what waits after the broken one", () => {
    expect(stopsOf(layoutOf(twelveSteps))).toEqual([
      ["request"],
      ["check", "quote", "approve", "order", "confirm", "release"],
      ["produce"],
      ["inspect"],
      ["pack", "invoice", "close"],
    ]);
  });

  it("shows each step where all are asked for", () => {
    expect(layoutOf(twelveSteps, true).stops).toHaveLength(12);
    expect(layoutOf(twelveSteps, true).foldedCount).toBe(0);
  });

  it("is not due yet after the broken step, never red", () => {
    const [, , , broken, after] = layoutOf(twelveSteps).stops;
    expect([broken?.state, broken?.first, after?.state]).toEqual(["failed", true, "waiting"]);
  });
});

describe("a journey of five branches", () => {
  it("folds the branches that went well into one and keeps the late one", () => {
    const layout = layoutOf(fiveBranches);
    expect(layout.rails).toBe(2);
    const fold = layout.stops.find((stop) => stop.steps.length > 1);
    expect(fold?.steps).toHaveLength(8);
    expect(stopsOf(layout).flat()).toContain("fraud_answered");
    expect(layout.stops.find((stop) => stop.id === "fraud_answered")?.state).toBe("late");
  });
});

describe("a journey of an imported log", () => {
  it("is told in the order seen, without the activities that never happened", () => {
    const layout = layoutOf(importedCase);
    expect(layout.asSeen).toBe(true);
    expect(layout.rails).toBe(1);
    expect(layout.leftOut).toHaveLength(11);
    expect(stopsOf(layout)[0]).toEqual(["confirmation_of_receipt"]);
    expect(stopsOf(layout).at(-1)).toEqual(["t15_print_document_x_request_unlicensed"]);
  });
});

describe("the order-to-cash journey", () => {
  it("stands on two rails that leave one stop and meet in another, nothing folded", () => {
    const layout = layoutOf(so1042);
    const placeOf = (id: string) => layout.stops.find((stop) => stop.id === id);
    expect([layout.columns, layout.rails, layout.foldedCount]).toEqual([5, 2, 0]);
    expect([placeOf("placed")?.rail, placeOf("closed")?.rail, placeOf("posted")?.rail]).toEqual([0, 0, 1]);
    expect(placeOf("closed")?.waitsFor).toEqual(["posted", "shipped"]);
  });

  it("draws what never came cut, what can't be told dotted, and what follows in thin dashes", () => {
    const lineOf = (from: string, to: string) =>
      layoutOf(so1042).links.find((link) => link.from === from && link.to === to)?.line;
    expect(lineOf("crm_exported", "posted")).toBe("cut");
    expect(lineOf("picked", "shipped")).toBe("dotted");
    expect(lineOf("posted", "closed")).toBe("waiting");
    expect(lineOf("placed", "paid")).toBe("solid");
  });

  it("tells the time taken and the limit on the hop", () => {
    const hop = layoutOf(so1042).links.find((link) => link.from === "placed" && link.to === "paid");
    expect(hop?.time).toEqual({ skewed: false, takenMs: 6_667, allowedMs: 900_000 });
  });

  it("tells the limit of a step with two predecessors on the hop it counts from", () => {
    const links = layoutOf(completed, true).links.filter((link) => link.to === "closed");
    expect(links.map((link) => [link.from, link.time.takenMs !== undefined])).toEqual(
      expect.arrayContaining([
        ["shipped", true],
        ["posted", true],
      ]),
    );
  });

  it("shows a step that ends the flow only where it happened, after the last one seen", () => {
    expect(stopsOf(layoutOf(so1042)).flat()).not.toContain("cancelled");
    const ended = layoutOf(cancelled);
    expect(ended.links.find((link) => link.to === "cancelled")?.from).toBe("crm_exported");
    expect(ended.leftOut).toEqual(expect.arrayContaining(["posted", "shipped", "closed"]));
  });
});
