import type { KeyType } from "#lib/id/id.ts";
import { toKeyId, type Key } from "#lib/key/key.ts";
import { toSearchForm } from "#lib/key/search-form.ts";
import { keyTypesOf, searchableTypesOf, type KnownFlow } from "#lib/read/known-flows.ts";
import type { KeySearch } from "#lib/storage/projection.ts";

/** More keys of one forgiving form than this, and every type is tried instead of those known. */
const maxForms = 200;

/** Keys with exactly this value, of whatever type is known of it. */
export async function keysOfAnyType(
  value: string,
  flows: readonly KnownFlow[],
  keySearch: KeySearch,
): Promise<readonly Key[]> {
  const known = await keySearch.list(toSearchForm(value), maxForms);
  const keys = known.filter((key) => key.value === value);
  const types = known.length < maxForms ? [] : flows.flatMap(keyTypesOf);
  const all = new Map([...keys, ...types.map((type) => ({ type, value }))].map((key) => [toKeyId(key), key]));
  return [...all.values()];
}

/** Types whose values are kept as tokens: searchable in one of the flows, and primary or alias in none. */
export function searchableTypes(flows: readonly KnownFlow[]): readonly KeyType[] {
  const linking = new Set(flows.flatMap(keyTypesOf));
  return [...new Set(flows.flatMap(searchableTypesOf))].filter((type) => !linking.has(type));
}
