import { createHash } from "node:crypto";
import type { Flow } from "#lib/flow/flow-version.ts";
import { parseFlow, type ParsedFlow, type ParseFlowOptions } from "#lib/flow/parse-flow.ts";
import { toProblemText } from "#lib/declaration/problem.ts";

const files: Readonly<Record<string, string>> = {
  "contracts/finance-order.json":
    '{ "type": "object", "required": ["tax_no"], "properties": { "tax_no": { "minLength": 15 } } }',
  "contracts/broken.json": '{ "type": ',
  "contracts/remote.json": '{ "properties": { "a": { "$ref": "https://example.com/a.json" } } }',
  "contracts/yaml.yaml": "required: [tax_no]",
};

export const sha = (text: string): string => createHash("sha256").update(text).digest("hex");

const options: ParseFlowOptions = { readFile: (path) => files[path] ?? null, hash: sha };

/** The flow that the design shows. */
export const orderToCash = `
flow: order-to-cash
title: { en: Order to cash, zh: 订单到收款 }
visibleTo: [support, manager]          # default: every role
record: { primary: order_no, aliases: [payment_no, waybill_no], searchable: [customer_phone] }
steps:
  - { id: placed,    system: oms, owners: { provides: sales-ops, processes: integration, monitors: support } }
  - { id: paid,      system: payment,   after: placed, within: 15m, optional: true }
  - { id: shipped,   system: logistics, after: paid,   within: 24h, calendar: cn-workdays, per: waybill_no }
  - { id: posted,    system: finance,   after: paid,   within: 5s,  contract: contracts/finance-order.json, sources: [finance-importer] }
  - { id: cancelled, system: oms, ends: true }
match:                       # which raw events are which step
  - { step: paid, source: kafka, point: payments.captured, keys: { order_no: order.id, payment_no: id } }
objectives:
  - { sli: latency, from: paid, to: posted, threshold: 5s, target: 99.5%, window: 30d }
  - { sli: completeness, target: 99.9%, window: 30d }
`;

export const parse = (text: string): ParsedFlow => parseFlow(text, options);

export const flowOf = (text: string): Flow => {
  const parsed = parse(text);
  if (parsed.flow === undefined) throw new Error(parsed.problems.map(toProblemText).join("\n"));
  return parsed.flow;
};

/** A flow `f` over `order_no` with these steps, one YAML line each. */
export const flowWith = (...steps: readonly string[]): Flow =>
  flowOf(
    `flow: f\nrecord: { primary: order_no, aliases: [payment_no, waybill_no] }\nsteps:\n${steps.map((step) => `  - { ${step} }`).join("\n")}\n`,
  );

/** Problems as `line:column path message; instead`. */
export const problemsOf = (text: string): readonly string[] =>
  (parse(text).problems ?? []).map((problem) => `${problem.line}:${problem.column} ${toProblemText(problem)}`);
