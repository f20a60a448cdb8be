import { afterAll } from "vitest";
import type { KeyType } from "#lib/id/id.ts";
import { type Key, type KeyId, toKeyId } from "#lib/key/key.ts";
import { toSearchForm } from "#lib/key/search-form.ts";
import type { KeyPaths } from "#lib/storage/elasticsearch/journey-key-search.ts";
import { createJourneyStorage } from "#lib/storage/elasticsearch/journey-storage.ts";
import type { ProjectionChange } from "#lib/storage/projection.ts";
import type { EventStorage } from "#lib/storage/storage.ts";
import { checkClosedJourneys } from "#test/conformance/events/check-closed-journeys.ts";
import { checkJourneyIndex } from "#test/conformance/events/check-journey-index.ts";
import { checkMeasures } from "#test/conformance/events/check-measures.ts";
import { checkTrouble } from "#test/conformance/events/check-trouble.ts";
import type { EventAdapter } from "#test/conformance/events/event-bed.ts";
import { TEN } from "#test/conformance/events/make.ts";
import { installJourneys } from "#test/lib/storage/elasticsearch/journey-store.ts";
import { openTestCluster } from "#test/support/test-cluster.ts";

const bed = openTestCluster();
await installJourneys(bed.cluster);
afterAll(async () => {
  await bed.remove();
  await bed.close();
});

/** The checks of this file ask for nothing else. */
const partOfStorage = (part: object): EventStorage => part as EventStorage;

const adapter: EventAdapter = {
  name: "elasticsearch",
  async start() {
    await bed.empty();
    const keys = new Map<KeyId, Key>();
    const besides = new Map<KeyId, Key[]>();
    const primaries = new Map<string, Set<KeyType>>();
    const paths: KeyPaths = {
      list: async (form) =>
        [...keys.values()].filter(
          ({ value }) => toSearchForm(value).startsWith(form) || toSearchForm(value).endsWith(form),
        ),
      primaryTypes: async (flow) => [...(primaries.get(flow) ?? [])],
      besides: async (asked) => new Map(asked.map((key) => [toKeyId(key), besides.get(toKeyId(key)) ?? []])),
    };
    const storage = createJourneyStorage({ cluster: bed.cluster, paths, now: () => TEN });
    const commit = async (change: ProjectionChange) => {
      for (const key of change.keys) keys.set(toKeyId(key), key);
      for (const unit of change.units)
        if (unit.isPrimary && unit.keys[0])
          primaries.set(unit.flow, (primaries.get(unit.flow) ?? new Set()).add(unit.keys[0].type));
      for (const { a, b } of change.links) {
        besides.set(toKeyId(a), [...(besides.get(toKeyId(a)) ?? []), b]);
        besides.set(toKeyId(b), [...(besides.get(toKeyId(b)) ?? []), a]);
      }
      await storage.writeRows(change, await storage.readRows([...change.journeys, ...change.removed]));
    };
    return {
      open: async () =>
        partOfStorage({
          journeys: storage.journeys,
          measures: storage.measures,
          projection: { commit, flush: async () => undefined },
          close: async () => undefined,
        }),
      remove: async () => undefined,
    };
  },
};

checkJourneyIndex(adapter);
checkClosedJourneys(adapter);
checkMeasures(adapter);
checkTrouble(adapter);
