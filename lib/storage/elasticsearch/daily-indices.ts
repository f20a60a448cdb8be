import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import type { IndexSchema } from "#lib/storage/elasticsearch/index-schema.ts";

export const dayMs = 86_400_000;

/** Start of the day (UTC), epoch ms. */
const dayOf = (at: number): number => Math.floor(at / dayMs) * dayMs;

export interface DailyIndex {
  readonly name: string;
  /** Its start, epoch ms. */
  readonly day: number;
}

/** The indices behind the alias of a daily schema. */
export interface DailyIndices {
  /** Name of the index of the day of `at`, epoch ms, there or not. */
  indexAt(at: number): string;
  /** Oldest first. May lack what another process made within the last second. */
  list(): Promise<readonly DailyIndex[]>;
  /** Those that this process has just written to. */
  note(names: Iterable<string>): readonly DailyIndex[];
  /** Lets an index go for good; resolves to how many documents went with it. */
  remove(index: DailyIndex): Promise<number>;
}

const rememberedMs = 1_000;

export function createDailyIndices(cluster: Cluster, schema: IndexSchema): DailyIndices {
  const alias = cluster.aliasOf(schema);
  let known = new Map<string, DailyIndex>();
  let knownUntil = 0;
  /** Asked for every event, and nearly always for the same day. */
  let last: DailyIndex = { name: "", day: Number.NaN };
  return {
    indexAt(at) {
      const day = dayOf(at);
      if (day !== last.day) last = { name: cluster.indexOf(schema, day), day };
      return last.name;
    },
    async list() {
      if (performance.now() >= knownUntil) {
        const found = await cluster.call(`list the indices of ${alias}`, (client) =>
          client.indices.getAlias({ index: `${alias}-v*`, allow_no_indices: true, ignore_unavailable: true }),
        );
        known = new Map(
          Object.keys(found)
            .map((name) => ({ name, day: dayIn(name) }))
            .filter(({ day }) => !Number.isNaN(day))
            .map((index) => [index.name, index]),
        );
        knownUntil = performance.now() + rememberedMs;
      }
      return [...known.values()].toSorted((a, b) => a.day - b.day || (a.name < b.name ? -1 : 1));
    },
    note(names) {
      const written = [...names].map((name) => ({ name, day: dayIn(name) }));
      for (const index of written) known.set(index.name, index);
      return written;
    },
    async remove({ name }) {
      const { hits } = await cluster.search(name, { size: 0, track_total_hits: true });
      await cluster.call(`delete ${name}`, (client) =>
        client.indices.delete({ index: name, ignore_unavailable: true }),
      );
      known.delete(name);
      return typeof hits.total === "number" ? hits.total : (hits.total?.value ?? 0);
    },
  };
}

/** Start of the day that stands at the end of the name; NaN where none stands there. */
const dayIn = (name: string): number => {
  const [, year, month, day] = /-(\d{4})\.(\d{2})\.(\d{2})$/u.exec(name) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day));
};
