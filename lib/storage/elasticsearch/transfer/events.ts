import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { type EventDocument, eventFrom, eventSchema, failedFrom } from "#lib/storage/elasticsearch/event-document.ts";
import { countIn, readPage } from "#lib/storage/elasticsearch/transfer/page.ts";
import type { EventLog } from "#lib/storage/event-log.ts";
import { toStepMatches } from "#lib/storage/failed-matches.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { Transferred, TransferItems } from "#lib/storage/transfer.ts";

type Item = TransferItems["event"];

const toItem = ({ kept, failed }: Pick<EventDocument, "kept" | "failed">): Item => ({
  event: eventFrom(kept),
  matches: failed === undefined ? [] : toStepMatches(failedFrom(failed)),
});

/** Events in order of arrival; written as a worker writes them. */
export const clusterEventTransfer = (cluster: Cluster, log: EventLog): Transferred<Item> => {
  const alias = cluster.aliasOf(eventSchema);
  const sort = ["arrivedAt", "writer", "sequence"];
  return {
    count: async () => countIn(cluster, alias),
    read: (after, limit) => readPage(cluster, { alias, sort, fields: ["kept", "failed"], toItem }, { after, limit }),
    async write(items) {
      const { outcomes, refusals } = await log.accept(items);
      const place = outcomes.findIndex((outcome) => outcome !== "accepted" && outcome !== "duplicate");
      const event = items[place]?.event;
      if (event === undefined) return;
      const why = refusals?.get(place) ?? outcomes[place] ?? "refused";
      throw new StorageError("conflict", `Event ${event.id} of ${event.source} can't be taken over: ${why}.`);
    },
  };
};
