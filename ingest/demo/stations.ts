/** Where the company's systems cross, by flow and step: what reports the step, and through which integration point. */
export interface Station {
  readonly system: string;
  readonly source: string;
  readonly point: string;
}

export const orderStations = {
  placed: { system: "oms", source: "oms-events", point: "kafka:orders.placed" },
  paid: { system: "payment", source: "payment-gateway", point: "kafka:payments.captured" },
  picked: { system: "warehouse", source: "wms-queue", point: "rabbitmq:wms.orders" },
  shipped: { system: "logistics", source: "carrier-webhook", point: "webhook:carrier.handover" },
  booked: { system: "erp", source: "erp-gateway", point: "kafka:erp.sales-orders" },
  exported: { system: "crm", source: "crm-export", point: "etl:crm-orders" },
  posted: { system: "finance", source: "finance-importer", point: "rest:POST /finance/orders" },
  cancelled: { system: "oms", source: "oms-events", point: "kafka:orders.cancelled" },
  refunded: { system: "payment", source: "payment-gateway", point: "kafka:payments.refunded" },
} as const satisfies Readonly<Record<string, Station>>;

export const purchaseStations = {
  requested: { system: "scm", source: "scm-api", point: "rest:POST /scm/requests" },
  ordered: { system: "erp", source: "erp-gateway", point: "esb:erp.purchase-orders" },
  received: { system: "scm", source: "receiving-scanner", point: "mqtt:goods-in" },
  invoiced: { system: "finance", source: "ap-importer", point: "file:/in/invoices" },
  paid_out: { system: "finance", source: "ap-importer", point: "robot:payment-run" },
} as const satisfies Readonly<Record<string, Station>>;

export const onboardingStations = {
  hired: { system: "hrm", source: "hrm-sync", point: "cdc:hrm.employee" },
  registered: { system: "erp", source: "erp-gateway", point: "esb:erp.business-partners" },
  payroll: { system: "finance", source: "payroll-api", point: "rest:POST /payroll/employees" },
} as const satisfies Readonly<Record<string, Station>>;

/** Posts by hand what no import brought. */
export const financeDesk = { system: "finance", source: "finance-desk", point: "form:manual-posting" } as const;

const all: readonly Station[] = [
  ...Object.values(orderStations),
  ...Object.values(purchaseStations),
  ...Object.values(onboardingStations),
  financeDesk,
];

/** Each of the company's sources once. */
export const companySources: readonly string[] = [...new Set(all.map(({ source }) => source))];

/** Stops speaking in the middle of the history; every other source says that it is alive. */
export const silentSource = purchaseStations.received.source;
