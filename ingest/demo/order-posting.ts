import type { CaseLog } from "#ingest/demo/case-log.ts";
import type { CaseContext } from "#ingest/demo/company-case.ts";
import { hour, minute, second } from "#ingest/demo/incidents.ts";
import type { Fate, OrderOnItsWay } from "#ingest/demo/order-case.ts";
import { financeDesk, orderStations } from "#ingest/demo/stations.ts";

/** The half that moves money: the CRM's export, and what finance makes of it. */
export function financePosts({ random, incidents, startAt }: CaseContext, log: CaseLog, order: OrderOnItsWay): Fate {
  const { orderNo, trouble, paidAt, attributes, payload } = order;
  const keys = { order_no: orderNo };
  const books = { ...attributes, company_code: trouble === "rejected_posting" ? "3100" : "1000" };
  if (trouble === "manual_correction") {
    const at = paidAt + random.whole(hour, 3 * hour);
    log.tell("posted", financeDesk, at, {
      operation: "settle",
      keys,
      attributes: { ...books, manual: "true", ticket: `FIN-${random.whole(2_000, 2_999)}` },
    });
    return { passed: ["exported"], doneAt: at };
  }
  // Of the canary, only orders whose invoice profile stands in another table lose their tax number.
  const isCanary = trouble === "empty_tax_no" || (startAt >= incidents.crmRelease && random.chance(0.03));
  const exportedAt = paidAt + random.whole(10 * second, minute);
  log.tell("exported", orderStations.exported, exportedAt, {
    operation: "send",
    to: "posted",
    keys,
    attributes: {
      ...books,
      crm_version: isCanary ? "5.2.0" : "5.1.4",
      host: `crm-export-${isCanary ? 3 : random.whole(1, 2)}`,
    },
    payload: trouble === "empty_tax_no" ? { ...payload, tax_no: "" } : payload,
  });
  if (trouble === "empty_tax_no") return { state: "overdue", step: "posted", reason: "missing_field", field: "tax_no" };
  const at = exportedAt + random.whole(500, 3_900);
  if (trouble === "rejected_posting") {
    log.tell("posted", orderStations.posted, at, {
      outcome: "failed",
      keys,
      attributes: books,
      error: {
        class: "rejected",
        code: "FIN-409",
        message: `order ${orderNo}: the posting period of company code 3100 is closed`,
      },
    });
    return { state: "failed", step: "posted", reason: "rejected" };
  }
  const document = `18${String(random.whole(0, 99_999_999)).padStart(8, "0")}`;
  log.tell("posted", orderStations.posted, at, {
    operation: "settle",
    keys,
    attributes: books,
    payload: { document, fiscal_period: "11" },
    ...(trouble === "duplicates" && { times: 3 }),
  });
  if (trouble === "duplicates") {
    log.tell("posted", orderStations.posted, at + 20 * second, {
      outcome: "failed",
      keys,
      attributes: books,
      error: { class: "duplicate", code: "FIN-208", message: `order ${orderNo} is posted already as ${document}` },
    });
  }
  return { doneAt: at };
}
