import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { type JourneyDocument, journeySchema, toJourneyRow } from "#lib/storage/elasticsearch/journey-document.ts";
import { type KeyDocument, keyIn, keySchema } from "#lib/storage/elasticsearch/key-document.ts";
import type { KnownKeys } from "#lib/storage/elasticsearch/known-keys.ts";
import { countIn, readPage } from "#lib/storage/elasticsearch/transfer/page.ts";
import { type UnitDocument, unitIn, unitSchema } from "#lib/storage/elasticsearch/unit-document.ts";
import type { Projection, ProjectionChange } from "#lib/storage/projection.ts";
import type { TransferKinds } from "#lib/storage/transfer.ts";

interface Parts {
  readonly cluster: Cluster;
  readonly projection: Projection;
  readonly keys: KnownKeys;
}

/** A commit of nothing. */
export const nothing: ProjectionChange = {
  units: [],
  links: [],
  keys: [],
  journeys: [],
  removed: [],
  sources: [],
  reporters: [],
  position: null,
};

const toKeyItem = (document: Pick<KeyDocument, "kept" | "day">) => ({ ...keyIn(document), day: document.day });

/** What is derived from events, written as a commit writes it, with everything that is counted from it. */
export const clusterDerivedTransfer = ({
  cluster,
  projection,
  keys,
}: Parts): Pick<TransferKinds, "unit" | "key" | "journey"> => {
  const [unitAlias, keyAlias, journeyAlias] = [unitSchema, keySchema, journeySchema].map((schema) =>
    cluster.aliasOf(schema),
  ) as [string, string, string];
  return {
    unit: {
      count: async () => countIn(cluster, unitAlias),
      read: (after, limit) =>
        readPage<UnitDocument, ReturnType<typeof unitIn>>(
          cluster,
          { alias: unitAlias, sort: ["place"], toItem: unitIn },
          { after, limit },
        ),
      async write(units) {
        await projection.commit({ ...nothing, units });
      },
    },
    key: {
      count: async () => countIn(cluster, keyAlias),
      read: (after, limit) =>
        readPage(cluster, { alias: keyAlias, sort: ["value", "type"], toItem: toKeyItem }, { after, limit }),
      async write(items) {
        for (const [day, learned] of Map.groupBy(items, (item) => item.day)) {
          await keys.learn(
            learned.map(({ type, value }) => ({ type, value })),
            day,
          );
        }
      },
    },
    journey: {
      count: async () => countIn(cluster, journeyAlias),
      read: (after, limit) =>
        readPage<Pick<JourneyDocument, "body">, ReturnType<typeof toJourneyRow>>(
          cluster,
          { alias: journeyAlias, sort: ["flow", "primary"], fields: ["body"], toItem: toJourneyRow },
          { after, limit },
        ),
      async write(journeys) {
        await projection.commit({ ...nothing, journeys });
      },
    },
  };
};
