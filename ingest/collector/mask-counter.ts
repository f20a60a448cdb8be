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

/** What was masked by which rule since `since`, for whoever wants to know whether a rule takes too much. */
export function createMaskCounter(since: number): MaskCounter {
  const known = new Map<string, { -readonly [Name in keyof MaskCount]: MaskCount[Name] }>();
  let others = 0;
  return {
    note(masks, policy) {
      const ruleOf = fieldRulesOf(policy);
      for (const pointer in masks) {
        const names = fromPointer(pointer).filter((name) => !/^\d+$/.test(name));
        const named = names.findLast((name) => ruleOf(name).rule !== null);
        const field = (named ?? names.at(-1) ?? "").slice(0, maxNameLength);
        const rule = masks[pointer]?.rule ?? "";
        const key = `${rule}\u0000${field}\u0000${named === undefined ? 0 : 1}`;
        const count = known.get(key);
        if (count !== undefined) count.count += 1;
        else if (known.size < maxFields) known.set(key, { rule, field, byName: named !== undefined, count: 1 });
        else others += 1;
      }
    },
    counts: () => ({ since, counts: [...known.values()].map((count) => ({ ...count })), others }),
  };
}
