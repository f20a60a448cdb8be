import type { Assessment } from "#lib/journey/assess.ts";
import type { Confidence } from "#lib/journey/judgement.ts";

/**
 * How sure a verdict is.
 * - high: the systems themselves said so, or everything that could have seen the record has reported.
 * - medium: something had to be supposed: a source believed because it spoke lately, a cause inferred from others, a lying clock, masked text.
 * - low: it can't be told.
 */
export function confidenceOf({ broken, steps, state }: Assessment, skewed: boolean): Confidence {
  if (state === "unknown") return "low";
  if (broken === null) return skewed || steps.some(({ undecided }) => undecided) ? "medium" : "high";
  const { step, cause } = broken;
  if (skewed || step.undecided || cause.payload?.findings.length === 0) return "medium";
  if (cause.reason === "not_seen" || cause.reason === "outage") return "medium";
  if (step.status === "failed") return "high";
  const supposed = step.eyes.some(({ newestAt = -Infinity }) => newestAt <= (step.dueAt ?? Infinity));
  return supposed ? "medium" : "high";
}
