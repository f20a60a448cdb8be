import type { LineKind } from "#components/journey/line-kind.ts";

interface LineStyle {
  readonly className: string;
  readonly strokeWidth: number;
  readonly strokeDasharray?: string;
  readonly strokeLinecap?: "round";
}

/** Every line differs by its stroke, not by colour alone. */
export const lineStyles: Readonly<Record<LineKind, LineStyle>> = {
  solid: { className: "stroke-ok", strokeWidth: 2 },
  late: { className: "stroke-late", strokeWidth: 2 },
  thin: { className: "stroke-progress", strokeWidth: 1.25 },
  cut: { className: "stroke-overdue", strokeWidth: 2, strokeDasharray: "6 4" },
  failed: { className: "stroke-failed", strokeWidth: 2 },
  dotted: { className: "stroke-unknown", strokeWidth: 3, strokeDasharray: "0.1 6", strokeLinecap: "round" },
  waiting: { className: "stroke-line-strong", strokeWidth: 1, strokeDasharray: "3 3" },
  passed: { className: "stroke-ok", strokeWidth: 2, strokeDasharray: "10 4" },
};

export const lineTone: Readonly<Record<LineKind, string>> = {
  solid: "text-ink",
  late: "text-late",
  thin: "text-progress",
  cut: "text-overdue",
  failed: "text-failed",
  dotted: "text-unknown",
  waiting: "text-ink-3",
  passed: "text-ok",
};
