import type { AliasLists } from "#lib/storage/elasticsearch/alias-list.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import type { SharedCrosswalk } from "#lib/storage/elasticsearch/crosswalk.ts";
import { createDerivedExpiry } from "#lib/storage/elasticsearch/derived-expiry.ts";
import { eventSchema } from "#lib/storage/elasticsearch/event-document.ts";
import { createForgotten } from "#lib/storage/elasticsearch/forgotten.ts";
import type { RowChange, RowReading } from "#lib/storage/elasticsearch/journey-rows.ts";
import type { JourneyStorage } from "#lib/storage/elasticsearch/journey-storage.ts";
import type { KnownKeys } from "#lib/storage/elasticsearch/known-keys.ts";
import { createProgress } from "#lib/storage/elasticsearch/progress.ts";
import type { ElasticsearchSources } from "#lib/storage/elasticsearch/sources.ts";
import type { SharedUnits } from "#lib/storage/elasticsearch/units.ts";
import { keptDayOf } from "#lib/storage/kept-day.ts";
import type { Projection, Unit } from "#lib/storage/projection.ts";
import type { JourneyId } from "#lib/storage/journey-index.ts";
import type { Judging, SharedProjection } from "#lib/storage/shared-projection.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

const mostAttempts = 20;

export interface ProjectionParts {
  readonly cluster: Cluster;
  readonly now: () => number;
  readonly units: SharedUnits;
  readonly aliasLists: AliasLists;
  readonly crosswalk: SharedCrosswalk;
  readonly keys: KnownKeys;
  readonly journeys: Pick<JourneyStorage, "readRows" | "writeRows" | "listArrivedBefore">;
  readonly sources: Pick<ElasticsearchSources, "commit">;
}

/** What is derived from events, by several workers at once; see "Derived" in the README beside this. */
export function createProjection(parts: ProjectionParts): Projection & { readonly shared: SharedProjection } {
  const { cluster, now, units, aliasLists, crosswalk, keys, journeys: rows, sources } = parts;
  const progress = createProgress(cluster);
  const expiry = createDerivedExpiry(parts);
  const forgotten = createForgotten(cluster);

  /** Day of the newest arrival: what is learned is kept as long as that. */
  const dayOf = (written: readonly Unit[]): number =>
    keptDayOf(written.reduce((newest, unit) => Math.max(newest, unit.newestIngestedAt), 0) || now());
  /** Whatever is there; of two who do so at once, one after the other. */
  const replaceRows = async (change: RowChange): Promise<void> => {
    let left = change;
    for (let attempt = 1; left.journeys.length + left.removed.length > 0; attempt += 1) {
      if (attempt > mostAttempts) throw new StorageError("conflict", "Others write the same journeys all the time.");
      const { conflicts } = await rows.writeRows(left, await rows.readRows([...left.journeys, ...left.removed]));
      const lost = new Set(conflicts.map(nameOf));
      left = {
        journeys: left.journeys.filter((row) => lost.has(nameOf(row))),
        removed: left.removed.filter((id) => lost.has(nameOf(id))),
      };
    }
  };
  /** What others forgot must not be taken for known. */
  const follow = async (): Promise<void> => {
    if (!(await forgotten.hasChanged())) return;
    crosswalk.clear();
    keys.clear();
  };

  const shared: SharedProjection = {
    async learn({ units: changes, links, keys: carried, again }) {
      const day = dayOf(changes.map(({ unit }) => unit));
      if (links.length > 0 || carried.length > 0) await follow();
      const [conflicts, learned] = await Promise.all([
        units.write(changes),
        crosswalk.learn(links, day, again),
        keys.learn(carried, day),
      ]);
      return { conflicts, ...learned };
    },
    async beginJudging(ids) {
      return toJudging(await rows.readRows(ids));
    },
    async writeRows(journeys, removed, judging) {
      return await rows.writeRows({ journeys, removed }, readingIn(judging));
    },
    findWithAliasUnits: (flows) => aliasLists.findFlows(flows),
    seeEvents: () => cluster.refresh(cluster.aliasOf(eventSchema)),
    listProgress: () => progress.list(),
  };

  return {
    shared,
    position: () => progress.newest(),
    async commit({ units: written, links, keys: carried, journeys, removed, sources: totals, reporters, position }) {
      if (links.length > 0 || carried.length > 0) await follow();
      const day = dayOf(written);
      await Promise.all([units.replace(written), crosswalk.learn(links, day, false), keys.learn(carried, day)]);
      await replaceRows({ journeys, removed });
      if (totals.length + reporters.length > 0) await sources.commit(totals, reporters);
      if (position !== null) await progress.advance(position);
    },
    async flush() {
      // Everything committed is in the cluster.
    },
    async forget({ units: gone, journeys, keys: uncarried }) {
      await replaceRows({ journeys: [], removed: journeys });
      await units.remove(gone);
      await crosswalk.forget(uncarried);
      await keys.forget(uncarried);
      await forgotten.note();
    },
    expire: (before) => expiry.next(before),
  };
}

/** Opaque outside: made and read here only. */
const toJudging = (reading: RowReading): Judging => reading as unknown as Judging;
const readingIn = (judging: Judging): RowReading => judging as unknown as RowReading;

const nameOf = ({ flow, primary }: JourneyId): string => `${flow}\u0000${primary}`;
