import { keysOf } from "#lib/crosswalk/keys-of.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { FailedEvent, StepMatch } from "#lib/storage/event-log.ts";
import { toStepMatches } from "#lib/storage/failed-matches.ts";
import type { Segment } from "#lib/storage/sqlite/segment.ts";

/** Bodies were written from a FailedEvent, by us. */
const failedFrom = (body: string): FailedEvent => JSON.parse(body) as FailedEvent;

/**
 * The steps at which failed events were. A segment counts failures in rows of their own, in the order of its events and without their
 * numbers: each event takes the first that say the same as it does, one a flow.
 */
export class FailedMatches {
  #segment: Segment | null = null;
  /** Events before this one have taken theirs. */
  #next = 0;
  #rows = new Map<string, FailedEvent[]>();

  /** To be asked for the events of a segment in order. */
  take(segment: Segment, number: number, event: StoredEvent): readonly StepMatch[] {
    if (this.#segment !== segment || number < this.#next) this.#begin(segment);
    for (; this.#next < number; this.#next += 1) {
      const before = segment.find(this.#next);
      if (before !== null) this.#takeOne(before);
    }
    this.#next = number + 1;
    return this.#takeOne(event);
  }

  #begin(segment: Segment): void {
    this.#segment = segment;
    this.#next = 0;
    this.#rows = new Map();
    const rows = segment.file.all<{ body: string }>({ sql: "SELECT body FROM failed ORDER BY id" });
    for (const failed of rows.map(({ body }) => failedFrom(body))) {
      const alike = this.#rows.get(likenessOf(failed)) ?? [];
      alike.push(failed);
      this.#rows.set(likenessOf(failed), alike);
    }
  }

  #takeOne(event: StoredEvent): readonly StepMatch[] {
    if (event.outcome !== "failed") return [];
    const likeness = likenessOf({ ...event, errorClass: event.error?.class ?? "unknown", field: event.error?.field });
    const alike = this.#rows.get(likeness);
    if (alike === undefined) return [];
    const values = new Set(keysOf(event.keys).map(({ value }) => value));
    const taken = new Map<string, FailedEvent>();
    for (const row of alike) {
      if (!taken.has(row.flow) && (row.primary === undefined || values.has(row.primary))) taken.set(row.flow, row);
    }
    const rows = [...taken.values()];
    this.#rows.set(
      likeness,
      alike.filter((row) => !rows.includes(row)),
    );
    return toStepMatches(rows);
  }
}

const likenessOf = (failed: {
  readonly eventTime: number;
  readonly system?: string | undefined;
  readonly errorClass: string;
  readonly field?: string | undefined;
  readonly point?: string | undefined;
}): string =>
  JSON.stringify([
    failed.eventTime,
    failed.system ?? null,
    failed.errorClass,
    failed.field ?? null,
    failed.point ?? null,
  ]);
