import { keysOf } from "#lib/crosswalk/keys-of.ts";
import { jsonTextOf } from "#lib/event/event-json.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import { toKeyType } from "#lib/id/id.ts";
import { toKeyId } from "#lib/key/key.ts";
import type { EventPlace } from "#lib/storage/elasticsearch/event-place.ts";
import { type IndexSchema, kept, keyword, long } from "#lib/storage/elasticsearch/index-schema.ts";
import type { AcceptItem, FailedEvent } from "#lib/storage/event-log.ts";
import { failedEventsOf } from "#lib/storage/failed-events.ts";

/** An event as a document: its place, what it is found by, and itself as the text it was made from. */
export interface EventDocument extends EventPlace {
  readonly source: string;
  readonly contentHash: string;
  /** Ids of all its keys, searchable ones by their token. */
  readonly keys: readonly string[];
  /** Of a failed event that matched a step: event time, flows, and what the failures page counts, as JSON. */
  readonly failedAt?: number;
  readonly failedFlows?: readonly string[];
  readonly failed?: string;
  /** The event as JSON. */
  readonly kept: string;
}

export const eventSchema: IndexSchema = {
  name: "event",
  version: 1,
  span: "day",
  properties: {
    arrivedAt: long,
    writer: keyword,
    sequence: long,
    source: keyword,
    contentHash: kept,
    keys: keyword,
    failedAt: long,
    failedFlows: keyword,
    failed: kept,
    kept,
  },
  // An event is written once and read by key: what is compressed well is read from memory more often.
  settings: { codec: "best_compression" },
};

export const toEventDocument = (item: AcceptItem, { arrivedAt, writer, sequence }: EventPlace): EventDocument => {
  const { event, json } = item;
  return {
    arrivedAt,
    writer,
    sequence,
    source: event.source,
    contentHash: event.contentHash,
    keys: keyIdsOf(event),
    ...failureOf(item),
    kept: json === undefined ? JSON.stringify(event) : jsonTextOf(json),
  };
};

/** Written by `toEventDocument`. */
export const eventFrom = (text: string): StoredEvent => JSON.parse(text) as StoredEvent;

/** Written by `toEventDocument`. */
export const failedFrom = (text: string): readonly FailedEvent[] => JSON.parse(text) as readonly FailedEvent[];

const keyIdsOf = ({ keys, searchable }: StoredEvent): readonly string[] => {
  const ids = keysOf(keys).map(toKeyId);
  if (searchable === undefined) return ids;
  for (const [name, values] of Object.entries(searchable)) {
    const type = toKeyType(name);
    for (const { token } of values) ids.push(toKeyId({ type, value: token }));
  }
  return [...new Set(ids)];
};

const failureOf = (item: AcceptItem): Pick<EventDocument, "failedAt" | "failedFlows" | "failed"> => {
  const failed = failedEventsOf(item);
  if (failed.length === 0) return {};
  return {
    failedAt: item.event.eventTime,
    failedFlows: [...new Set(failed.map(({ flow }) => flow))],
    failed: JSON.stringify(failed),
  };
};
