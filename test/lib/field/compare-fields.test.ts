import { expect, it } from "vitest";
import { compareFields } from "#lib/field/compare-fields.ts";
import type { EventAnswer, JourneyAnswer } from "#lib/record/record-answer.ts";
import { so1042Journey } from "#test/fixtures/record/so-1042.ts";

const [first] = so1042Journey.events;
const withPayload = (payload: unknown, changes: Partial<EventAnswer> = {}): JourneyAnswer => {
  if (first === undefined) throw new Error("The fixture has no event");
  const { masks: _masks, ...event } = first;
  return { ...so1042Journey, events: [{ ...event, matchedStep: "placed", payload, ...changes }] };
};
const kinds = (here: unknown, there: unknown) =>
  compareFields(withPayload(here), withPayload(there)).differences.map(({ field, kind }) => `${field} ${kind}`);

it("lists what one record lacks, worst first, and counts values that merely differ", () => {
  const here = { no: "SO-1", name: "Li Wei", tax_no: "", date: "2026/11/23", amount: 5, only: "x", region: "east" };
  const there = { no: "SO-2", name: "Ann", tax_no: "91", date: "2026-11-24", amount: "7.00", more: 1, region: "east" };
  expect(kinds(here, there)).toEqual([
    "tax_no empty_here",
    "more missing_here",
    "date format",
    "amount type",
    "only missing_there",
  ]);
  expect(compareFields(withPayload(here), withPayload(there))).toMatchObject({ otherValues: 2, same: 1 });
});

it("takes amounts and times of the same form for other values, however long their figures are", () => {
  expect(kinds({ a: "1,299.00", t: "2026-11-23T10:02:11Z" }, { a: "12,900.50", t: "2026-11-24T09:00:00Z" })).toEqual(
    [],
  );
});

it("compares masked values by what is kept of them", () => {
  const fact = (hash: string, formats: readonly string[]) => ({ rule: "tax", blank: false, length: 18, formats, hash });
  const masked = (hash: string, formats: readonly string[]) =>
    withPayload({ tax: "91****2J" }, { masks: { "/payload/tax": fact(hash, formats) } });
  expect(compareFields(masked("a", ["x"]), masked("a", ["x"]))).toMatchObject({ same: 1, differences: [] });
  expect(compareFields(masked("a", ["x"]), masked("b", ["x"]))).toMatchObject({ otherValues: 1, differences: [] });
  expect(compareFields(masked("a", ["x"]), masked("b", []))).toMatchObject({ differences: [{ kind: "format" }] });
});

it("names a field once, at the first step where it differs", () => {
  const at = (step: string, time: string, tax_no: string): EventAnswer => {
    if (first === undefined) throw new Error("The fixture has no event");
    const { masks: _masks, ...event } = first;
    return { ...event, matchedStep: step, time, payload: { tax_no } };
  };
  const [a = "", b = ""] = so1042Journey.names.shape.map(({ id }) => id);
  const journey = (...taxes: readonly [string, string]): JourneyAnswer => ({
    ...so1042Journey,
    events: [at(a, "2026-11-23T02:00:00.000Z", taxes[0]), at(b, "2026-11-23T02:01:00.000Z", taxes[1])],
  });
  expect(compareFields(journey("91", ""), journey("92", "92")).differences).toMatchObject([
    { step: b, kind: "empty_here" },
  ]);
});
