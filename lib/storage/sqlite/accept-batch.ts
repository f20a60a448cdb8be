import { type AcceptItem, type AcceptOutcome, type FailedEvent } from "#lib/storage/event-log.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import { hashIdentity, hashText } from "#lib/storage/sqlite/key-hash.ts";
import type { Line } from "#lib/storage/sqlite/segment-writer.ts";

/** Decides for each event of a batch whether it is new, and makes new ones ready to be written. */
export class AcceptBatch {
  readonly lines: Line[] = [];
  readonly #findKept: (source: string, id: string) => StoredEvent | null;
  /** Content hash by identity, of this batch. */
  readonly #added = new Map<string, string>();

  constructor(findKept: (source: string, id: string) => StoredEvent | null) {
    this.#findKept = findKept;
  }

  add(item: AcceptItem): AcceptOutcome {
    const { event } = item;
    const identity = `${event.source}\u0000${event.id}`;
    const keptHash = this.#added.get(identity) ?? this.#findKept(event.source, event.id)?.contentHash;
    if (keptHash !== undefined) return keptHash === event.contentHash ? "duplicate" : "id_reused";
    this.#added.set(identity, event.contentHash);
    this.lines.push({
      text: JSON.stringify(event),
      identity: hashIdentity(event.source, event.id),
      keys: keyHashesOf(event),
      arrivedAt: event.ingestedAt,
      eventTime: event.eventTime,
      failed: event.outcome === "failed" ? failedEventsOf(item) : [],
    });
    return "accepted";
  }
}

const keyHashesOf = (event: StoredEvent): readonly number[] => {
  const hashes = new Set<number>();
  for (const [type, values] of Object.entries(event.keys)) {
    for (const value of values) hashes.add(hashText(`${type}\u0000${value}`));
  }
  for (const [type, values] of Object.entries(event.searchable ?? {})) {
    for (const { token } of values) hashes.add(hashText(`${type}\u0000${token}`));
  }
  return [...hashes];
};

const failedEventsOf = ({ event, matches }: AcceptItem): readonly FailedEvent[] =>
  matches.map(({ flow, step, primary, signature }) => ({
    flow,
    step,
    ...(event.system === undefined ? {} : { system: event.system }),
    errorClass: event.error?.class ?? "unknown",
    ...(event.error?.field === undefined ? {} : { field: event.error.field }),
    ...(event.point === undefined ? {} : { point: event.point }),
    signature: signature ?? "",
    eventTime: event.eventTime,
    ...(primary === undefined ? {} : { primary }),
  }));
