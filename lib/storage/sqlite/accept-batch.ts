import type { StoredEvent } from "#lib/event/hop-event.ts";
import { toKeyType } from "#lib/id/id.ts";
import type { AcceptItem, AcceptOutcome } from "#lib/storage/event-log.ts";
import { failedEventsOf } from "#lib/storage/failed-events.ts";
import { hashIdentity, hashParts } from "#lib/storage/sqlite/key-hash.ts";
import type { Line } from "#lib/storage/sqlite/segment-writer.ts";

/** `hash` is that of the identity. */
type FindKept = (source: string, id: string, hash: number) => StoredEvent | null;

/** Decides for each event of a batch whether it is new, and makes new ones ready to be written. */
export class AcceptBatch {
  readonly lines: Line[] = [];
  readonly #findKept: FindKept;
  /** Content hash by identity, of this batch. */
  readonly #added = new Map<string, string>();

  constructor(findKept: FindKept) {
    this.#findKept = findKept;
  }

  add(item: AcceptItem): AcceptOutcome {
    const { event } = item;
    const identity = `${event.source}\u0000${event.id}`;
    const hash = hashIdentity(event.source, event.id);
    const keptHash = this.#added.get(identity) ?? this.#findKept(event.source, event.id, hash)?.contentHash;
    if (keptHash !== undefined) return keptHash === event.contentHash ? "duplicate" : "id_reused";
    this.#added.set(identity, event.contentHash);
    this.lines.push({
      json: item.json ?? JSON.stringify(event),
      identity: hash,
      keys: keyHashesOf(event),
      arrivedAt: event.ingestedAt,
      eventTime: event.eventTime,
      failed: failedEventsOf(item),
    });
    return "accepted";
  }
}

const keyHashesOf = (event: StoredEvent): readonly number[] => {
  const hashes: number[] = [];
  for (const type of Object.keys(event.keys)) {
    for (const value of event.keys[toKeyType(type)] ?? []) hashes.push(hashParts(type, value));
  }
  if (event.searchable !== undefined) {
    for (const [type, values] of Object.entries(event.searchable)) {
      for (const { token } of values) hashes.push(hashParts(type, token));
    }
  }
  return hashes.length > 1 ? [...new Set(hashes)] : hashes;
};
