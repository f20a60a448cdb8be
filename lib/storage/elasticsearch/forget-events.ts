import { keysOf } from "#lib/crosswalk/keys-of.ts";
import { type Key, toKeyId } from "#lib/key/key.ts";
import type { Cluster, SearchQuery } from "#lib/storage/elasticsearch/cluster.ts";
import { type EventDocument, eventFrom, eventSchema } from "#lib/storage/elasticsearch/event-document.ts";
import type { ForgottenEvents } from "#lib/storage/event-log.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

const eventsPerSlice = 1_000;

/** Deletes the events a query finds, document by document, until it finds none; others see it when this resolves. */
export async function forgetEvents(cluster: Cluster, query: SearchQuery): Promise<ForgottenEvents> {
  const alias = cluster.aliasOf(eventSchema);
  const carried = new Map<string, Key>();
  let count = 0;
  for (;;) {
    const { hits } = await cluster.search<Pick<EventDocument, "kept">>(alias, {
      query,
      size: eventsPerSlice,
      track_total_hits: false,
      _source: ["kept"],
    });
    if (hits.hits.length === 0) break;
    const outcomes = await cluster.write(
      hits.hits.map(({ _index, _id = "" }) => ({ kind: "delete", index: _index, id: _id })),
    );
    const refused = outcomes.find(({ status }) => status === "refused");
    if (refused?.status === "refused") throw new StorageError("damaged", `forget: ${refused.refusal.reason}`);
    count += outcomes.filter(({ status }) => status === "done").length;
    for (const { _source } of hits.hits) {
      if (_source === undefined) continue;
      for (const key of keysOf(eventFrom(_source.kept).keys)) carried.set(toKeyId(key), key);
    }
  }
  if (count > 0) await cluster.refresh(alias);
  return { count, keys: [...carried.values()] };
}
