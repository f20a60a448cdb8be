import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";

/** The kinds of addresses the console answers; nothing from outside becomes a label. */
export type RouteKind = "page" | "action" | "api" | "auth" | "static" | "health";

export interface ConsoleMetrics {
  countRequest(answer: { readonly route: RouteKind; readonly status: number; readonly seconds: number }): void;
  /** Prometheus text. */
  render(): Promise<string>;
}

export const createMetrics = (): ConsoleMetrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "hopline_http_requests_total",
    help: "Requests answered.",
    labelNames: ["route", "status"],
    registers: [registry],
  });
  const durations = new Histogram({
    name: "hopline_http_request_duration_seconds",
    help: "From a request's head to the end of its answer.",
    labelNames: ["route"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    countRequest({ route, status, seconds }) {
      requests.inc({ route, status: `${Math.floor(status / 100)}xx` });
      durations.observe({ route }, seconds);
    },
    render: async () => registry.metrics(),
  };
};

export const routeKindOf = (path: string, isAction: boolean): RouteKind => {
  if (path.startsWith("/_next/") || path === "/favicon.ico" || path === "/icon.svg") return "static";
  if (path.startsWith("/api/auth/")) return "auth";
  if (path.startsWith("/api/")) return "api";
  if (path === "/healthz" || path === "/readyz" || path === "/metrics") return "health";
  return isAction ? "action" : "page";
};
