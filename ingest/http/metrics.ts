import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { CollectorFigures } from "#ingest/collector/call.ts";
import type { Swept } from "#ingest/projection/sweep.ts";
import type { SpoolState } from "#ingest/spool/spooled-intake.ts";
import type { BatchResult } from "#ingest/source.ts";

export interface WorkerMetrics {
  countRequest(answer: {
    readonly route: string;
    readonly method: string;
    readonly status: number;
    readonly seconds: number;
  }): void;
  countBatch(result: BatchResult): void;
  countSwept(swept: Swept): void;
  /** Prometheus text. */
  render(): Promise<string>;
}

interface MetricsOptions {
  /** Null where the store is this machine's own. */
  spool(): Promise<SpoolState | null>;
  /** Null while the collector cannot say. */
  figures(): Promise<CollectorFigures | null>;
  bodyBytes(): number;
}

/** What the worker says of itself. Labels come from fixed lists only: nothing sent from outside becomes one. */
export function createMetrics({ figures, spool, bodyBytes }: MetricsOptions): WorkerMetrics {
  const registers = [new Registry()] as const;
  const [registry] = registers;
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "hopline_http_requests_total",
    help: "Requests answered.",
    labelNames: ["route", "method", "status"],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: "hopline_http_request_duration_seconds",
    help: "From a request's head to its answer.",
    labelNames: ["route"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const events = new Counter({
    name: "hopline_events_total",
    help: "Events by what became of them at the door.",
    labelNames: ["result"],
    registers: [registry],
  });
  const rejections = new Counter({
    name: "hopline_events_rejected_total",
    help: "Rejected events by reason; each is kept as a dead letter.",
    labelNames: ["reason"],
    registers: [registry],
  });
  const swept = new Counter({
    name: "hopline_swept_events_total",
    help: "Events that were looked for in everything that is made from them, by what was found.",
    labelNames: ["found"],
    registers: [registry],
  });
  new Gauge({
    name: "hopline_body_bytes",
    help: "Bytes of request bodies held.",
    registers: [registry],
    collect() {
      this.set(bodyBytes());
    },
  });
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers: [registry] });
  const storeBytes = gauge("hopline_store_bytes", "Bytes of the store on disk.");
  const storeUp = gauge("hopline_store_up", "1 while the store answers.");
  const spoolRecords = gauge(
    "hopline_spool_events",
    "Accepted events on this machine's disk that wait for the cluster.",
  );
  const spoolBytes = gauge("hopline_spool_bytes", "Bytes they take.");
  const spoolLimit = gauge("hopline_spool_limit_bytes", "Bytes they may take before senders are asked to come again.");
  const eventsKept = gauge("hopline_events_kept", "Events in the store.");
  const deadLetters = gauge("hopline_dead_letters_open", "Dead letters not re-driven.");
  const pending = gauge("hopline_projection_pending_events", "Accepted events that are not in the journeys yet.");
  const waiting = gauge("hopline_waiting_requests", "Requests waiting for the collector.");
  for (const found of ["whole", "lacking", "passed_over"]) swept.inc({ found }, 0);
  for (const result of ["accepted", "duplicate", "rejected"]) events.inc({ result }, 0);

  return {
    countRequest({ route, method, status, seconds: took }) {
      requests.inc({ route, method, status: String(status) });
      seconds.observe({ route }, took);
    },
    countBatch({ accepted, duplicates, rejected }) {
      events.inc({ result: "accepted" }, accepted);
      events.inc({ result: "duplicate" }, duplicates);
      events.inc({ result: "rejected" }, rejected.length);
      for (const { reason } of rejected) rejections.inc({ reason });
    },
    countSwept({ events: looked, mended, passedOver }) {
      swept.inc({ found: "whole" }, looked - mended);
      swept.inc({ found: "lacking" }, mended);
      swept.inc({ found: "passed_over" }, passedOver);
    },
    async render() {
      const now = await figures();
      if (now !== null) {
        storeUp.set(now.store === null ? 0 : 1);
        if (now.store !== null) {
          storeBytes.set(now.store.bytes);
          eventsKept.set(now.store.eventsKept);
          deadLetters.set(now.store.deadLettersOpen);
        }
        pending.set(now.pendingEvents);
        waiting.set(now.waitingRequests);
      }
      const spooled = await spool();
      if (spooled !== null) {
        spoolRecords.set(spooled.records);
        spoolBytes.set(spooled.bytes);
        spoolLimit.set(spooled.limitBytes);
      }
      return await registry.metrics();
    },
  };
}
