import type { CaseContext, Trouble } from "#ingest/demo/company-case.ts";
import { hour, isWithin } from "#ingest/demo/incidents.ts";
import type { Random } from "#ingest/demo/random.ts";

export const regions = ["east", "east", "south", "south", "north", "west"] as const;
type Region = (typeof regions)[number];

/** Now and then, at any time of the day: share of the orders, and how old one must be for the trouble to have shown itself. */
const scattered: readonly { readonly trouble: Trouble; readonly share: number; readonly ageMs: number }[] = [
  { trouble: "unlinked_payment", share: 0.006, ageMs: 0 },
  { trouble: "never_sent", share: 0.004, ageMs: 6 * hour },
  { trouble: "missing_parcel", share: 0.008, ageMs: 11 * hour },
  { trouble: "manual_correction", share: 0.007, ageMs: 7 * hour },
  { trouble: "cancelled", share: 0.035, ageMs: 0 },
  { trouble: "refunded", share: 0.01, ageMs: 0 },
  { trouble: "retried_timeout", share: 0.02, ageMs: 0 },
  { trouble: "duplicates", share: 0.02, ageMs: 0 },
];

/** The one trouble of an order. What befell everybody comes before what befell this one. */
export function orderTroubleOf({ startAt, asOf, incidents, random }: CaseContext, region: Region): Trouble {
  if (isWithin(startAt, incidents.slowQueue)) return "slow_queue";
  if (isWithin(startAt, incidents.pickingStopped))
    return startAt < incidents.pickingReceives ? "lost_in_transit" : "consumer_stopped";
  const trouble = pickScattered(random, asOf - startAt);
  if (trouble !== null) return trouble;
  if (startAt >= incidents.crmRelease && random.chance(0.15)) return "empty_tax_no";
  if (startAt >= incidents.periodClosed && region === "north" && random.chance(0.5)) return "rejected_posting";
  return region === "west" ? "wrong_clock" : "none";
}

function pickScattered(random: Random, ageMs: number): Trouble | null {
  let left = random.fraction();
  for (const { trouble, share, ageMs: youngest } of scattered) {
    left -= share;
    if (left < 0) return ageMs >= youngest ? trouble : null;
  }
  return null;
}
