import { describe, expect, it } from "vitest";
import type { CheckResult } from "#lib/contract/check-result.ts";
import { errorClasses } from "#lib/event/hop-event.ts";
import { at, eventOf, judged, seenTo, versionOf } from "#test/support/journey-builder.ts";

const version = versionOf({
  placed: {},
  exported: { after: "placed", system: "crm" },
  posted: { after: "exported", system: "finance", within: 5, contract: "c" },
});
const missing: CheckResult = {
  result: "breached",
  findings: [
    { kind: "missing_field", field: "tax_no", title: "Tax no.", expected: "required" },
    { kind: "bad_format", field: "lines[2].sku", expected: "pattern ^S" },
  ],
};
const malformed: CheckResult = {
  result: "breached",
  findings: [{ kind: "bad_format", field: "amount", expected: "type number" }],
};
const ok: CheckResult = { result: "ok" };
const seen = (step: string, t: number, c: CheckResult, more = {}) =>
  eventOf({ t, step, payload: { a: 1 }, checks: { c }, ...more });
const placed = seen("placed", 0, ok);
const exported = seen("exported", 10, ok);
const breached = seen("exported", 10, missing);
const failed = (error?: Parameters<typeof eventOf>[0]["error"], t = 11) =>
  eventOf({ t, step: "posted", outcome: "failed", ...(error !== undefined && { error }) });

describe("the reason of a failed step", () => {
  const speaking = errorClasses.filter((name) => name !== "duplicate" && name !== "unknown");

  it.each(speaking)("is the class of its failed event: %s, with its field", (name) => {
    const { verdict } = judged(version, [placed, breached, failed({ class: name, field: "x" })]);
    expect(verdict).toMatchObject({ state: "failed", reason: name, errorClass: name, field: "x" });
  });

  it("is an unknown error where the class is unknown or none was given, keeping the field", () => {
    expect(judged(version, [placed, exported, failed({ class: "unknown", field: "x" })]).verdict).toMatchObject({
      reason: "unknown_error",
      errorClass: "unknown",
      field: "x",
    });
    expect(judged(version, [placed, exported, failed()]).verdict.reason).toBe("unknown_error");
  });

  it("is what the contract finds where the event could not say", () => {
    const { verdict } = judged(version, [placed, breached, failed({ class: "unknown", field: "x" })]);
    expect(verdict).toMatchObject({ state: "failed", reason: "missing_field", field: "tax_no" });
    expect(verdict.errorClass).toBeUndefined();
  });

  it("takes the field from the contract where the event names the same kind of trouble without a field", () => {
    expect(judged(version, [placed, breached, failed({ class: "missing_field" })]).verdict.field).toBe("tax_no");
    expect(judged(version, [placed, breached, failed({ class: "bad_format" })]).verdict.field).toBeUndefined();
  });

  it("is that of the latest failed event, and since the earliest", () => {
    const { verdict } = judged(version, [
      placed,
      exported,
      failed({ class: "timeout" }, 30),
      failed({ class: "rejected" }, 20),
    ]);
    expect([verdict.reason, verdict.since]).toEqual(["timeout", at(20)]);
  });

  it("of two at the same time is that of the last source, then id", () => {
    const tie = (source: string, id: string, name: "timeout" | "conflict" | "rejected") =>
      eventOf({ t: 20, step: "posted", outcome: "failed", source, id, error: { class: name } });
    const events = [tie("b", "1", "timeout"), tie("b", "2", "conflict"), tie("a", "3", "rejected")];
    expect(judged(version, [placed, ...events]).verdict.reason).toBe("conflict");
  });

  it("prefers a failed event to a later retry", () => {
    const retry = eventOf({ t: 40, step: "posted", outcome: "retrying", error: { class: "unreachable" } });
    expect(judged(version, [placed, exported, failed({ class: "rejected" }), retry]).verdict.reason).toBe("rejected");
  });
});

describe("the contract of a step", () => {
  it("explains an overdue step: the first missing field in its order, all findings in evidence", () => {
    const { verdict } = judged(version, [placed, breached]);
    expect(verdict).toMatchObject({ state: "overdue", reason: "missing_field", field: "tax_no", since: at(15) });
    const contract = verdict.evidence.filter(({ kind }) => kind === "contract");
    expect(contract.map(({ text }) => text.en)).toEqual([
      "finance requires Tax no. (`tax_no`) (required); in the crm data it is empty.",
      "finance requires `lines[2].sku` (pattern ^S); in the crm data it is in another form.",
    ]);
  });

  it("explains with a malformed field where none is missing", () => {
    expect(judged(version, [placed, seen("exported", 10, malformed)]).verdict).toMatchObject({
      reason: "bad_format",
      field: "amount",
    });
  });

  it("is judged on the payload latest in event time, at any step above and of any outcome", () => {
    const laterAbove = seen("placed", 12, malformed, { outcome: "failed" });
    expect(judged(version, [placed, breached, laterAbove]).verdict.reason).toBe("bad_format");
    const earlier = seen("exported", 5, malformed);
    expect(judged(version, [placed, breached, earlier]).verdict.reason).toBe("missing_field");
  });

  it("takes the payload of the later declared step where two are of the same time", () => {
    expect(judged(version, [seen("placed", 10, malformed), breached]).verdict.reason).toBe("missing_field");
    expect(judged(version, [seen("placed", 10, missing), exported]).verdict.reason).toBe("not_seen");
  });

  it("is not judged on what carries no payload, nor on the step's own", () => {
    const bare = eventOf({ t: 12, step: "exported" });
    const nothing = eventOf({ t: 13, step: "exported", payload: null, checks: { c: malformed } });
    const own = seen("posted", 14, malformed, { operation: "receive" });
    expect(judged(version, [placed, breached, bare, nothing, own]).verdict.reason).toBe("missing_field");
  });

  it("never makes a step late: before the deadline it is a warning on the hop", () => {
    const { state, warnings } = judged(version, [placed, breached], { now: at(12) });
    expect(state).toBe("in_progress");
    expect(warnings).toMatchObject([{ kind: "contract", hop: "exported..posted", field: "tax_no" }]);
  });

  it("on a settled step is a warning too", () => {
    const { state, warnings } = judged(version, [placed, breached, eventOf({ t: 12, step: "posted" })]);
    expect([state, warnings.length]).toEqual(["completed", 1]);
  });

  it("that explains the verdict is no warning besides", () => {
    expect(judged(version, [placed, breached]).warnings).toEqual([]);
  });

  it("does not explain a step that can't be told", () => {
    expect(judged(version, [placed, breached], { eyes: () => [] }).verdict.reason).toBe("source_silent");
  });

  it("that can't be judged any more, because text was masked, explains nothing and says so", () => {
    const { verdict } = judged(version, [placed, seen("exported", 10, { result: "unknown", fields: ["phone"] })]);
    expect(verdict).toMatchObject({ reason: "not_seen", confidence: "medium" });
    expect(verdict.evidence.find(({ kind }) => kind === "contract")?.text.en).toContain("can't be told");
  });

  it("shows where the field broke: filled before, empty after", () => {
    const change = judged(version, [placed, breached]).verdict.evidence.find(({ kind }) => kind === "field_change");
    expect(change).toMatchObject({ at: at(10), ref: "field:tax_no" });
    expect(change?.text.en).toBe("Tax no. (`tax_no`) was filled at placed and empty at crm.");
  });

  it("says so where the field was empty from the first payload on", () => {
    const change = judged(version, [seen("placed", 0, missing), breached]).verdict.evidence.find(
      ({ kind }) => kind === "field_change",
    );
    expect(change?.text.en).toBe("Tax no. (`tax_no`) was empty at placed, the first payload seen.");
  });
});

describe("what is known of the way", () => {
  const way = versionOf({
    placed: { system: "oms" },
    paid: { system: "payment", after: "placed", optional: true },
    posted: { system: "finance", after: "paid", within: 5 },
    shipped: { system: "logistics", after: "paid" },
  });
  const reason = (...events: Parameters<typeof eventOf>[0][]) => judged(way, events.map(eventOf)).verdict;
  const start = { t: 0, step: "placed" };
  const send = { t: 1, step: "placed", operation: "send" as const };

  it("received and not settled is not processed", () => {
    expect(reason(start, { t: 2, step: "posted", operation: "receive" }, send).reason).toBe("not_processed");
  });

  it("sent towards it, and neither received nor settled there, is lost in transit", () => {
    const verdict = reason(start, send);
    expect(verdict.reason).toBe("lost_in_transit");
    expect(verdict.evidence.find(({ kind }) => kind === "sent")).toMatchObject({ at: at(1) });
  });

  it.each(["posted", "finance"])("a send to %s is towards it", (to) => {
    expect(reason(start, { ...send, to }).reason).toBe("lost_in_transit");
  });

  it("a send to another step is not towards it", () => {
    expect(reason(start, { ...send, to: "shipped" }).reason).toBe("not_seen");
    expect(reason(start, { ...send, to: "somewhere else" }).reason).toBe("not_seen");
  });

  it("a send that names nothing is towards every next step, also past what is looked through", () => {
    expect(reason(start, send).hop).toBe("placed..posted");
    expect(reason(start, { t: 1, step: "paid", operation: "send" }).reason).toBe("lost_in_transit");
  });

  it("only an ok send counts", () => {
    expect(reason(start, { ...send, outcome: "skipped" }).reason).toBe("not_seen");
    expect(reason(start, { ...send, outcome: "retrying" }).reason).toBe("not_seen");
  });

  it("a step before it that is known to send, and settled without sending, never sent", () => {
    const sending = versionOf({
      placed: { sends: true },
      paid: { after: "placed", optional: true },
      posted: { after: "paid", within: 5 },
    });
    const { verdict } = judged(sending, [eventOf(start)]);
    expect(verdict.reason).toBe("never_sent");
    expect(judged(sending, [eventOf(start), eventOf(send)]).verdict.reason).toBe("lost_in_transit");
    expect(judged(sending, [eventOf({ ...start, operation: "receive" })]).verdict.reason).not.toBe("never_sent");
  });
});

describe("an outage", () => {
  const population = (due: number, missingThere: number) => (): { due: number; missing: number } => ({
    due,
    missing: missingThere,
  });
  const reason = (due: number, missingThere: number) =>
    judged(version, [placed, exported], { population: population(due, missingThere) }).verdict.reason;

  it("is at least 10 missing, and at least 80 % of those due", () => {
    expect([reason(10, 10), reason(12, 10), reason(50, 40)]).toEqual(["outage", "outage", "outage"]);
    expect([reason(9, 9), reason(13, 10), reason(50, 39)]).toEqual(["not_seen", "not_seen", "not_seen"]);
  });

  it("is only looked for where nothing more is known, and asked of the step and its deadline", () => {
    const asked: unknown[] = [];
    const ask = (step: string, dueAt: number) => (asked.push([step, dueAt]), { due: 20, missing: 20 });
    expect(judged(version, [placed, breached], { population: ask }).verdict.reason).toBe("missing_field");
    expect(asked).toEqual([]);
    const { verdict } = judged(version, [placed, exported], { population: ask });
    expect([verdict.reason, asked]).toEqual(["outage", [["posted", at(15)]]]);
    expect(verdict.evidence.find(({ kind }) => kind === "outage")?.text.en).toContain("20 of 20");
  });

  it("is not seen where nobody counts the others", () => {
    expect(judged(version, [placed, exported]).verdict.reason).toBe("not_seen");
    expect(judged(version, [placed, exported], { population: () => null }).verdict.reason).toBe("not_seen");
  });

  it("says nothing of a step that can't be told", () => {
    const { verdict } = judged(version, [placed, exported], {
      eyes: () => [seenTo(1)],
      population: population(20, 20),
    });
    expect(verdict.reason).toBe("source_silent");
  });
});
