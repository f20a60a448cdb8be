import type { StoredEvent } from "#lib/event/hop-event.ts";

/** A kept event as it would be sent: what a dead letter of it holds. What was masked stays masked. */
export function toWireText(event: StoredEvent): string {
  const { eventTime, ingestedAt: _arrival, contentHash: _hash, checks: _checks, ...sent } = event;
  const { masks: _masks, searchable: _searchable, backfill: _backfill, extra, ...members } = sent;
  return JSON.stringify({ ...extra, ...members, time: new Date(eventTime).toISOString() });
}
