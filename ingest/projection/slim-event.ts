import { isBlank } from "#lib/contract/prune-blank.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";

/** Says that there was a payload: under the versions an event came in under, its checks say all that facts hold of it. */
const somePayload = true;

/**
 * What accepting and projecting read of an event that has just passed the door, while the declarations it was checked by are in force.
 * Waiting events are many and most of their weight is text: without it they cost the garbage collector next to nothing.
 */
export const toSlimEvent = (event: StoredEvent): StoredEvent => ({
  id: event.id,
  source: event.source,
  eventTime: event.eventTime,
  ingestedAt: event.ingestedAt,
  contentHash: event.contentHash,
  operation: event.operation,
  outcome: event.outcome,
  keys: event.keys,
  ...(event.flow === undefined ? undefined : { flow: event.flow }),
  ...(event.step === undefined ? undefined : { step: event.step }),
  ...(event.system === undefined ? undefined : { system: event.system }),
  ...(event.point === undefined ? undefined : { point: event.point }),
  ...(event.to === undefined ? undefined : { to: event.to }),
  ...(event.error === undefined ? undefined : { error: event.error }),
  ...(event.checks === undefined ? undefined : { checks: event.checks }),
  ...(event.searchable === undefined ? undefined : { searchable: event.searchable }),
  ...(event.backfill === undefined ? undefined : { backfill: event.backfill }),
  ...(event.payload === undefined || isBlank(event.payload) ? undefined : { payload: somePayload }),
});
