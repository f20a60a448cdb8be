import { describe, expect, it } from "vitest";
import { evidenceKinds, sighting, hoplineOf, type Sent } from "#test/support/hopline.ts";

const steps = (flow: string, contract: string, more = ""): string => `
flow: ${flow}
record: { primary: order_no }
steps:
  - { id: placed, system: ${flow}-oms }
  - { id: exported, title: { en: CRM export, zh: CRM 导出 }, system: ${flow}-crm, after: placed, within: 10s }
  - id: posted
    title: { en: Finance, zh: 财务 }
    system: ${flow}-finance
    after: exported
    within: 10s
    owners: { provides: sales-ops, processes: integration, monitors: support }
    contract: ${contract}
${more}`;

const hopline = hoplineOf({
  "needs.yaml": steps(
    "needs",
    `
      type: object
      required: [order, tax_no, amount]
      properties:
        order: { type: string }
        amount: { type: string, pattern: "^[0-9]+\\\\.[0-9]{2}$" }
        tax_no: { title: Tax number, type: string, minLength: 15 }
        lines: { type: array, items: { type: object, required: [sku], properties: { sku: { type: string, pattern: "^[A-Z]" } } } }
        notes: { type: string, minLength: 0 }
        cleared: { type: [string, "null"] }
        tags: { type: array }
`,
  ),
  "allows.yaml": steps(
    "allows",
    `
      type: object
      required: [empty_ok, null_ok, blank_named, tags]
      properties:
        empty_ok: { type: string, minLength: 0 }
        null_ok: { type: [string, "null"] }
        blank_named: { enum: ["", x] }
        tags: { type: array }
`,
  ),
  "filed.yaml": steps("filed", "contracts/finance.json"),
  "contracts/finance.json": JSON.stringify({
    $schema: "http://json-schema.org/draft-07/schema#",
    type: "object",
    required: ["due"],
    properties: { due: { type: "string", format: "date" } },
  }),
  "two.yaml": steps(
    "two",
    "{ type: object, required: [tax_no], properties: { tax_no: { type: string } } }",
    "  - { id: noted, system: two-notes, after: exported, optional: true }\n",
  ),
});
const good = { order: "1", tax_no: "91310000MA1K35B7X2", amount: "129.00" };
const at = (flow: string, step: string, order: string, when: string, more: Sent = {}): Sent =>
  sighting(hopline, flow, step, order, when, more);

/** An order exported with this payload, posted never, finance seen well after the deadline. */
const overdueWith = async (flow: string, order: string, payload: unknown) => {
  await hopline.send(
    at(flow, "placed", order, "0s"),
    at(flow, "exported", order, "1s", { payload }),
    at(flow, "posted", `${order}-OTHER`, "0s"),
  );
  await hopline.heartbeat(`${flow}-posted`, "1h");
  return await hopline.journey(order);
};

describe("a contract", () => {
  it("that the payload meets explains nothing", async () => {
    const journey = await overdueWith("needs", "GOOD", good);
    expect(journey.verdict).toMatchObject({ state: "overdue", reason: "not_seen" });
    expect(journey.verdict).not.toHaveProperty("field");
    expect(journey.warnings).toEqual([]);
  });

  it("explains an overdue step by its first missing field, in the order of required", async () => {
    const journey = await overdueWith("needs", "MISSING", { order: "1" });
    expect(journey.verdict).toMatchObject({
      state: "overdue",
      step: "posted",
      hop: "exported..posted",
      reason: "missing_field",
      field: "tax_no",
    });
    expect(evidenceKinds(journey)).toContain("contract");
    const told = JSON.stringify(journey.verdict.evidence);
    expect(told).toContain("tax_no");
    expect(told).toContain("amount");
    expect(journey.verdict.summary.en).toMatch(/tax_no|Tax number/u);
    expect(journey.verdict.summary.zh).toMatch(/tax_no|Tax number/u);
    expect(journey.verdict.owners).toEqual({ provides: "sales-ops", processes: "integration", monitors: "support" });
  });

  it.each([
    ["an empty string", ""],
    ["white space", " \t"],
    ["null", null],
  ])("holds %s for missing", async (name, blank) => {
    const journey = await overdueWith("needs", `BLANK-${name.replaceAll(" ", "-")}`, { ...good, tax_no: blank });
    expect(journey.verdict).toMatchObject({ reason: "missing_field", field: "tax_no" });
  });

  it("allows blank and null where the schema names them, and [] and {} always are values", async () => {
    expect(
      (await overdueWith("allows", "ALLOWED", { empty_ok: "", null_ok: null, blank_named: "", tags: [] })).verdict,
    ).toMatchObject({ reason: "not_seen" });
    expect(
      (await overdueWith("allows", "ABSENT", { empty_ok: "", null_ok: null, blank_named: "" })).verdict,
    ).toMatchObject({ reason: "missing_field", field: "tags" });
    expect(
      (await overdueWith("allows", "NOT-ALLOWED", { empty_ok: "", null_ok: "", blank_named: "", tags: [] })).verdict,
    ).toMatchObject({ reason: "missing_field", field: "null_ok" });
  });

  it("names a malformed field only when none is missing", async () => {
    expect((await overdueWith("needs", "BAD", { ...good, amount: "129" })).verdict).toMatchObject({
      reason: "bad_format",
      field: "amount",
    });
    expect(
      (await overdueWith("needs", "BAD-AND-MISSING", { order: "1", amount: "129", tax_no: "" })).verdict,
    ).toMatchObject({ reason: "missing_field", field: "tax_no" });
  });

  it("names places inside lists", async () => {
    const lines = [{ sku: "A" }, { sku: "B" }, { sku: " " }];
    expect((await overdueWith("needs", "LINES", { ...good, lines })).verdict).toMatchObject({
      reason: "missing_field",
      field: "lines[2].sku",
    });
    expect(
      (await overdueWith("needs", "LINES-BAD", { ...good, lines: [{ sku: "A" }, { sku: "b" }] })).verdict,
    ).toMatchObject({ reason: "bad_format", field: "lines[1].sku" });
  });

  it("asserts formats, in a draft-07 file in the flows folder too", async () => {
    expect((await overdueWith("filed", "DATE-BAD", { due: "2026-02-30" })).verdict).toMatchObject({
      reason: "bad_format",
      field: "due",
    });
    expect((await overdueWith("filed", "DATE-GOOD", { due: "2026-02-28" })).verdict).toMatchObject({
      reason: "not_seen",
    });
  });

  it("never makes a step broken: before the deadline and on a settled step it is a warning on the hop", async () => {
    const time = Date.now() - 500;
    await hopline.send(
      { ...at("needs", "placed", "EARLY", "0s"), time },
      { ...at("needs", "exported", "EARLY", "0s", { payload: { order: "1" } }), time },
    );
    const early = await hopline.journey("EARLY");
    expect(early).toMatchObject({ state: "in_progress", verdict: { reason: null } });
    expect(early.warnings).toContainEqual(
      expect.objectContaining({ kind: "contract", hop: "exported..posted", field: "tax_no" }),
    );
    await hopline.send(
      at("needs", "placed", "DONE", "0s"),
      at("needs", "exported", "DONE", "1s", { payload: { order: "1" } }),
      at("needs", "posted", "DONE", "2s"),
    );
    const done = await hopline.journey("DONE");
    expect(done).toMatchObject({ state: "completed", verdict: { reason: null } });
    expect(done.warnings).toContainEqual(
      expect.objectContaining({ kind: "contract", hop: "exported..posted", field: "tax_no" }),
    );
  });

  it("explains a failed step whose class says nothing, and yields to a class that does", async () => {
    const failing = async (order: string, error: Sent | undefined) => {
      await hopline.send(
        at("needs", "placed", order, "0s"),
        at("needs", "exported", order, "1s", { payload: { order: "1" } }),
        at("needs", "posted", order, "2s", { outcome: "failed", ...(error && { error }) }),
      );
      return (await hopline.journey(order)).verdict;
    };
    expect(await failing("F-NONE", undefined)).toMatchObject({
      state: "failed",
      reason: "missing_field",
      field: "tax_no",
    });
    expect(await failing("F-UNKNOWN", { class: "unknown", message: "?" })).toMatchObject({
      state: "failed",
      reason: "missing_field",
      field: "tax_no",
    });
    expect(await failing("F-TIMEOUT", { class: "timeout" })).toMatchObject({ state: "failed", reason: "timeout" });
  });

  it("reads the payload with the latest event time at any step above, of any outcome", async () => {
    const send = async (order: string, exportedAt: string): Promise<void> => {
      await hopline.send(
        at("needs", "placed", order, "5s", { payload: good }),
        at("needs", "exported", order, "1s"),
        at("needs", "exported", order, exportedAt, { outcome: "retrying", payload: { order: "1" } }),
        at("needs", "posted", `${order}-OTHER`, "0s"),
      );
      await hopline.heartbeat("needs-posted", "1h");
    };
    await send("LATEST-BAD", "6s");
    expect((await hopline.journey("LATEST-BAD")).verdict).toMatchObject({ reason: "missing_field", field: "tax_no" });
    await send("LATEST-GOOD", "4s");
    expect((await hopline.journey("LATEST-GOOD")).verdict).toMatchObject({ reason: "not_seen" });
  });

  it("reads the later declared step's payload when two have the same time", async () => {
    await hopline.send(
      at("needs", "placed", "TIE", "1s", { payload: good }),
      at("needs", "exported", "TIE", "1s", { payload: { order: "1" } }),
    );
    await hopline.heartbeat("needs-posted", "1h");
    expect((await hopline.journey("TIE")).verdict).toMatchObject({ reason: "missing_field", field: "tax_no" });
  });

  it("does not read the payload of a step beside the way", async () => {
    await hopline.send(
      at("two", "placed", "BESIDE", "0s"),
      at("two", "exported", "BESIDE", "1s", { payload: { tax_no: "1" } }),
      at("two", "noted", "BESIDE", "2s", { payload: {} }),
      at("two", "posted", "BESIDE-OTHER", "0s"),
    );
    await hopline.heartbeat("two-posted", "1h");
    expect((await hopline.journey("BESIDE")).verdict).toMatchObject({ reason: "not_seen" });
  });

  it("that nothing upstream gave a payload for is silent", async () => {
    expect((await overdueWith("needs", "NO-PAYLOAD", undefined)).verdict).toMatchObject({ reason: "not_seen" });
  });
});
