import { describe, expect, it } from "vitest";
import { directPath, recordPath, type SearchHit } from "#lib/search/search-answer.ts";

const hit = (primary: string, changes: Partial<SearchHit> = {}): SearchHit => ({
  type: "order_no",
  value: primary,
  isWhole: false,
  flow: "order-to-cash",
  flowTitle: {},
  primaryType: "order_no",
  primary,
  state: "overdue",
  reason: null,
  since: 0,
  startedAt: 0,
  ...changes,
});
const loose = (value: string) => ({ type: "parcel_no", value, tooCommon: null });

describe("Enter", () => {
  it("leads to the only record", () => {
    expect(directPath({ hits: [hit("SO-1042")], loose: [] })).toBe("/record/order_no/SO-1042");
  });

  it("leads to the record that was typed whole, past those that only begin with it", () => {
    const hits = [hit("SO-1042", { isWhole: true }), hit("SO-10421")];
    expect(directPath({ hits, loose: [] })).toBe("/record/order_no/SO-1042");
  });

  it("leads to one record known in two flows, once", () => {
    const hits = [hit("SO-1042"), hit("SO-1042", { flow: "order-to-stock" })];
    expect(directPath({ hits, loose: [] })).toBe("/record/order_no/SO-1042");
  });

  it("leads to the key itself where it stands for several records", () => {
    const payment = { type: "payment_no", value: "P-9", isWhole: true };
    expect(directPath({ hits: [hit("SO-1", payment), hit("SO-2", payment)], loose: [] })).toBe(
      "/record/payment_no/P-9",
    );
  });

  it("leads nowhere where a person has to choose", () => {
    expect(directPath({ hits: [hit("SO-1"), hit("SO-2")], loose: [] })).toBeNull();
    const whole = [
      hit("42", { isWhole: true }),
      hit("42", { isWhole: true, type: "payment_no", value: "42", primary: "SO-9" }),
    ];
    expect(directPath({ hits: whole, loose: [] })).toBeNull();
    expect(directPath({ hits: [], loose: [] })).toBeNull();
  });

  it("leads to a key without a record where it is all there is", () => {
    expect(directPath({ hits: [], loose: [loose("PX-1")] })).toBe("/record/parcel_no/PX-1");
    expect(directPath({ hits: [], loose: [loose("PX-1"), loose("PX-2")] })).toBeNull();
  });
});

it("puts any key into an address", () => {
  expect(recordPath("order_no", "A/B?c#d e")).toBe("/record/order_no/A%2FB%3Fc%23d%20e");
});
