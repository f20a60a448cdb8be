import type { HopEvent, KeyValues, MaskFact, SearchableValue } from "#lib/event/hop-event.ts";
import { emptyRecord } from "#lib/event/json-object.ts";
import type { KeyType } from "#lib/id/id.ts";
import type { Key } from "#lib/key/key.ts";
import type { MaskingPolicy, MaskRule } from "#lib/privacy/masking-policy.ts";
import { createValueMasker, fieldRulesOf } from "#lib/privacy/mask-value.ts";
import { showMasked } from "#lib/privacy/show-masked.ts";

export interface MaskEventOptions {
  /** Values of the event's primary and alias keys. */
  readonly neverMask: ReadonlySet<string>;
  /** Key types that are searchable in some flow and primary or alias in none. */
  readonly searchable?: ReadonlySet<KeyType>;
  readonly hash: (text: string) => string;
}

export interface MaskedEvent {
  readonly event: HopEvent;
  /** By JSON pointer into the event; absent where nothing was masked. */
  readonly masks?: Readonly<Record<string, MaskFact>>;
  readonly searchable?: Readonly<Record<KeyType, readonly SearchableValue[]>>;
}

/** What a searchable key is found by. `key.value` is normalised as keys are (toKeyValue). */
export const toSearchToken = (key: Key, hash: (text: string) => string): string =>
  hash(`searchable\0${key.type}\0${key.value}`);

/**
 * The event as it may be kept: personal data in attributes, payload, error message and unknown members masked, values of
 * searchable keys replaced by a token and what may be shown. What is masked is gone; judge contracts and take the id first.
 * The event given is not changed.
 */
export const maskEvent = (event: HopEvent, policy: MaskingPolicy, options: MaskEventOptions): MaskedEvent => {
  const keys = splitKeys(event.keys, policy, options);
  const searched = keys?.rules;
  if (!policy.enabled && keys === null) return { event };
  const masker = createValueMasker(policy, {
    neverMask: options.neverMask,
    hash: options.hash,
    ...(searched === undefined ? undefined : { alwaysMask: searched }),
  });
  const masked = policy.enabled ? maskParts(event, masker) : event;
  const masks = masker.masks();
  return {
    event: keys === null ? masked : { ...masked, keys: keys.kept },
    ...(masks === null ? undefined : { masks }),
    ...(keys === null ? undefined : { searchable: keys.searchable }),
  };
};

const maskParts = (event: HopEvent, masker: ReturnType<typeof createValueMasker>): HopEvent => {
  const attributes = asRecord(masker.mask(event.attributes, "/attributes"));
  const payload = masker.mask(event.payload, "/payload");
  const message = masker.mask(event.error?.message, "/error/message");
  const extra = asRecord(masker.mask(event.extra, "/extra"));
  const changedError = event.error !== undefined && typeof message === "string" && message !== event.error.message;
  if (attributes === event.attributes && payload === event.payload && extra === event.extra && !changedError)
    return event;
  return {
    ...event,
    ...(attributes === undefined ? undefined : { attributes }),
    ...(payload === undefined ? undefined : { payload }),
    ...(changedError ? { error: { ...event.error, message } } : undefined),
    ...(extra === undefined ? undefined : { extra }),
  };
};

/** Masking an object gives an object, and nothing gives nothing. */
const asRecord = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  value as Readonly<Record<string, unknown>> | undefined;

interface SplitKeys {
  readonly kept: KeyValues;
  readonly searchable: Readonly<Record<KeyType, readonly SearchableValue[]>>;
  /** How each searchable value is masked where it stands elsewhere in the event. */
  readonly rules: ReadonlyMap<string, MaskRule>;
}

/** Null where the event has no searchable keys. */
const splitKeys = (keys: KeyValues, policy: MaskingPolicy, options: MaskEventOptions): SplitKeys | null => {
  const types = options.searchable;
  if (types === undefined || types.size === 0) return null;
  const all = Object.entries(keys) as [KeyType, readonly string[]][];
  if (!all.some(([type]) => types.has(type))) return null;
  const kept = emptyRecord<readonly string[]>();
  const searchable = emptyRecord<readonly SearchableValue[]>();
  const rules = new Map<string, MaskRule>();
  const ruleOf = fieldRulesOf(policy);
  for (const [type, values] of all) {
    if (!types.has(type)) {
      kept[type] = values;
      continue;
    }
    const rule = ruleOf(type).rule ?? "other";
    searchable[type] = values.map((value) => {
      if (!options.neverMask.has(value)) rules.set(value, rule);
      return { token: toSearchToken({ type, value }, options.hash), shown: showMasked(value, rule) };
    });
  }
  return { kept: kept, searchable, rules };
};
