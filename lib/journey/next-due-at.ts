import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { Calendars } from "#lib/journey/deadline.ts";
import type { Facts } from "#lib/journey/facts.ts";
import { isRequired, surveyOf } from "#lib/journey/survey.ts";

/**
 * The earliest deadline (epoch ms) of a step that is still open: required, expected, neither settled nor passed nor failed. It may have
 * passed already; null where no deadline is running.
 */
export function nextDueAt(facts: Facts, version: FlowVersion, calendars: Calendars): number | null {
  const { steps, ended } = surveyOf(facts, version, calendars);
  if (ended !== null) return null;
  let next = Infinity;
  for (const { step, settlement, passed, dueAt } of steps) {
    if (dueAt === undefined || !isRequired(step) || passed || settlement.by !== null) continue;
    if (settlement.open.failed === undefined) next = Math.min(next, dueAt);
  }
  return Number.isFinite(next) ? next : null;
}
