import { randomBytes } from "node:crypto";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { claimSchema } from "#lib/storage/elasticsearch/day-claims.ts";
import { ElasticsearchDeadLetters } from "#lib/storage/elasticsearch/dead-letters.ts";
import { createDerived, derivedSchemas } from "#lib/storage/elasticsearch/derived.ts";
import { eventSchema } from "#lib/storage/elasticsearch/event-document.ts";
import { ElasticsearchEventLog } from "#lib/storage/elasticsearch/event-log.ts";
import { install } from "#lib/storage/elasticsearch/install.ts";
import { deadLetterSchema } from "#lib/storage/elasticsearch/letter-document.ts";
import { sizeOf } from "#lib/storage/elasticsearch/size-of.ts";
import { sourceSchema } from "#lib/storage/elasticsearch/source-document.ts";
import { ElasticsearchSources } from "#lib/storage/elasticsearch/sources.ts";
import { toWriterId } from "#lib/storage/elasticsearch/writer-id.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

/** Every index of events and of what is derived from them. */
export const eventSchemas = [eventSchema, claimSchema, deadLetterSchema, sourceSchema, ...derivedSchemas];

interface EventStorageOptions {
  /** Closed by whoever opened it. */
  readonly cluster: Cluster;
  readonly now: () => number;
}

/** The store of events on a cluster. Any number of processes open it at once, to write and to read; each opening is a writer of its own. */
export async function openEventStorage({
  cluster,
  now,
}: EventStorageOptions): Promise<EventStorage & { readonly sources: ElasticsearchSources }> {
  await install(cluster, eventSchemas);
  const writer = toWriterId(now(), randomBytes(4).toString("hex"));
  const sources = new ElasticsearchSources({ cluster, writer, now });
  return {
    events: new ElasticsearchEventLog({ cluster, writer, now }),
    ...createDerived({ cluster, sources, now }),
    deadLetters: new ElasticsearchDeadLetters(cluster, writer),
    sources,
    silentMs: () => cluster.silentMs(),
    sizeBytes: () => sizeOf(cluster, eventSchemas),
    close: async () => {},
  };
}
