import type { KeyValues } from "#lib/event/hop-event.ts";
import type { RejectReason } from "#lib/event/reject-reason.ts";
import { emptyRecord, isJsonObject } from "#lib/event/json-object.ts";
import { toPointer } from "#lib/event/json-pointer.ts";
import { toNumberText } from "#lib/event/number-text.ts";
import { isKeyShortEnough, keyTypePattern, maxKeyValues, toKeyValue } from "#lib/key/key-value.ts";

export interface BadKeys {
  readonly reason: RejectReason;
  readonly path: string;
}

/** The keys of an event by type, each value once, blank ones left out; or why they can't be taken. */
export const parseKeys = (raw: unknown): { readonly keys: KeyValues } | BadKeys => {
  if (raw === undefined || raw === null) return { reason: "missing_keys", path: "/keys" };
  if (!isJsonObject(raw)) return { reason: "invalid_type", path: "/keys" };
  const keys = emptyRecord<readonly string[]>();
  let found = false;
  for (const type of Object.keys(raw)) {
    if (!keyTypePattern.test(type)) return { reason: "invalid_type", path: toPointer(["keys", type]) };
    const value = raw[type];
    const values: string[] = [];
    if (Array.isArray(value)) {
      if (value.length > maxKeyValues) return { reason: "too_large", path: toPointer(["keys", type]) };
      const seen = new Set<string>();
      for (let at = 0; at < value.length; at += 1) {
        const text = toText(value[at]);
        if (typeof text !== "string") return { reason: text.reason, path: toPointer(["keys", type, String(at)]) };
        if (text !== "" && !seen.has(text)) {
          seen.add(text);
          values.push(text);
        }
      }
    } else {
      const text = toText(value);
      if (typeof text !== "string") return { reason: text.reason, path: toPointer(["keys", type]) };
      if (text !== "") values.push(text);
    }
    if (values.length > 0) {
      keys[type] = values;
      found = true;
    }
  }
  return found ? { keys: keys } : { reason: "missing_keys", path: "/keys" };
};

const wrongType = { reason: "invalid_type" } as const;
const tooLong = { reason: "key_too_long" } as const;

/** Empty for a value that counts as absent. */
const toText = (value: unknown): string | typeof wrongType | typeof tooLong => {
  if (value === null) return "";
  if (typeof value !== "string" && typeof value !== "number") return wrongType;
  const text = typeof value === "string" ? toKeyValue(value) : toNumberText(String(value));
  return isKeyShortEnough(text) ? text : tooLong;
};
