import { describe, expect, it } from "vitest";
import { countFacets, isChosen, type Narrowable } from "#lib/failure/count-facets.ts";

const kind = (changes: Partial<Narrowable>): Narrowable => ({
  flow: "orders",
  state: "failed",
  step: "posted",
  system: "finance",
  errorClass: null,
  field: null,
  point: null,
  ...changes,
});
const counts = [
  { kind: kind({ field: "tax_no", state: "overdue" }), count: 15 },
  { kind: kind({ errorClass: "rejected" }), count: 5 },
  { kind: kind({ step: "shipped", system: "logistics", state: "unknown" }), count: 4 },
];
const name = (_facet: string, value: string): string => value.toUpperCase();
const tell = (choice: Parameters<typeof countFacets>[1]) =>
  Object.fromEntries(
    countFacets(counts, choice, name).map(({ facet, values }) => [
      facet,
      values.map((value) => `${value.value ?? "none"} ${value.count}${value.isChosen ? " chosen" : ""}`),
    ]),
  );

describe("what failures can be narrowed by", () => {
  it("is counted by each value, those that have none too, most first; where nothing differs there is no choice", () => {
    expect(tell({})).toEqual({
      state: ["overdue 15", "failed 5", "unknown 4"],
      step: ["posted 20", "shipped 4"],
      field: ["tax_no 15", "none 9"],
      class: ["none 19", "rejected 5"],
      system: ["finance 20", "logistics 4"],
    });
  });

  it("is counted among what the other choices leave, and stays to be taken away", () => {
    expect(tell({ step: "posted", field: null })).toEqual({
      step: ["posted 5 chosen", "shipped 4"],
      field: ["tax_no 15", "none 5 chosen"],
    });
    expect(tell({ field: "amount" })["field"]).toEqual(["tax_no 15", "none 9", "amount 0 chosen"]);
  });

  it("chooses by every facet and by flow", () => {
    expect(isChosen(kind({ field: "tax_no" }), { flow: "orders", field: "tax_no" })).toBe(true);
    expect(isChosen(kind({ field: "tax_no" }), { field: null })).toBe(false);
    expect(isChosen(kind({}), { flow: "refunds" })).toBe(false);
    expect(isChosen(kind({ errorClass: "timeout" }), { class: "timeout" })).toBe(true);
  });

  it("is cut after the most frequent values, the chosen one kept", () => {
    const many = Array.from({ length: 12 }, (_, index) => ({ kind: kind({ field: `f${index}` }), count: 20 - index }));
    const [field] = countFacets(many, { field: "f11" }, name);
    expect(field?.values).toHaveLength(9);
    expect(field?.values.at(-1)).toMatchObject({ value: "f11", name: "F11", isChosen: true });
    expect(field?.omitted).toBe(3);
  });
});
