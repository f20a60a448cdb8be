import type { FacetChoice } from "#lib/failure/failures-view.ts";
import type { GroupIdentity } from "#lib/failure/trouble-group.ts";
import type { Period } from "#lib/period/period.ts";

/** Address of the list of a group's records in the console, those that broke within the period; parameters as of `GET /api/v1/journeys`. */
export function troublePath(
  { flow, step, reason, errorClass, field, signature }: GroupIdentity,
  states: readonly string[],
  { from, to }: Period,
  { system, point }: FacetChoice,
): string {
  const query = new URLSearchParams({ flow });
  const named = {
    step,
    reason,
    class: errorClass,
    field,
    signature,
    system: system ?? undefined,
    point: point ?? undefined,
  };
  for (const [name, value] of Object.entries(named)) if (value !== null && value !== undefined) query.set(name, value);
  query.set("state", states.join(","));
  const parts = { class: errorClass, field, signature, system, point };
  const without = Object.entries(parts).flatMap(([name, value]) => (value === null ? [name] : []));
  if (without.length > 0) query.set("without", without.join(","));
  query.set("sinceFrom", new Date(from).toISOString());
  query.set("sinceTo", new Date(to).toISOString());
  return `/journeys?${query.toString()}`;
}
