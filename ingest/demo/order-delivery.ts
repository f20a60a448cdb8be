import type { CaseLog } from "#ingest/demo/case-log.ts";
import type { CaseContext } from "#ingest/demo/company-case.ts";
import { minute } from "#ingest/demo/incidents.ts";
import type { Fate, OrderOnItsWay } from "#ingest/demo/order-case.ts";
import { orderStations } from "#ingest/demo/stations.ts";

/** The carrier's hub in the west runs so far behind that goods seem to leave it before they are picked. */
const hubClockOffMs = -50 * minute;

/** The half that moves goods: warehouse and carrier, in one parcel or several. */
export function handOver({ random, naming, asOf }: CaseContext, log: CaseLog, order: OrderOnItsWay): Fate {
  const { orderNo, trouble, paidAt, attributes } = order;
  const keys = { order_no: orderNo };
  if (trouble === "never_sent") return { state: "overdue", step: "picked", reason: "never_sent" };
  log.tell("paid", orderStations.paid, paidAt + random.whole(100, 900), {
    operation: "send",
    to: "picked",
    keys,
    attributes,
  });
  if (trouble === "lost_in_transit") return { state: "overdue", step: "picked", reason: "lost_in_transit" };
  const host = { ...attributes, host: `wms-${random.whole(1, 3)}` };
  log.tell("picked", orderStations.picked, paidAt + random.whole(1_000, 9_000), {
    operation: "receive",
    keys,
    attributes: host,
  });
  if (trouble === "consumer_stopped") return { state: "overdue", step: "picked", reason: "not_processed" };

  const pickedAt = paidAt + random.whole(20 * minute, 70 * minute);
  const parcels = trouble === "missing_parcel" || random.chance(0.18) ? random.whole(2, 3) : 1;
  const waybills = Array.from(
    { length: parcels },
    (_, parcel) => `${naming.keyPrefix}WB-${orderNo.replace(/^.*-/u, "")}${parcel + 1}`,
  );
  log.tell("picked", orderStations.picked, pickedAt, {
    keys: { ...keys, waybill_no: waybills },
    attributes: host,
    payload: {
      order_no: orderNo,
      parcels: waybills.map((waybill_no) => ({ waybill_no, weight_g: random.whole(200, 9_000) })),
    },
  });
  const isHubWrong = trouble === "wrong_clock";
  const handed = trouble === "missing_parcel" ? waybills.slice(0, -1) : waybills;
  const times = handed.map((waybill) => {
    const at =
      pickedAt + (isHubWrong ? random.whole(30 * minute, 45 * minute) : random.whole(30 * minute, 150 * minute));
    log.tell("shipped", orderStations.shipped, at, {
      keys: { waybill_no: waybill },
      attributes: {
        carrier: random.pick(["SF", "YTO", "JD"]),
        hub: isHubWrong ? "west-2" : (attributes["region"] ?? "east"),
      },
      ...(isHubWrong && { clockOffMs: hubClockOffMs }),
    });
    return at;
  });
  if (trouble === "missing_parcel") {
    return { state: "overdue", step: "shipped", reason: "not_seen", values: waybills.slice(-1) };
  }
  const doneAt = Math.max(...times);
  return { doneAt, ...(isHubWrong && doneAt <= asOf && { skewedHop: "picked..shipped" }) };
}
