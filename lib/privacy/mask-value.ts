import type { MaskFact } from "#lib/event/hop-event.ts";
import { toFormats } from "#lib/contract/known-formats.ts";
import { emptyRecord } from "#lib/event/json-object.ts";
import { toPointer } from "#lib/event/json-pointer.ts";
import { detect, type Detection } from "#lib/privacy/detect.ts";
import { createFieldRules, type FieldRule } from "#lib/privacy/field-rules.ts";
import type { MaskingPolicy, MaskRule } from "#lib/privacy/masking-policy.ts";
import { showMasked } from "#lib/privacy/show-masked.ts";

export interface MaskOptions {
  /** Values of primary and alias keys: a text equal to one is left as it is. */
  readonly neverMask: ReadonlySet<string>;
  /** Values of searchable keys: a text equal to one is masked whatever its field is called. */
  readonly alwaysMask?: ReadonlyMap<string, MaskRule>;
  /** Keyed hash, so that equal values stay comparable and none can be guessed back. */
  readonly hash: (text: string) => string;
}

/** Masks JSON values and notes each masked place with its facts. */
export interface ValueMasker {
  /** The value with what is personal masked; itself where nothing is. `at` is where it stands, its last name rules it. */
  mask(value: unknown, at: string): unknown;
  /** By JSON pointer; null where nothing was masked. */
  masks(): Readonly<Record<string, MaskFact>> | null;
}

const unnamed: FieldRule = { rule: null, detect: true };

const fieldRules = new WeakMap<MaskingPolicy, (name: string) => FieldRule>();

/** What names mean under a policy is worked out once a policy, not once an event. */
export const fieldRulesOf = (policy: MaskingPolicy): ((name: string) => FieldRule) => {
  const known = fieldRules.get(policy);
  if (known !== undefined) return known;
  const rules = createFieldRules(policy);
  fieldRules.set(policy, rules);
  return rules;
};

const countCharacters = (text: string): number => {
  let count = text.length;
  for (let at = 0; at + 1 < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    if (code >= 0xd800 && code <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) {
      count -= 1;
      at += 1;
    }
  }
  return count;
};

/** The text with each detection replaced by what may be shown of it. */
export const replaceDetections = (text: string, found: readonly Detection[]): string => {
  let masked = "";
  let end = 0;
  for (const one of found) {
    masked += text.slice(end, one.start) + showMasked(text.slice(one.start, one.end), one.rule);
    end = one.end;
  }
  return masked + text.slice(end);
};

export const createValueMasker = (policy: MaskingPolicy, options: MaskOptions): ValueMasker => {
  const ruleOf = fieldRulesOf(policy);
  const { neverMask, alwaysMask } = options;
  const path: (string | number)[] = [];
  let masks: Record<string, MaskFact> | null = null;

  const note = (text: string, rule: string, type: MaskFact["type"]): void => {
    masks ??= emptyRecord<MaskFact>();
    masks[toPointer(path)] = {
      rule,
      ...(type === undefined ? undefined : { type }),
      blank: false,
      length: countCharacters(text),
      formats: toFormats(text),
      hash: options.hash(`masked\0${text}`),
    };
  };

  const maskText = (text: string, field: FieldRule, type: MaskFact["type"]): string => {
    const rule = alwaysMask?.get(text) ?? field.rule;
    if (rule === null) {
      if (!field.detect) return text;
      const found = detect(text, policy.detectors);
      if (found.length === 0 || neverMask.has(text.trim())) return text;
      const counted = found.filter((one) => !neverMask.has(text.slice(one.start, one.end)));
      if (counted.length === 0) return text;
      note(text, [...new Set(counted.map((one) => one.rule))].join("+"), type);
      return replaceDetections(text, counted);
    }
    const trimmed = text.trim();
    if (trimmed === "" || neverMask.has(trimmed)) return text;
    note(text, rule, type);
    return showMasked(text, rule);
  };

  const walk = (value: unknown, field: FieldRule): unknown => {
    if (typeof value === "string") return maskText(value, field, undefined);
    if (typeof value === "number") {
      if (field.rule === null && !(Number.isInteger(value) && value >= 1e10) && alwaysMask === undefined) return value;
      const text = String(value);
      const masked = maskText(text, field, Number.isInteger(value) ? "integer" : "number");
      return masked === text ? value : masked;
    }
    if (typeof value !== "object" || value === null) return value;
    return Array.isArray(value) ? walkItems(value, field) : walkMembers(value, field);
  };

  const walkItems = (items: readonly unknown[], field: FieldRule): readonly unknown[] => {
    let copy: unknown[] | null = null;
    for (let at = 0; at < items.length; at += 1) {
      path.push(at);
      const masked = walk(items[at], field);
      path.pop();
      if (masked !== items[at]) {
        copy ??= [...items];
        copy[at] = masked;
      }
    }
    return copy ?? items;
  };

  const walkMembers = (value: object, field: FieldRule): object => {
    let copy: Record<string, unknown> | null = null;
    // Names and values apart: pairs would be garbage by the hundred for every event.
    const names = Object.keys(value);
    const members: readonly unknown[] = Object.values(value);
    for (let at = 0; at < names.length; at += 1) {
      const name = names[at] ?? "";
      const member = members[at];
      const own = ruleOf(name);
      path.push(name);
      // What stands under a masked name is masked with it, unless its own name says how.
      const masked = walk(member, own.rule === null && field.rule !== null ? field : own);
      path.pop();
      if (masked !== member) {
        copy ??= { ...value };
        // Its own member by now: `__proto__` is one like any other.
        copy[name] = masked;
      }
    }
    return copy ?? value;
  };

  return {
    mask: (value, at) => {
      path.length = 0;
      path.push(...at.split("/").slice(1));
      return walk(value, unnamed);
    },
    masks: () => masks,
  };
};
