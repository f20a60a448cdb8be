import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import type { IndexSchema } from "#lib/storage/elasticsearch/index-schema.ts";

export const dayMs = 86_400_000;

/** Start of the day (UTC), epoch ms. */
export const dayOf = (at: number): number => Math.floor(at / dayMs) * dayMs;

export interface DailyIndex {
  readonly name: string;
  /** Its start, epoch ms. */
  readonly day: number;
}

/** The indices behind the alias of a daily schema. */
export interface DailyIndices {
  /** Oldest first. May lack what another process made within the last second. */
  list(): Promise<readonly DailyIndex[]>;
  /** One that this process has just written to. */
  note(name: string): void;
  /** Lets an index go for good; resolves to how many documents went with it. */
  remove(index: DailyIndex): Promise<number>;
}

const rememberedMs = 1_000;

export function createDailyIndices(cluster: Cluster, schema: IndexSchema): DailyIndices {
  const alias = cluster.aliasOf(schema);
  let known = new Map<string, DailyIndex>();
  let knownUntil = 0;
  return {
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
    note(name) {
      if (!known.has(name)) known.set(name, { name, day: dayIn(name) });
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
