import { isJsonObject } from "#lib/event/json-object.ts";
import type { Path } from "#lib/declaration/read-yaml.ts";

/** One named entry of a declaration file, and where it stands. */
export interface Entry {
  readonly name: string;
  readonly value: unknown;
  readonly path: Path;
}

/**
 * The entries of a file that maps names to things: `crm: { … }`. The same under one heading (`systems:` above them all) and,
 * where `nameMember` is given, as a list (`- source: crm`) says nothing else. Null where the file is none of these.
 */
export const readEntries = (value: unknown, heading: string, nameMember?: string): readonly Entry[] | null => {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return nameMember === undefined ? null : fromList(value, nameMember, []);
  if (!isJsonObject(value)) return null;
  const names = Object.keys(value);
  const inner = value[heading];
  if (names.length === 1 && names[0] === heading) {
    if (inner === null) return [];
    if (Array.isArray(inner)) return nameMember === undefined ? null : fromList(inner, nameMember, [heading]);
    if (isJsonObject(inner) && Object.values(inner).every((entry) => entry === null || isJsonObject(entry))) {
      return fromMap(inner, [heading]);
    }
  }
  return fromMap(value, []);
};

const fromMap = (map: Readonly<Record<string, unknown>>, prefix: Path): readonly Entry[] =>
  Object.entries(map).map(([name, value]) => ({ name, value: value ?? {}, path: [...prefix, name] }));

const fromList = (list: readonly unknown[], nameMember: string, prefix: Path): readonly Entry[] | null => {
  const entries = list.map((item, at): Entry | null => {
    const name = isJsonObject(item) ? item[nameMember] : undefined;
    if (!isJsonObject(item) || typeof name !== "string") return null;
    const value = Object.fromEntries(Object.entries(item).filter(([member]) => member !== nameMember));
    return { name, value, path: [...prefix, at] };
  });
  return entries.every((entry) => entry !== null) ? entries : null;
};
