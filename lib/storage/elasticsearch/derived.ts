import { aliasListSchema, createAliasLists } from "#lib/storage/elasticsearch/alias-list.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { createCrosswalk } from "#lib/storage/elasticsearch/crosswalk.ts";
import { createJourneyStorage, journeySchemas } from "#lib/storage/elasticsearch/journey-storage.ts";
import { keySchema } from "#lib/storage/elasticsearch/key-document.ts";
import { createKeySearch } from "#lib/storage/elasticsearch/key-search.ts";
import { createKnownKeys } from "#lib/storage/elasticsearch/known-keys.ts";
import { linkSchema } from "#lib/storage/elasticsearch/link-document.ts";
import { progressSchema } from "#lib/storage/elasticsearch/progress.ts";
import { createProjection } from "#lib/storage/elasticsearch/projection.ts";
import type { ElasticsearchSources } from "#lib/storage/elasticsearch/sources.ts";
import { unitSchema } from "#lib/storage/elasticsearch/unit-document.ts";
import { createUnits } from "#lib/storage/elasticsearch/units.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

/** Every index of what is derived from events. */
export const derivedSchemas = [unitSchema, aliasListSchema, linkSchema, keySchema, progressSchema, ...journeySchemas];

interface DerivedOptions {
  readonly cluster: Cluster;
  readonly sources: ElasticsearchSources;
  readonly now: () => number;
}

/** The ports of what is derived from events, over one cluster. */
export function createDerived({
  cluster,
  sources,
  now,
}: DerivedOptions): Pick<EventStorage, "projection" | "units" | "crosswalk" | "keySearch" | "journeys" | "measures"> {
  const aliasLists = createAliasLists(cluster);
  const units = createUnits(cluster, aliasLists);
  const crosswalk = createCrosswalk(cluster);
  const keySearch = createKeySearch(cluster);
  const keys = createKnownKeys(cluster);
  const journeys = createJourneyStorage({
    cluster,
    paths: {
      list: (form, limit) => keySearch.list(form, limit),
      primaryTypes: (flow) => units.primaryTypes(flow),
      besides: (asked, limit) => crosswalk.besides(asked, limit),
    },
    now,
  });
  return {
    projection: createProjection({ cluster, now, units, aliasLists, crosswalk, keys, journeys, sources }),
    units,
    crosswalk,
    keySearch,
    journeys: journeys.journeys,
    measures: journeys.measures,
  };
}
