import type { JourneyFilter, verdictParts } from "#lib/api/journeys-schema.ts";
import { toStepId, toSystemId } from "#lib/id/id.ts";
import { toSearchForm } from "#lib/key/search-form.ts";
import type { JourneyQuery, TroubleFilter } from "#lib/storage/journey-index.ts";

type VerdictPart = (typeof verdictParts)[number];

/** The question as the store takes it; `flows`: those the caller may see and asked for. */
export function toJourneyQuery(query: JourneyFilter, flows: JourneyQuery["flows"]): JourneyQuery {
  const { state, from, to, sinceFrom, sinceTo, q } = query;
  return {
    flows,
    ...(state !== undefined && { states: state }),
    ...toTroubleFilter(query),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(sinceFrom !== undefined && { sinceFrom }),
    ...(sinceTo !== undefined && { sinceTo }),
    ...(q !== undefined && { keyForm: toSearchForm(q) }),
  };
}

function toTroubleFilter(query: JourneyFilter): TroubleFilter {
  const { step, reason, system, field, point, signature, without = [] } = query;
  /** null where it was asked to have none; what is named wins. */
  const part = <Value>(name: VerdictPart, value: Value | undefined): Value | null | undefined =>
    value === undefined && without.includes(name) ? null : value;
  const named = {
    step: step === undefined ? undefined : toStepId(step),
    // told when read, never stored
    reason: reason === "outage" ? "not_seen" : reason,
    errorClass: part("class", query.class),
    system: part("system", system === undefined ? undefined : toSystemId(system)),
    field: part("field", field),
    point: part("point", point),
    signature: part("signature", signature),
  } as const;
  return {
    ...(named.step !== undefined && { step: named.step }),
    ...(named.reason !== undefined && { reason: named.reason }),
    ...(named.errorClass !== undefined && { errorClass: named.errorClass }),
    ...(named.system !== undefined && { system: named.system }),
    ...(named.field !== undefined && { field: named.field }),
    ...(named.point !== undefined && { point: named.point }),
    ...(named.signature !== undefined && { signature: named.signature }),
  };
}
