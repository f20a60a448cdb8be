import type { MaskFact } from "#lib/event/hop-event.ts";
import { fromPointer } from "#lib/event/json-pointer.ts";
import type { MaskCount, MaskCounts } from "#lib/privacy/mask-count.ts";
import { fieldRulesOf } from "#lib/privacy/mask-value.ts";
import type { MaskingPolicy } from "#lib/privacy/masking-policy.ts";

/** Names come from outside: so many fields are told apart, the rest is counted together. */
const maxFields = 2_000;
const maxNameLength = 64;

export interface MaskCounter {
  note(masks: Readonly<Record<string, MaskFact>>, policy: MaskingPolicy): void;
  counts(): MaskCounts;
}

/** Events repeat their places: of so many is remembered what they count as. */
const maxPlaces = 5_000;

type Count = { -readonly [Name in keyof MaskCount]: MaskCount[Name] };

/** What was masked by which rule since `since`, for whoever wants to know whether a rule takes too much. */
export function createMaskCounter(since: number): MaskCounter {
  const known = new Map<string, Count>();
  let others = 0;
  /** By rule and pointer, under `policyOfPlaces`. */
  const places = new Map<string, Map<string, Count>>();
  let placesTotal = 0;
  let policyOfPlaces: MaskingPolicy | null = null;

  /** Null where no more fields are told apart. */
  const countOf = (pointer: string, rule: string, policy: MaskingPolicy): Count | null => {
    const ruleOf = fieldRulesOf(policy);
    const names = fromPointer(pointer).filter((name) => !/^\d+$/.test(name));
    const named = names.findLast((name) => ruleOf(name).rule !== null);
    const field = (named ?? names.at(-1) ?? "").slice(0, maxNameLength);
    const key = `${rule}\u0000${field}\u0000${named === undefined ? 0 : 1}`;
    const found = known.get(key);
    if (found !== undefined || known.size >= maxFields) return found ?? null;
    const count: Count = { rule, field, byName: named !== undefined, count: 0 };
    known.set(key, count);
    return count;
  };

  const remember = (pointer: string, rule: string, count: Count): void => {
    if (placesTotal >= maxPlaces) {
      places.clear();
      placesTotal = 0;
    }
    const ofRule = places.get(rule) ?? new Map<string, Count>();
    places.set(rule, ofRule.set(pointer, count));
    placesTotal += 1;
  };

  return {
    note(masks, policy) {
      if (policy !== policyOfPlaces) places.clear();
      if (places.size === 0) placesTotal = 0;
      policyOfPlaces = policy;
      for (const pointer in masks) {
        const rule = masks[pointer]?.rule ?? "";
        let count = places.get(rule)?.get(pointer);
        if (count === undefined) {
          const found = countOf(pointer, rule, policy);
          if (found === null) {
            others += 1;
            continue;
          }
          count = found;
          remember(pointer, rule, count);
        }
        count.count += 1;
      }
    },
    counts: () => ({ since, counts: [...known.values()].map((count) => ({ ...count })), others }),
  };
}
