import type { Key } from "#lib/key/key.ts";
import { toKeyId } from "#lib/key/key.ts";
import { isLongEnough, toReversedForm } from "#lib/key/search-form.ts";
import type { Cluster, SearchQuery } from "#lib/storage/elasticsearch/cluster.ts";
import { type KeyDocument, keyIn, keySchema } from "#lib/storage/elasticsearch/key-document.ts";
import { toTerm } from "#lib/storage/elasticsearch/search-term.ts";
import type { KeySearch } from "#lib/storage/projection.ts";

/** Of a beginning that very many keys share, so many are looked at before the first by value are taken. */
const candidates = 1_000;

const compareTexts = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
const compareKeys = (a: Key, b: Key): number => compareTexts(a.value, b.value) || compareTexts(a.type, b.type);

/** Keys by the forgiving form of their beginning or end: terms that begin with it, or with it read backwards. */
export function createKeySearch(cluster: Cluster): KeySearch {
  const index = cluster.aliasOf(keySchema);
  const search = async (query: SearchQuery, by: "form" | "reversed", limit: number): Promise<readonly Key[]> => {
    const { hits } = await cluster.search<Pick<KeyDocument, "kept">>(index, {
      query,
      size: Math.min(limit, candidates),
      sort: [{ [by]: "asc" }, { value: "asc" }, { type: "asc" }],
      track_total_hits: false,
      _source: ["kept"],
    });
    return hits.hits.flatMap(({ _source }) => (_source === undefined ? [] : keyIn(_source)));
  };
  const beginning = async (by: "form" | "reversed", form: string): Promise<readonly Key[]> =>
    (await search({ prefix: { [by]: { value: toTerm(form) } } }, by, candidates)).toSorted(compareKeys);
  return {
    async list(form, limit) {
      if (form === "" || limit < 1) return [];
      const exact = (await search({ term: { form: toTerm(form) } }, "form", candidates)).slice(0, limit);
      if (exact.length >= limit || !isLongEnough(form)) return exact;
      const found = new Map(exact.map((key) => [toKeyId(key), key]));
      const [begins, ends] = await Promise.all([beginning("form", form), beginning("reversed", toReversedForm(form))]);
      for (const key of [...begins, ...ends]) {
        if (found.size >= limit) break;
        found.set(toKeyId(key), key);
      }
      return [...found.values()];
    },
  };
}
