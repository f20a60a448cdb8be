import type { FlowId, KeyType } from "#lib/id/id.ts";
import { bundleType } from "#lib/crosswalk/links-of.ts";
import { type Key, type KeyId, toKeyId } from "#lib/key/key.ts";
import { journeyIdOf } from "#lib/storage/elasticsearch/journey-document.ts";
import type { KeySearch } from "#lib/storage/projection.ts";

/** What is asked of the keys to find journeys by a form. */
export interface KeyPaths extends Pick<KeySearch, "list"> {
  /** Types that units of the flow have their primary in. */
  primaryTypes(flow: FlowId): Promise<readonly KeyType[]>;
  /** Keys seen beside each key in one event, of any type, at most `limit` a key. Not every key need be in the answer. */
  besides(keys: readonly Key[], limit: number): Promise<ReadonlyMap<KeyId, readonly Key[]>>;
}

/** A form that more keys share than this is not narrowed down enough to list journeys by. */
const keysLimit = 1_000;
/** As far as events are spread over aliases (DESIGN 5). */
const linksLimit = 4;

/** Ids of journeys with a key that begins or ends with the form: the primary's own, or an alias that leads to it. */
export const findIdsByForm = async (
  paths: KeyPaths,
  form: string,
  flows: readonly FlowId[],
): Promise<readonly string[]> => {
  const keys = await paths.list(form, keysLimit);
  if (keys.length === 0) return [];
  const walk = new Walk(paths);
  const ids = await Promise.all(
    flows.map(async (flow) => {
      const types = new Set(await paths.primaryTypes(flow));
      if (types.size === 0) return [];
      const primaries = await walk.primariesOf(keys, types);
      return [...primaries].map((primary) => journeyIdOf(flow, primary));
    }),
  );
  return [...new Set(ids.flat())];
};

/** One key's way outwards, ring by ring. */
interface Way {
  readonly seen: Set<KeyId>;
  ring: readonly Key[];
}

/** All keys walk at once, so that each ring costs one question; flows share what is known. */
class Walk {
  readonly #paths: KeyPaths;
  readonly #known = new Map<KeyId, Promise<readonly Key[]>>();

  constructor(paths: KeyPaths) {
    this.#paths = paths;
  }

  /** Values of keys of these types, and those the others lead to, nearest first. */
  async primariesOf(keys: readonly Key[], types: ReadonlySet<KeyType>): Promise<ReadonlySet<string>> {
    const primaries = new Set(keys.filter(({ type }) => types.has(type)).map(({ value }) => value));
    let ways = keys
      .filter(({ type }) => !types.has(type))
      .map((key): Way => ({ seen: new Set([toKeyId(key)]), ring: [key] }));
    for (let link = 0; link < linksLimit && ways.length > 0; link += 1) {
      const beside = await this.#besides(ways.flatMap(({ ring }) => ring));
      ways = ways.filter((way) => {
        const next = way.ring.flatMap((key) => beside.get(toKeyId(key)) ?? []).slice(0, keysLimit);
        const reached = next.filter(({ type }) => types.has(type));
        for (const { value } of reached) primaries.add(value);
        way.ring = next.filter((key) => !way.seen.has(toKeyId(key)));
        for (const key of way.ring) way.seen.add(toKeyId(key));
        return reached.length === 0 && way.ring.length > 0;
      });
    }
    return primaries;
  }

  /** The stand-in for an event of many keys is stepped over. */
  async #besides(keys: readonly Key[]): Promise<ReadonlyMap<KeyId, readonly Key[]>> {
    const first = await this.#linkedTo(keys);
    const bundles = [...first.values()].flat().filter(({ type }) => type === bundleType);
    const through = await this.#linkedTo(bundles);
    return new Map(
      [...first].map(([id, others]) => [
        id,
        others.flatMap((key) => (key.type === bundleType ? (through.get(toKeyId(key)) ?? []) : [key])),
      ]),
    );
  }

  async #linkedTo(keys: readonly Key[]): Promise<ReadonlyMap<KeyId, readonly Key[]>> {
    const ids = new Map(keys.map((key) => [toKeyId(key), key]));
    const asked = [...ids].filter(([id]) => !this.#known.has(id));
    if (asked.length > 0) {
      const answer = this.#paths.besides(
        asked.map(([, key]) => key),
        keysLimit,
      );
      for (const [id] of asked) {
        this.#known.set(
          id,
          answer.then((found) => found.get(id) ?? []),
        );
      }
    }
    return new Map(
      await Promise.all([...ids.keys()].map(async (id) => [id, (await this.#known.get(id)) ?? []] as const)),
    );
  }
}
