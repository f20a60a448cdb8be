import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { flowSchema } from "#lib/flow/flow-schema.ts";
import { flowOf, orderToCash, parse, problemsOf } from "./flow-sample.ts";

/** The flow of the design with one place written differently. */
const changed = (from: string, to: string): string => {
  expect(orderToCash).toContain(from);
  return orderToCash.replace(from, to);
};

const ajv = new Ajv2020({ strict: false });
addFormats(ajv);
const published = ajv.compile(flowSchema);

describe("a flow declaration", () => {
  it("is read as the design shows it", () => {
    const flow = flowOf(orderToCash);
    expect(flow).toMatchObject({
      flow: "order-to-cash",
      title: { en: "Order to cash", zh: "订单到收款" },
      visibleTo: ["support", "manager"],
      primary: "order_no",
      aliases: ["payment_no", "waybill_no"],
      searchable: ["customer_phone"],
    });
    expect(flow.steps.map((step) => step.id)).toEqual(["placed", "paid", "shipped", "posted", "cancelled"]);
    expect(flow.steps[1]).toMatchObject({ after: ["placed"], within: { text: "15m", ms: 900_000 }, optional: true });
    expect(flow.steps[2]).toMatchObject({ calendar: "cn-workdays", per: "waybill_no" });
    expect(flow.steps[3]?.contract).toMatchObject({
      path: "contracts/finance-order.json",
      schema: { required: ["tax_no"] },
    });
    expect(flow.steps[3]?.sources).toEqual(["finance-importer"]);
    expect(flow.steps[4]).toMatchObject({ ends: true, after: [], afterAny: [] });
    expect(flow.match[0]?.keys).toEqual({ order_no: "order.id", payment_no: "id" });
    expect(flow.objectives.map(({ target }) => target)).toEqual([0.995, 0.999]);
  });

  it("takes one step or a list where it waits", () => {
    const flow = flowOf(changed("after: paid,   within: 5s", "afterAny: [placed, paid],   within: 5s"));
    expect(flow.steps[3]).toMatchObject({ after: [], afterAny: ["placed", "paid"] });
  });

  it("may say from when it judges, and a title in one language", () => {
    const flow = flowOf(
      changed("title: { en: Order to cash, zh: 订单到收款 }", "title: Orders\nfrom: 2026-11-01T00:00:00+08:00"),
    );
    expect(flow.title).toEqual({ en: "Orders" });
    expect(flow.from).toBe(Date.parse("2026-10-31T16:00:00Z"));
  });

  it("may hold its schemas in place, and gives a when and a contract of the same text different hashes", () => {
    const step = flowOf(
      changed("contract: contracts/finance-order.json", "when: { required: [a] }, contract: { required: [a] }"),
    ).steps[3];
    expect(step?.when?.schema).toEqual({ required: ["a"] });
    expect(step?.contract?.schema).toEqual({ required: ["a"] });
    expect(step?.when?.hash).not.toBe(step?.contract?.hash);
    const yaml = flowOf(changed("contracts/finance-order.json", "./contracts/../contracts/yaml.yaml")).steps[3]
      ?.contract;
    expect(yaml).toMatchObject({ path: "contracts/yaml.yaml", schema: { required: ["tax_no"] } });
  });

  it.each([
    [
      "after: paid,   within: 5s",
      "afer: paid,   within: 5s",
      "10:41 steps[3].afer: `afer` is not known here; did you mean `after`?",
    ],
    [
      "within: 15m",
      "within: 15 min",
      '8:64 steps[1].within: "15 min" is not a duration, a whole number followed by ms, s, m, h or d; write for example `15m`',
    ],
    [
      "within: 15m",
      "within: 15",
      "8:64 steps[1].within: 15 is not a duration, a whole number followed by ms, s, m, h or d; write for example `15m`",
    ],
    [
      "within: 15m",
      "within: 1.5h",
      '8:64 steps[1].within: "1.5h" is not a duration, a whole number followed by ms, s, m, h or d; write for example `15m`',
    ],
    ["within: 15m", "within: 4000d", "8:64 steps[1].within: 4000d is longer than ten years; write a shorter duration"],
    [
      "after: placed",
      "after: [placd, paid]",
      "8:49 steps[1].after[0]: `placd` is no step of this flow; did you mean `placed`?",
    ],
    [
      "after: placed",
      "after: cancelled",
      "8:48 steps[1].after: `cancelled` ends the flow, so nothing comes after it; name another step, or take `ends` off that one",
    ],
    [
      "after: placed",
      "after: paid",
      "8:48 steps[1].after: `paid` waits for itself; name the step before it, or leave it out",
    ],
    [
      "after: placed",
      "after: posted",
      "8:48 steps[1].after: The steps wait for each other: paid → posted → paid; make a return or re-shipment a step of its own, or a `per`",
    ],
    [
      "after: placed",
      "after: placed, afterAny: shipped",
      "8:66 steps[1].afterAny: `paid` has both `after` and `afterAny`; keep one: `after` waits for all, `afterAny` for the first",
    ],
    [
      "id: posted, ",
      "id: shipped,",
      "10:11 steps[3].id: `shipped` is already the id of steps[2]; give each step its own id",
    ],
    [
      "id: cancelled",
      "id: a..b",
      "11:11 steps[4].id: `a..b` has two dots in a row, which name a hop; write one dot or a -",
    ],
    [
      "id: cancelled",
      "id: ambiguous_step",
      "11:11 steps[4].id: `ambiguous_step` is a reason, not a step; rename the step",
    ],
    [
      "per: waybill_no",
      "per: waybil_no",
      "9:97 steps[2].per: `waybil_no` is no alias of this flow; did you mean `waybill_no`?",
    ],
    [
      "per: waybill_no",
      "per: order_no",
      "9:97 steps[2].per: `order_no` is no alias of this flow; write `payment_no` or `waybill_no`, or add it to `aliases`",
    ],
    [
      "calendar: cn-workdays",
      "calendar: cn-workday",
      "9:79 steps[2].calendar: `cn-workday` is no calendar; did you mean `cn-workdays`?",
    ],
    [
      "[support, manager]",
      "[suport]",
      '4:13 visibleTo[0]: "suport" is not a role (support, manager, engineer, administrator, auditor); write for example `support`',
    ],
    ["primary: order_no, ", "", "5:9 record: `primary` is missing; add `primary: order_no`"],
    [
      "primary: order_no",
      "primary: OrderNo",
      '5:20 record.primary: "OrderNo" is not a key type: a small letter, then at most 63 small letters, digits or _; write for example `order_no`',
    ],
    [
      "searchable: [customer_phone]",
      "searchable: [payment_no]",
      "5:77 record.searchable: `payment_no` stands in `aliases` and in `searchable`; write it in one of the two",
    ],
    ["99.5%", "99.5", "15:68 objectives[0].target: 99.5 is not a share in per cent; write for example `99.5%`"],
    ["99.5%", "101%", '15:68 objectives[0].target: "101%" is not a share in per cent; write for example `99.5%`'],
    ["threshold: 5s, ", "", "15:5 objectives[0]: `threshold` is missing; add `threshold: 5s`"],
    ["to: posted, t", "to: postd, t", "15:37 objectives[0].to: `postd` is no step; did you mean `posted`?"],
    ["step: paid, source", "step: payd, source", "13:13 match[0].step: `payd` is no step; did you mean `paid`?"],
    [
      "payment_no: id }",
      "payment: id }",
      "13:88 match[0].keys.payment: `payment` is no key type of this flow; did you mean `payment_no`?",
    ],
    ["ends: true", "ends: yes", '11:41 steps[4].ends: "yes" is not true or false; write for example `true`'],
    [
      "contracts/finance-order.json",
      "../secret.json",
      "10:79 steps[3].contract: `../secret.json` is not inside the flows folder; write a path from the flows folder down, such as contracts/finance-order.json",
    ],
    [
      "contracts/finance-order.json",
      "/etc/passwd",
      "10:79 steps[3].contract: `/etc/passwd` is not inside the flows folder; write a path from the flows folder down, such as contracts/finance-order.json",
    ],
    [
      "contracts/finance-order.json",
      "https://example.com/a",
      "10:79 steps[3].contract: `https://example.com/a` is not inside the flows folder; write a path from the flows folder down, such as contracts/finance-order.json",
    ],
    [
      "contracts/finance-order.json",
      "contracts/none.json",
      "10:79 steps[3].contract: There is no file `contracts/none.json` in the flows folder; put the JSON Schema there or correct the path",
    ],
    [
      "contracts/finance-order.json",
      "contracts/remote.json",
      "10:79 steps[3].contract: contracts/remote.json, at #/properties/a/$ref: `https://example.com/a.json` leads out of this schema, which is never followed; copy what it refers to under `$defs` and write #/$defs/…",
    ],
    [
      "contract: contracts/finance-order.json",
      "contract: { properties: { a: { pattern: '(?=x)' } } }",
      "10:109 steps[3].contract.properties.a.pattern: The pattern `(?=x)` can't be used: error parsing regexp: invalid or unsupported Perl syntax: `(?=`; write it without look-around, back references and counts over 1,000 (RE2 syntax)",
    ],
    [
      "contract: contracts/finance-order.json",
      "contract: { properties: { a: { format: e-mail } } }",
      "10:108 steps[3].contract.properties.a.format: The format `e-mail` is not known, so nothing would check it; did you mean `email`?",
    ],
    [
      "contract: contracts/finance-order.json",
      "contract: { type: strin }",
      '10:87 steps[3].contract.type: JSON Schema does not allow this here (enum); enum: ["array","boolean","integer","null","number","object","string"]',
    ],
    ["steps:", "stepps:", "2:1 `steps` is missing; add `steps: [{ id: placed, system: oms }]`"],
  ])("with %j written %j says where and what to write", (from, to, problem) => {
    expect(problemsOf(changed(from, to))).toContain(problem);
  });

  it("that is not YAML says where it stops being YAML", () => {
    expect(problemsOf("flow: x\nflow: y")[0]).toMatch(/^2:1 This is not YAML: Map keys must be unique;/);
    expect(problemsOf("flow: [x")[0]).toMatch(/^1:\d+ This is not YAML/);
    expect(problemsOf("steps: &a [*a]\n")[0]).toMatch(/^1:1 This YAML can't be used/);
    expect(problemsOf("")[0]).toMatch(/^1:1 null is not a flow/);
    expect(problemsOf("- a")[0]).toMatch(/^1:1 \["a"\] is not a flow/);
    expect(problemsOf(changed("contracts/finance-order.json", "contracts/broken.json"))[0]).toContain(
      "contracts/broken.json can't be read: ",
    );
  });

  it("tells everything that is wrong at once, in the order of the file", () => {
    const text = changed("within: 15m", "within: soon").replace("ends: true", "end: true");
    expect(problemsOf(text).map((problem) => problem.split(" ", 2)[1])).toEqual(["steps[1].within:", "steps[4].end:"]);
  });

  it("that is good is good by the published schema too, and a bad shape is bad there", () => {
    expect(published(parseYaml(orderToCash))).toBe(true);
    for (const [from, to] of [
      ["after: paid,   within: 5s", "afer: paid"],
      ["99.5%", "99.5"],
      ["threshold: 5s, ", ""],
      ["15m", "15"],
    ] as const) {
      const text = changed(from, to);
      expect(published(parseYaml(text))).toBe(false);
      expect(parse(text).flow).toBeUndefined();
    }
  });
});
