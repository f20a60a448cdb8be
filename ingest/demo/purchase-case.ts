import { createCaseLog } from "#ingest/demo/case-log.ts";
import type { CaseContext, CompanyCase, Trouble, Truth } from "#ingest/demo/company-case.ts";
import { hour, isWithin, minute, second } from "#ingest/demo/incidents.ts";
import { purchaseStations } from "#ingest/demo/stations.ts";

const flow = "purchase-to-pay";
const suppliers = ["宁波精工", "苏州包装", "青岛物料", "佛山家具"] as const;

/** One purchase, from the request to the supplier's money. */
export function createPurchaseCase(context: CaseContext, number: number): CompanyCase {
  const { random, startAt, asOf, incidents, naming } = context;
  const log = createCaseLog(context, flow);
  const poNo = `${naming.keyPrefix}PO-${number}`;
  const receiptNo = `${naming.keyPrefix}GR-${number}`;
  const invoiceNo = `${naming.keyPrefix}INV-${number}`;
  const amount = `${random.whole(500, 90_000)}.${random.whole(10, 99)}`;
  const attributes = { plant: random.pick(["SH01", "SZ02", "QD03"]), supplier: random.pick(suppliers) };
  const truth = (trouble: Trouble, said: Pick<Truth, "state" | "step" | "reason"> & Partial<Truth>): CompanyCase => ({
    sendings: log.sendings,
    truths: [
      {
        flow: naming.idPrefix + flow,
        key: poNo,
        primary: poNo,
        trouble,
        events: log.sendings.filter(({ at }) => at <= asOf).length,
        ...said,
      },
    ],
  });

  log.tell("requested", purchaseStations.requested, startAt, {
    operation: "create",
    keys: { po_no: poNo },
    // Nothing is known of the invoice yet: what is known goes along beside the payload that finance will ask for.
    attributes: { ...attributes, amount, requester: random.pick(["仓储部", "行政部", "生产部"]) },
  });
  if (isWithin(startAt, incidents.erpOutage))
    return truth("erp_outage", { state: "overdue", step: "ordered", reason: "outage" });
  const orderedAt = startAt + random.whole(3 * minute, 15 * minute);
  log.tell("ordered", purchaseStations.ordered, orderedAt, {
    keys: { po_no: poNo },
    attributes: { ...attributes, amount },
  });
  const receivedAt = orderedAt + random.whole(15 * minute, 45 * minute);
  if (receivedAt >= incidents.scannerSilent) {
    // The goods may well have come: nobody can tell while the scanner says nothing.
    const isDue = orderedAt + hour < asOf;
    return truth("silent_source", {
      state: isDue ? "unknown" : "in_progress",
      step: isDue ? "received" : null,
      reason: isDue ? "source_silent" : null,
    });
  }
  const isWrongDate = isWithin(startAt, incidents.mappingChange) && random.chance(0.4);
  const day = new Date(startAt).toISOString().slice(0, 10);
  const invoiceDate = isWrongDate ? day.split("-").toReversed().join("/") : day;
  const mapped = { ...attributes, mapping: isWrongDate ? "supplier-portal-v7" : "supplier-portal-v6" };
  log.tell("received", purchaseStations.received, receivedAt, {
    keys: { po_no: poNo, receipt_no: receiptNo, invoice_no: invoiceNo },
    attributes: mapped,
    payload: { po_no: poNo, receipt_no: receiptNo, invoice_no: invoiceNo, invoice_date: invoiceDate, amount },
  });
  const invoicedAt = receivedAt + random.whole(5 * minute, 30 * minute);
  if (isWrongDate) {
    log.tell("invoiced", purchaseStations.invoiced, invoicedAt, {
      outcome: "failed",
      keys: { invoice_no: invoiceNo },
      attributes: mapped,
      error: {
        class: "bad_format",
        field: "invoice_date",
        code: "AP-117",
        message: `invoice ${invoiceNo}: "${invoiceDate}" is not a date`,
      },
    });
    return truth("wrong_date", { state: "failed", step: "invoiced", reason: "bad_format", field: "invoice_date" });
  }
  log.tell("invoiced", purchaseStations.invoiced, invoicedAt, {
    keys: { invoice_no: invoiceNo },
    attributes: mapped,
    payload: { invoice_no: invoiceNo, amount },
  });
  const paidOutAt = invoicedAt + random.whole(6 * hour, 10 * hour) + 30 * second;
  log.tell("paid_out", purchaseStations.paid_out, paidOutAt, {
    operation: "settle",
    keys: { po_no: poNo },
    attributes,
  });
  return truth("none", { state: paidOutAt <= asOf ? "completed" : "in_progress", step: null, reason: null });
}
