import type { ErrorClass } from "#lib/event/hop-event.ts";
import type { Reason } from "#lib/journey/judgement.ts";

/** What journeys that fail the same way have in common. */
export interface AlikeGroup {
  readonly flow: string;
  readonly step: string;
  readonly reason: Reason;
  readonly errorClass: ErrorClass | null;
  readonly field: string | null;
}

/** Address of the list of them in the console; the same parameters as `GET /api/v1/journeys`. */
export function alikePath({ flow, step, reason, errorClass, field }: AlikeGroup): string {
  const query = new URLSearchParams({ flow, step, reason });
  if (errorClass !== null) query.set("class", errorClass);
  if (field !== null) query.set("field", field);
  const without = [errorClass === null ? ["class"] : [], field === null ? ["field"] : []].flat();
  if (without.length > 0) query.set("without", without.join(","));
  return `/journeys?${query.toString()}`;
}
