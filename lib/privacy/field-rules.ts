import type { MaskingPolicy, MaskRule } from "#lib/privacy/masking-policy.ts";

/** What a field's name says of its values. */
export interface FieldRule {
  /** Null: the name says nothing. */
  readonly rule: MaskRule | null;
  /** Names ending `_no`, `_id` and `code` are numbers of things, never searched for personal data. */
  readonly detect: boolean;
}

/** `customerPhoneNo`, `Customer-Phone No`, `customer_phone_no` → `customer_phone_no`. */
export const toFieldWords = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "_")
    .replaceAll(/^_|_$/g, "");

/** A name may carry a number or a plural: `phone2`, `phones`, `email_1`. */
const variantsOf = (words: string): readonly string[] => {
  const bare = words.replace(/_?\d+$/, "");
  const singular = bare.replace(/(?<=.{3})s$/, "").replace(/addresse$/, "address");
  return [...new Set([words, bare, singular])];
};

const readName = (name: string, fields: MaskingPolicy["fields"]): FieldRule => {
  const words = toFieldWords(name);
  const detect = !/(?:^|_)(?:no|id)s?$|codes?$/.test(words);
  for (const variant of variantsOf(words)) {
    // From the whole name to its last word: the longest known ending comes first.
    for (let rest = variant; ; rest = rest.slice(rest.indexOf("_") + 1)) {
      const rule = Object.hasOwn(fields, rest) ? fields[rest] : undefined;
      if (rule === "keep") return { rule: null, detect };
      if (rule !== undefined) return { rule, detect };
      if (!rest.includes("_")) break;
    }
  }
  return { rule: null, detect };
};

/** Names come from outside: this many are remembered, longer ones never. */
const maxRemembered = 20_000;
const maxNameLength = 64;

/** Looks names up; remembers the answers, because payloads repeat their names and splitting one into words costs. */
export const createFieldRules = (policy: MaskingPolicy): ((name: string) => FieldRule) => {
  const known = new Map<string, FieldRule>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const rule = readName(name.slice(-256), policy.fields);
    if (name.length <= maxNameLength) {
      if (known.size >= maxRemembered) known.clear();
      known.set(name, rule);
    }
    return rule;
  };
};
