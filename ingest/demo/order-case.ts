import { createCaseLog, type CaseLog } from "#ingest/demo/case-log.ts";
import type { CaseContext, CompanyCase, Truth, Trouble } from "#ingest/demo/company-case.ts";
import { minute, second } from "#ingest/demo/incidents.ts";
import { handOver } from "#ingest/demo/order-delivery.ts";
import { createOrderFacts, type OrderFacts } from "#ingest/demo/order-payload.ts";
import { financePosts } from "#ingest/demo/order-posting.ts";
import { orderTroubleOf, regions } from "#ingest/demo/order-trouble.ts";
import { orderStations } from "#ingest/demo/stations.ts";

const flow = "order-to-cash";

/** An order on its way through the company. */
export interface OrderOnItsWay extends OrderFacts {
  readonly trouble: Trouble;
  readonly region: string;
  readonly paidAt: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a part of the way left to be said of an order. */
export type Fate = Partial<
  Pick<Truth, "state" | "step" | "reason" | "field" | "values" | "endedBy" | "passed" | "skewedHop">
> & {
  /** When everything required of this part has happened; absent where it never does. */
  readonly doneAt?: number;
};

/** One order, or several paid at once. Numbers count from `firstOrder`. */
export function createOrderCase(context: CaseContext, firstOrder: number): CompanyCase {
  const { random, startAt, naming } = context;
  const region = random.pick(regions);
  const trouble = orderTroubleOf(context, region);
  const count = trouble === "none" && random.chance(0.12) ? random.whole(2, 3) : 1;
  const paymentNo = `${naming.keyPrefix}PAY-${firstOrder * 7 + 300_000}`;
  // Where the order centre knows of the joint payment, the gateway names the payment alone.
  const isAnnounced = count > 1 && random.chance(0.5);
  const log = createCaseLog(context, flow);
  const paidAt = startAt + random.whole(20 * second, 8 * minute);

  const orders = Array.from({ length: count }, (_, index): OrderOnItsWay => {
    const facts = createOrderFacts(random, `${naming.keyPrefix}SO-${firstOrder + index}`);
    return { ...facts, trouble, region, paidAt, attributes: { region, channel: facts.channel } };
  });
  for (const { orderNo, phone, attributes, payload } of orders) {
    log.tell("placed", orderStations.placed, startAt, {
      operation: "create",
      keys: { order_no: orderNo, customer_phone: phone, ...(isAnnounced && { payment_no: paymentNo }) },
      attributes: { ...attributes, oms_version: "9.14.2" },
      payload,
    });
  }
  if (trouble === "cancelled") return cancel(context, log, orders);
  const keys = orders.map(({ orderNo }) => orderNo);
  log.tell("paid", orderStations.paid, paidAt, {
    keys:
      isAnnounced || trouble === "unlinked_payment"
        ? { payment_no: paymentNo }
        : { order_no: keys, payment_no: paymentNo },
    // The gateway tells of money, not of orders: a payload of its own would look like one that lost the order's fields.
    attributes: { region, channel: random.pick(["alipay", "wechat", "unionpay"]), paid_amount: sumOfAmounts(orders) },
  });
  if (trouble === "unlinked_payment") return leaveUnlinked(context, log, orders, paymentNo);
  const truths = orders.map((order): Truth => {
    const before = log.sendings.length;
    const fates = [
      bookIn(context, log, order),
      financePosts(context, log, order),
      goOn(context, log, order, paymentNo),
    ];
    // Its own placing and the payment, which all orders of it share.
    return toTruth(context, order, fates, 2 + countEvents(log, before, context.asOf));
  });
  return { sendings: log.sendings, truths };
}

/** The half that moves goods: a refund ends it before it begins. */
function goOn(context: CaseContext, log: CaseLog, order: OrderOnItsWay, paymentNo: string): Fate {
  if (order.trouble !== "refunded") return handOver(context, log, order);
  const at = order.paidAt + context.random.whole(15 * minute, 19 * minute);
  log.tell("refunded", orderStations.refunded, at, {
    operation: "settle",
    keys: { order_no: order.orderNo, payment_no: paymentNo },
    attributes: { ...order.attributes, refund_reason: "customer changed mind" },
  });
  return { endedBy: "refunded", doneAt: at };
}

/** ERP: seconds as a rule, half an hour while its queue lagged, a second try after a time-out. */
function bookIn({ random, incidents, startAt }: CaseContext, log: CaseLog, order: OrderOnItsWay): Fate {
  const { orderNo, paidAt, attributes, payload, trouble } = order;
  const keys = { order_no: orderNo };
  const isReleased = startAt >= incidents.slowQueue.to;
  const told = { keys, attributes: { ...attributes, erp_gateway: isReleased ? "2.8.1" : "2.8.0" } };
  if (trouble === "retried_timeout") {
    for (let attempt = 1; attempt <= random.whole(1, 2); attempt += 1) {
      log.tell("booked", orderStations.booked, paidAt + attempt * 12 * second, {
        ...told,
        outcome: "retrying",
        error: { class: "timeout", code: "ERP-504", message: `no answer for ${orderNo} within 10 s, trying again` },
      });
    }
  }
  const { from, to } = incidents.slowQueue;
  const full = Math.min(1, (2 * (startAt - from)) / (to - from));
  const lagMs =
    trouble === "slow_queue"
      ? 7 * minute + full * 23 * minute + random.whole(0, 2 * minute)
      : trouble === "retried_timeout"
        ? random.whole(40 * second, 2 * minute)
        : random.whole(900, 4_200);
  const at = Math.round(paidAt + lagMs);
  log.tell("booked", orderStations.booked, at, {
    ...told,
    payload: { order_no: payload["order_no"], company_code: "1000" },
  });
  return trouble === "slow_queue" ? { state: "completed_late", doneAt: at } : { doneAt: at };
}

function cancel(context: CaseContext, log: CaseLog, orders: readonly OrderOnItsWay[]): CompanyCase {
  const at = context.startAt + context.random.whole(5 * minute, 20 * minute);
  const truths = orders.map((order) => {
    log.tell("cancelled", orderStations.cancelled, at, {
      operation: "settle",
      keys: { order_no: order.orderNo },
      attributes: { ...order.attributes, cancel_reason: "not paid in time" },
    });
    return toTruth(context, order, [{ endedBy: "cancelled", doneAt: at }], 2);
  });
  return { sendings: log.sendings, truths };
}

/** A payment that names no order and is named by none: it waits, and its order stays unpaid for all that anyone can see. */
function leaveUnlinked(
  context: CaseContext,
  log: CaseLog,
  orders: readonly OrderOnItsWay[],
  paymentNo: string,
): CompanyCase {
  const unpaid = orders.map((order) =>
    toTruth(context, order, [{ state: "overdue", step: "paid", reason: "not_seen" }], 1),
  );
  const waiting: Truth = {
    flow: context.naming.idPrefix + flow,
    key: paymentNo,
    primary: null,
    trouble: "unlinked_payment",
    state: "unknown",
    step: null,
    reason: "waiting_for_link",
    events: 1,
  };
  return { sendings: log.sendings, truths: [...unpaid, waiting] };
}

const sumOfAmounts = (orders: readonly OrderOnItsWay[]): string =>
  orders.reduce((sum, { amount }) => sum + Number(amount), 0).toFixed(2);

const countEvents = ({ sendings }: CaseLog, from: number, asOf: number): number =>
  new Set(sendings.slice(from).flatMap(({ at, event }) => (at <= asOf ? [event.id] : []))).size;

/** What is broken says more than what is late, and that more than what is done. */
function toTruth({ asOf, naming }: CaseContext, order: OrderOnItsWay, fates: readonly Fate[], events: number): Truth {
  const { doneAt: _, ...said } = Object.assign({}, ...fates) as Fate;
  const broken = fates.some(({ reason }) => reason !== undefined);
  const isDone = fates.every(({ doneAt }) => doneAt !== undefined && doneAt <= asOf);
  return {
    flow: naming.idPrefix + flow,
    key: order.orderNo,
    primary: order.orderNo,
    trouble: order.trouble,
    step: null,
    reason: null,
    ...said,
    state: broken ? (said.state ?? "overdue") : isDone ? (said.state ?? "completed") : "in_progress",
    events,
  };
}
