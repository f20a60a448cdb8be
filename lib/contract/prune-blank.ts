import type { SchemaPlace } from "#lib/contract/schema-place.ts";
import { emptyRecord, isJsonObject } from "#lib/event/json-object.ts";

/** Null, empty or white-space text: such a value counts as absent unless a schema allows it by name. */
export const isBlank = (value: unknown): value is string | null =>
  value === null || (typeof value === "string" && isBlankText(value));

const isBlankText = (text: string): boolean => {
  if (text.length === 0) return true;
  // Most texts begin with something to see; only the others are looked at whole.
  const first = text.charCodeAt(0);
  return (first <= 32 || first >= 127) && text.trim() === "";
};

/** Whether any member of any object in the value is blank. */
export const hasBlank = (value: unknown): boolean => {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === "object" && item !== null && hasBlank(item)) return true;
    return false;
  }
  for (const member of Object.values(value)) {
    if (
      typeof member === "string"
        ? isBlankText(member)
        : member === null || (typeof member === "object" && hasBlank(member))
    ) {
      return true;
    }
  }
  return false;
};

/**
 * The value without members that are blank and that the schema does not allow to be. `[]` and `{}` are values; items of a
 * list stay, whatever they are. The value itself is not changed.
 */
export const pruneBlank = (value: unknown, place: SchemaPlace | null): unknown => {
  if (!hasBlank(value)) return value;
  if (Array.isArray(value)) return value.map((item, index) => pruneBlank(item, place?.item(index) ?? null));
  if (!isJsonObject(value)) return value;
  const kept = emptyRecord<unknown>();
  for (const [name, member] of Object.entries(value)) {
    const at = place?.member(name) ?? null;
    if (!isBlank(member)) kept[name] = pruneBlank(member, at);
    else if (at !== null && at.allows(member)) kept[name] = member;
  }
  return kept;
};
