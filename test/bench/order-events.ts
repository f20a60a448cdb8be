/** Deterministic orders for the benchmarks: five steps each, two keys, about 1 KB an event, one in twenty never posted. */

export const orderFlow = `flow: order-to-cash
title: { en: Order to cash, zh: 订单到收款 }
record: { primary: order_no, aliases: [payment_no], searchable: [customer_phone] }
steps:
  - { id: placed, system: oms, owners: { provides: sales-ops, processes: integration, monitors: support } }
  - { id: paid, system: payment, after: placed, within: 15m, owners: { processes: payments } }
  - { id: exported, system: crm, after: paid, within: 1m, contract: { type: object, required: [order_no, amount], properties: { amount: { type: string } } } }
  - { id: picked, system: warehouse, after: exported, within: 2h }
  - id: posted
    system: finance
    after: picked
    within: 1h
    contract:
      type: object
      required: [order_no, amount, tax_no, buyer_type, lines]
      properties:
        amount: { type: string, pattern: "^[0-9]+[.][0-9]{2}$" }
        tax_no: { type: string, minLength: 15, maxLength: 20 }
        buyer_type: { enum: [company, person] }
        lines: { type: array, minItems: 1, items: { type: object, required: [sku, quantity] } }
`;

const steps = [
  { step: "placed", system: "oms", point: "kafka:orders.placed" },
  { step: "paid", system: "payment", point: "kafka:payments.captured" },
  { step: "exported", system: "crm", point: "etl:crm-export" },
  { step: "picked", system: "warehouse", point: "rabbitmq:wms.orders" },
  { step: "posted", system: "finance", point: "rest:POST /finance/orders" },
] as const;

/** So many orders are under way at once: an order's next event stands this many events behind its last. */
const underWay = 2_000;
const streets = ["中山北路", "解放大道", "人民南路", "延安西路", "建设二路"];

export const orderNumber = (order: number): string => `SO-${String(order).padStart(9, "0")}`;
export const paymentNumber = (order: number): string =>
  `PAY-${String((order * 7_919) % 1_000_000_007).padStart(10, "0")}`;

/** Cheap, seeded, good enough to look irregular: the same index always gives the same number in [0, 1). */
const fraction = (index: number): number => {
  let x = Math.imul(index + 1, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
};

/** Order and step of the event at `index`: rounds of `underWay` orders walk their five steps together. */
const placeOf = (index: number): { readonly order: number; readonly step: number } => {
  const round = Math.floor(index / (underWay * steps.length));
  const within = index % (underWay * steps.length);
  return { order: round * underWay + (within % underWay), step: Math.floor(within / underWay) };
};

/** The event at `index` as one line of NDJSON, 1,000 bytes give or take 60. `startedAt` is the time of the first, 1 ms an event. */
export const orderLine = (index: number, startedAt: number): string => {
  const { order, step } = placeOf(index);
  const at = steps[step] ?? steps[0];
  const isLost = step === 4 && fraction(order) < 0.05;
  const orderNo = orderNumber(order);
  const quantity = 1 + Math.floor(fraction(index) * 9);
  return JSON.stringify({
    id: `${at.system}-${index}`,
    flow: "order-to-cash",
    step: at.step,
    system: at.system,
    operation: "process",
    outcome: isLost ? "failed" : "ok",
    time: new Date(startedAt + index).toISOString(),
    point: at.point,
    source: `${at.system}-service`,
    keys: step === 1 ? { order_no: orderNo, payment_no: paymentNumber(order) } : { order_no: orderNo },
    attributes: {
      region: order % 3 === 0 ? "east" : "south",
      channel: "web",
      release: "2026.11.2",
      host: `${at.system}-${order % 8}`,
    },
    payload: {
      order_no: orderNo,
      amount: `${100 + (order % 900)}.00`,
      currency: "CNY",
      buyer_type: order % 4 === 0 ? "person" : "company",
      tax_no: isLost ? "" : "91310000MA1K35B7X2",
      customer: {
        name: `Customer ${order % 50_000}`,
        customer_phone: `138${String(order % 100_000_000).padStart(8, "0")}`,
        address: `上海市静安区${streets[order % 5]}${order % 900} 号`,
      },
      lines: [
        { sku: `SKU-${order % 7_000}`, quantity, price: "49.90", note: "standard delivery, no gift wrapping" },
        { sku: `SKU-${(order * 3) % 7_000}`, quantity: 1, price: "12.50", note: "fragile" },
      ],
      batch: `${fraction(index)}-${fraction(order)}-${fraction(index + order)}`,
      remark: `Order ${orderNo} of customer ${order % 50_000}, quantity ${quantity}, ${at.step} by ${at.system}-${order % 8}; delivery on the agreed day, invoice by mail, nothing else to note here.`,
    },
    ...(isLost
      ? {
          error: {
            class: "missing_field",
            field: "tax_no",
            code: "FIN-203",
            message: `order ${orderNo}: tax_no must not be empty`,
          },
        }
      : {}),
  });
};

/** A request body of `count` events from `first` on. */
export const orderBatch = (first: number, count: number, startedAt: number): string => {
  const lines: string[] = [];
  for (let index = first; index < first + count; index += 1) lines.push(orderLine(index, startedAt));
  return lines.join("\n");
};
