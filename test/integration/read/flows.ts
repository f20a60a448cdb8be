/** Flows that the read tests stand on. */
export const flows: Readonly<Record<string, string>> = {
  "order-to-cash.yaml": `
flow: order-to-cash
title: { en: Order to cash, zh: 订单到收款 }
record: { primary: order_no, aliases: [payment_no, waybill_no], searchable: [customer_phone] }
steps:
  - { id: placed,  system: oms, title: { en: Order centre, zh: 订单中心 }, owners: { provides: sales-ops, processes: integration, monitors: support } }
  - { id: paid,    system: payment, after: placed, within: 1h, optional: true }
  - { id: posted,  system: finance, after: paid, within: 5s, contract: contracts/finance.json, sources: [finance-importer] }
  - { id: shipped, system: logistics, point: scan, after: paid, within: 30d }
  - { id: handed,  system: logistics, point: door, after: shipped, within: 30d }
objectives:
  - { sli: latency, from: placed, to: paid, threshold: 5s, target: 99.5%, window: 30d }
`,
  "contracts/finance.json": JSON.stringify({
    type: "object",
    required: ["tax_no"],
    properties: { tax_no: { title: "Tax number", type: "string", minLength: 3 } },
  }),
  "returns.yaml": `
flow: returns
record: { primary: return_no, aliases: [order_no, payment_no] }
steps:
  - { id: asked,    system: shop }
  - { id: refunded, system: bank, after: asked, within: 30d }
`,
  "salaries.yaml": `
flow: salaries
visibleTo: [administrator]
record: { primary: slip_no, aliases: [payment_no], searchable: [employee_phone] }
steps:
  - { id: computed, system: hrm }
  - { id: sent,     system: bank-gateway, after: computed, within: 5s, sources: [salary-bank] }
`,
  "teams.yaml": `
sales-ops: { title: { en: Sales-Ops, zh: 销售运营 }, contacts: { dingtalk: sales-ops-group, phone: "010-1" } }
`,
  "systems.yaml": `
payment: { title: { en: Payment, zh: 支付 } }
finance: { title: { en: Finance, zh: 财务 } }
`,
};
