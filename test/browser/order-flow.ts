/** The flow of the record page's tests: two branches from the order centre, one through the CRM to finance. */
const flow = `flow: order-to-cash
title: { en: Order to cash, zh: 订单到收款 }
record: { primary: order_no, aliases: [payment_no, waybill_no], searchable: [customer_phone] }
steps:
  - { id: placed, system: oms, title: { en: Order placed, zh: 下单 } }
  - { id: paid, system: payment, after: placed, within: 15m }
  - { id: picked, system: wms, after: paid, within: 2h }
  - { id: shipped, system: logistics, after: picked, within: 20m, sources: [logistics-callback] }
  - { id: crm_received, system: crm, after: placed, within: 5s }
  - { id: crm_exported, system: crm-export, after: crm_received, within: 30s }
  - id: posted
    system: finance
    after: crm_exported
    within: 5s
    contract: contracts/finance-order.json
    sources: [finance-importer]
    owners: { provides: sales-ops, processes: integration, monitors: support }
  - { id: closed, system: closing, after: [posted, shipped], within: 24h }
  - { id: cancelled, system: oms, title: { en: Order cancelled, zh: 取消 }, ends: true }
`;

const systems = `oms: { title: { en: Order centre, zh: 订单中心 } }
payment: { title: { en: Payment, zh: 支付 } }
wms: { title: { en: Warehouse, zh: 仓库 } }
logistics: { title: { en: Logistics, zh: 物流 } }
crm: { title: { en: CRM, zh: CRM } }
crm-export: { title: { en: CRM export, zh: CRM 导出 } }
finance: { title: { en: Finance, zh: 财务 } }
closing: { title: { en: Closing, zh: 结清 } }
`;

const teams = `sales-ops: { title: { en: Sales-Ops, zh: 销售运营 }, contacts: { dingtalk: sales-ops, phone: "8021", email: sales-ops@example.com } }
integration: { title: { en: Integration, zh: 集成组 }, contacts: { feishu: ou_integration, phone: "8317" } }
support: { title: { en: Support, zh: 客服支持 } }
`;

const contract = {
  type: "object",
  required: ["order_no", "amount", "tax_no"],
  properties: {
    order_no: { type: "string", title: "订单号" },
    amount: { type: "string", title: "金额", pattern: "^\\d+\\.\\d{2}$" },
    tax_no: { type: "string", title: "税号", minLength: 15, maxLength: 20 },
  },
};

export const orderFiles: Readonly<Record<string, string>> = {
  "order-to-cash.yaml": flow,
  "systems.yaml": systems,
  "teams.yaml": teams,
  "contracts/finance-order.json": JSON.stringify(contract),
};

interface OrderEvent {
  readonly step: string;
  readonly when: string;
  readonly more?: Readonly<Record<string, unknown>> & { readonly keys?: Readonly<Record<string, string>> };
}

const buyer = { amount: "129.00", currency: "CNY", buyer_type: "company", invoice_type: "special" };

/** Everything that is seen of an order whose tax number the CRM export leaves out. */
export const brokenOrder = (order: string): readonly OrderEvent[] => [
  {
    step: "placed",
    when: "0s",
    more: {
      operation: "create",
      point: "kafka:orders.placed",
      payload: { order_no: order, ...buyer, tax_no: "91310000MA1FL7X2J0" },
    },
  },
  {
    step: "paid",
    when: "7s",
    more: { point: "kafka:payments.captured", keys: { payment_no: `P-${order}` }, payload: { amount: "129.00" } },
  },
  { step: "picked", when: "39m", more: { point: "rabbitmq:wms.orders", keys: { waybill_no: `SF-${order}` } } },
  {
    step: "crm_received",
    when: "2s",
    more: { point: "rest:POST /crm/orders", payload: { order_no: order, ...buyer, tax_no: "91310000MA1FL7X2J0" } },
  },
  {
    step: "crm_exported",
    when: "12s",
    more: {
      operation: "send",
      to: "posted",
      point: "etl:crm-export",
      attributes: { mapping: "v38" },
      payload: { order_no: order, ...buyer, invoice_type: "专票", tax_no: "" },
    },
  },
];
