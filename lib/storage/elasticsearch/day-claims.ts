import type { Entry } from "#lib/storage/elasticsearch/accept-batch.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { type DailyIndices, dayMs } from "#lib/storage/elasticsearch/daily-indices.ts";
import { type IndexSchema, kept } from "#lib/storage/elasticsearch/index-schema.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** Which index an event of these minutes goes to; by the midnight concerned. */
export const claimSchema: IndexSchema = { name: "event-claim", version: 1, span: "day", properties: { index: kept } };

interface Claim {
  readonly index: string;
}

interface DayClaims {
  /** Where these go to, by id; empty while it is not about midnight. */
  place(entries: readonly Entry[]): Promise<ReadonlyMap<string, string>>;
}

/** Before and after midnight; clocks of workers differ by less. */
const claimMs = 10 * 60_000;

/**
 * About midnight (UTC) two workers may put the same event into the indices of two days, where neither `create` would meet the other. So in
 * these minutes each event is claimed first, in one place: whoever comes second writes to where the first said it would, and meets it there.
 */
export function createDayClaims({
  cluster,
  days,
  now,
}: {
  readonly cluster: Cluster;
  readonly days: DailyIndices;
  readonly now: () => number;
}): DayClaims {
  return {
    async place(entries) {
      const placed = new Map<string, string>();
      const midnight = Math.round(now() / dayMs) * dayMs;
      if (Math.abs(now() - midnight) > claimMs) return placed;
      const sides = new Set([days.indexAt(midnight - dayMs), days.indexAt(midnight)]);
      const wanted = entries
        .map(({ id, item }) => ({ id, index: days.indexAt(item.event.ingestedAt) }))
        .filter(({ index }) => sides.has(index));
      const claims = cluster.indexOf(claimSchema, midnight);
      const outcomes = await cluster.write(
        wanted.map(({ id, index }) => ({ kind: "create", index: claims, id, source: { index } satisfies Claim })),
      );
      const taken: string[] = [];
      for (const [at, { id, index }] of wanted.entries()) {
        const outcome = outcomes[at];
        if (outcome?.status === "refused")
          throw new StorageError("unavailable", `claim: ${outcome.refusal.type}, ${outcome.refusal.reason}`);
        if (outcome?.status === "done") placed.set(id, index);
        else taken.push(id);
      }
      for (const [id, { source }] of await cluster.getMany<Claim>(claims, taken)) placed.set(id, source.index);
      return placed;
    },
  };
}
