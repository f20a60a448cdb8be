import { describe, expect, it } from "vitest";
import { fieldTable } from "#lib/field/field-table.ts";
import { journeyAnswer, malformed, missing } from "./journey-answer.ts";

const steps = ["placed", "received", "exported", "posted"];
const rowOf = (table: ReturnType<typeof fieldTable>, field: string) => table.rows.find((row) => row.field === field);

describe("the table of fields", () => {
  it("marks the hop where a field went missing, and what the contract needs of it", () => {
    const need = { field: "tax_no", title: "Tax number", required: true, expected: "15–20 characters" };
    const table = fieldTable(
      journeyAnswer({
        steps,
        seen: [
          { step: "placed", at: 1, payload: { tax_no: "9131", amount: "5" }, checks: { posted: { result: "ok" } } },
          { step: "received", at: 2, payload: { amount: "5", tax_no: "9131" }, checks: { posted: { result: "ok" } } },
          { step: "exported", at: 3, payload: { amount: "5", tax_no: "" }, checks: { posted: missing("tax_no") } },
        ],
        verdict: { step: "posted", hop: "exported..posted", reason: "missing_field", field: "tax_no" },
        needs: { posted: [need] },
      }),
    );
    expect(table.columns.map(({ step }) => step)).toEqual(["placed", "received", "exported"]);
    expect(table.rows[0]).toEqual({
      field: "tax_no",
      title: "Tax number",
      kind: "problem",
      cells: [{ kind: "value", text: "9131" }, { kind: "same" }, { kind: "empty" }],
      need,
      brokenAt: 2,
    });
    expect(table).toMatchObject({
      firstBroken: 2,
      needsOf: "posted",
      problemCount: 1,
      changedCount: 0,
      unchangedCount: 1,
    });
  });

  it("says of a field that was never there that it is broken from the first column on", () => {
    const table = fieldTable(
      journeyAnswer({
        steps,
        seen: [
          { step: "placed", at: 1, payload: { a: 1 }, checks: { posted: missing("tax_no") } },
          { step: "exported", at: 3, payload: { a: 1 }, checks: { posted: missing("tax_no") } },
        ],
        verdict: { step: "posted", reason: "missing_field", field: "tax_no" },
      }),
    );
    expect(table.rows[0]).toMatchObject({
      field: "tax_no",
      cells: [{ kind: "missing" }, { kind: "missing" }],
      brokenAt: 0,
    });
  });

  it("does not count a gap before the field was there", () => {
    const table = fieldTable(
      journeyAnswer({
        steps,
        seen: [
          { step: "placed", at: 1, payload: {} },
          { step: "received", at: 2, payload: { tax_no: "9" } },
          { step: "exported", at: 3, payload: {}, checks: { posted: missing("tax_no") } },
        ],
        verdict: { step: "posted", reason: "missing_field", field: "tax_no" },
      }),
    );
    expect(table.firstBroken).toBe(2);
  });

  it("marks where a value became malformed, with what was wanted", () => {
    const table = fieldTable(
      journeyAnswer({
        steps,
        seen: [
          { step: "placed", at: 1, payload: { date: "2026-11-23" }, checks: { posted: { result: "ok" } } },
          {
            step: "received",
            at: 2,
            payload: { date: "23.11." },
            checks: { posted: malformed("date", "format date") },
          },
          {
            step: "exported",
            at: 3,
            payload: { date: "23.11." },
            checks: { posted: malformed("date", "format date") },
          },
        ],
        verdict: { step: "posted", reason: "bad_format", field: "date" },
      }),
    );
    expect(rowOf(table, "date")).toMatchObject({
      cells: [
        { kind: "value", text: "2026-11-23" },
        { kind: "malformed", text: "23.11.", expected: "format date" },
        { kind: "same" },
      ],
      brokenAt: 1,
    });
  });

  it("traces back a value that only the failed event called malformed, for as long as it was the same", () => {
    const table = fieldTable(
      journeyAnswer({
        steps,
        seen: [
          { step: "placed", at: 1, payload: { code: "a" } },
          { step: "received", at: 2, payload: { code: "b" } },
          { step: "exported", at: 3, payload: { code: "b" } },
        ],
        verdict: { step: "posted", reason: "bad_format", field: "code" },
      }),
    );
    expect(rowOf(table, "code")).toMatchObject({
      brokenAt: 1,
      cells: [{ kind: "value" }, { kind: "malformed" }, { kind: "same" }],
    });
  });

  it("follows the path to the broken step and leaves other branches out", () => {
    const table = fieldTable(
      journeyAnswer({
        steps: ["placed", "paid", { id: "picked", after: ["paid"] }, { id: "posted", after: ["paid"] }],
        seen: [
          { step: "placed", at: 1, payload: { a: 1 } },
          { step: "paid", at: 2, payload: { a: 1 } },
          { step: "picked", at: 3, payload: { shelf: 7 } },
          { step: "posted", at: 4, payload: { a: 2 }, outcome: "failed" },
        ],
        verdict: { step: "posted", reason: "rejected" },
      }),
    );
    expect(table.columns.map(({ step }) => step)).toEqual(["placed", "paid", "posted"]);
    expect(table.firstBroken).toBeNull();
  });

  it("takes the payload with the latest event time where a step has several", () => {
    const table = fieldTable(
      journeyAnswer({
        steps: ["placed"],
        seen: [
          { step: "placed", at: 9, payload: { a: "new" } },
          { step: "placed", at: 1, payload: { a: "old" } },
        ],
      }),
    );
    expect(rowOf(table, "a")?.cells).toEqual([{ kind: "value", text: "new" }]);
  });

  it("orders problem, changed and unchanged fields and counts them", () => {
    const table = fieldTable(
      journeyAnswer({
        steps,
        seen: [
          { step: "placed", at: 1, payload: { kept: 1, moved: "x", gone: true } },
          { step: "received", at: 2, payload: { kept: 1, moved: "y", later: 1 } },
        ],
      }),
    );
    expect(table.rows.map(({ field, kind }) => [field, kind])).toEqual([
      ["moved", "changed"],
      ["gone", "changed"],
      ["kept", "unchanged"],
      ["later", "unchanged"],
    ]);
    expect(table).toMatchObject({ problemCount: 0, changedCount: 2, unchangedCount: 2, firstBroken: null });
  });

  it("shows masked values as masked, the same where their hashes agree, and empty where they were blank", () => {
    const fact = (hash: string, blank = false) => ({ rule: "phone", blank, length: 11, formats: [], hash });
    const table = fieldTable(
      journeyAnswer({
        steps,
        seen: [
          { step: "placed", at: 1, payload: { phone: "138****8000" }, masks: { "/payload/phone": fact("h1") } },
          { step: "received", at: 2, payload: { phone: "138****8000" }, masks: { "/payload/phone": fact("h1") } },
          { step: "exported", at: 3, payload: { phone: "138****8000" }, masks: { "/payload/phone": fact("h2") } },
          { step: "posted", at: 4, payload: { phone: "****" }, masks: { "/payload/phone": fact("h3", true) } },
        ],
      }),
    );
    expect(rowOf(table, "phone")?.cells.map(({ kind }) => kind)).toEqual(["masked", "same", "masked", "empty"]);
  });

  it("names places in lists and objects, and falls back to a contract's pattern for what is needed", () => {
    const table = fieldTable(
      journeyAnswer({
        steps,
        seen: [{ step: "placed", at: 1, payload: { lines: [{ sku: "A" }, {}], buyer: { name: "Li" }, tags: [] } }],
        verdict: { step: "posted", reason: "missing_field", field: "lines[1].sku" },
        needs: { posted: [{ field: "lines[].sku", required: true, expected: "string" }] },
      }),
    );
    expect(table.rows.map(({ field }) => field)).toEqual([
      "lines[1].sku",
      "lines[0].sku",
      "lines[1]",
      "buyer.name",
      "tags",
    ]);
    expect(table.rows[0]).toMatchObject({ cells: [{ kind: "missing" }], need: { field: "lines[].sku" } });
    expect(rowOf(table, "tags")?.cells).toEqual([{ kind: "value", text: "[]" }]);
  });

  it("takes the step a warning names where nothing is broken yet", () => {
    const table = fieldTable(
      journeyAnswer({
        steps: ["placed", "posted"],
        seen: [{ step: "placed", at: 1, payload: { tax_no: null }, checks: { posted: missing("tax_no") } }],
        warnings: [{ kind: "contract", hop: "placed..posted", field: "tax_no", text: { en: "", zh: "" } }],
      }),
    );
    expect(table).toMatchObject({ problemCount: 1, firstBroken: 0 });
    expect(table.rows[0]?.cells).toEqual([{ kind: "empty" }]);
  });

  it("cuts wide payloads, long lists and long texts, and says how much it left out", () => {
    const wide = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`f${index}`, index]));
    const table = fieldTable(journeyAnswer({ steps: ["placed"], seen: [{ step: "placed", at: 1, payload: wide }] }));
    expect(table.rows).toHaveLength(300);
    expect(table.columns[0]?.omitted).toBe(100);
    const long = fieldTable(
      journeyAnswer({
        steps: ["placed"],
        seen: [
          { step: "placed", at: 1, payload: { list: Array.from({ length: 30 }, () => 1), text: "é".repeat(1000) } },
        ],
      }),
    );
    expect(long.columns[0]?.omitted).toBe(10);
    expect(rowOf(long, "text")?.cells[0]).toEqual({ kind: "value", text: `${"é".repeat(300)}…` });
  });

  it("is empty where no payload was seen, and has one row for a payload that is no object", () => {
    expect(fieldTable(journeyAnswer({ steps, seen: [{ step: "placed", at: 1 }] }))).toMatchObject({
      columns: [],
      rows: [],
    });
    const text = fieldTable(journeyAnswer({ steps, seen: [{ step: "placed", at: 1, payload: "hello" }] }));
    expect(text.rows).toMatchObject([{ field: "", cells: [{ kind: "value", text: "hello" }] }]);
  });

  it("does not stumble over names that objects have anyway", () => {
    const payload: unknown = JSON.parse('{"__proto__": "x", "constructor": "y"}');
    const table = fieldTable(
      journeyAnswer({
        steps,
        seen: [{ step: "placed", at: 1, payload }],
        verdict: { step: "posted", reason: "missing_field", field: "toString" },
      }),
    );
    expect(table.rows.map(({ field, cells }) => [field, cells[0]?.kind])).toEqual([
      ["toString", "missing"],
      ["__proto__", "value"],
      ["constructor", "value"],
    ]);
  });
});
