import { describe, expect, it } from "vitest";
import { attributesOf, traitsOf } from "#lib/failure/traits-of.ts";

const mask = { rule: "phone", blank: false, length: 11, formats: [], hash: "x" };

describe("what is known of a record", () => {
  it("are the single values of payloads and attributes, the latest last", () => {
    const traits = traitsOf([
      {
        eventTime: 2,
        payload: { tax_no: " ", buyer: { type: "company", vip: false } },
        attributes: { mapping: "v38" },
      },
      { eventTime: 1, payload: { tax_no: "9131", amount: 129.5, lines: [{ sku: "a" }], note: null } },
    ]);
    expect(Object.fromEntries(traits)).toEqual({
      tax_no: null,
      amount: "129.5",
      note: null,
      "buyer.type": "company",
      "buyer.vip": "false",
      mapping: "v38",
    });
  });

  it("leaves out what was masked, and cuts long texts", () => {
    const traits = traitsOf([
      {
        eventTime: 1,
        payload: { phone: "138****8000", "a/b": "x", note: "n".repeat(200) },
        attributes: { caller: "138****8000", app: "oms" },
        masks: { "/payload/phone": mask, "/payload/a~1b": mask, "/attributes/caller": mask },
      },
    ]);
    expect([...traits.keys()]).toEqual(["note", "app"]);
    expect(traits.get("note")).toHaveLength(81);
  });

  it("is bounded, and takes any payload", () => {
    const wide = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, index]));
    expect(traitsOf([{ eventTime: 1, payload: wide }]).size).toBe(120);
    for (const payload of ["text", 3, null, [1, 2], { a: { b: { c: { d: { e: 1 } } } } }]) {
      expect(traitsOf([{ eventTime: 1, payload }]).size).toBe(0);
    }
  });

  it("are, of attributes that may be versions, those with a value that is not masked", () => {
    const attributes = { mapping: "v38", empty: "", list: [1], build: 7, caller: "138****8000" };
    expect(attributesOf({ eventTime: 1, attributes, masks: { "/attributes/caller": mask } })).toEqual([
      ["mapping", "v38"],
      ["build", "7"],
    ]);
    expect(attributesOf({ eventTime: 1 })).toEqual([]);
  });
});
