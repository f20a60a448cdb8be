import type { ValidateFunction } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { asSchemaObject } from "#lib/contract/compile-schema.ts";
import { createAjv, dialectOf } from "#lib/contract/create-ajv.ts";
import { knownFormats, toFormatTest } from "#lib/contract/known-formats.ts";
import { compileLinearPattern, type LinearPattern } from "#lib/contract/linear-pattern.ts";
import { toCanonicalJson } from "#lib/event/canonical.ts";
import { holdsStandIn, type StandIns } from "#lib/contract/stand-in.ts";

/** What a schema asks of a masked value and the facts do not answer. */
export interface Doubt {
  readonly standIns: StandIns;
  /** The answer it gets instead. */
  readonly answer: boolean;
  /** Pointers of the values asked about. */
  readonly asked: Set<string>;
}

/** A schema that asks the facts about masked values; one run at a time. */
export interface KeptSchema {
  run(
    value: unknown,
    doubt: Doubt,
  ): { readonly valid: boolean; readonly errors: NonNullable<ValidateFunction["errors"]> };
}

const limits: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  minimum: (value, limit) => value >= limit,
  maximum: (value, limit) => value <= limit,
  exclusiveMinimum: (value, limit) => value > limit,
  exclusiveMaximum: (value, limit) => value < limit,
  multipleOf: (value, limit) => Math.abs(Math.round(value / limit) - value / limit) < 1e-9,
};

const isSame = (a: unknown, b: unknown): boolean => toCanonicalJson(a, 200) === toCanonicalJson(b, 200);

export const compileKeptSchema = (schema: unknown): KeptSchema => {
  let doubt: Doubt | null = null;
  /** What the schema learns of a value: the facts' answer where they have one, the doubt's where they don't; undefined for values that were never masked. */
  const ask = (
    value: unknown,
    known?: (fact: { readonly length: number; readonly formats: readonly string[] }) => boolean | null,
  ) => {
    const place = doubt?.standIns.find(value);
    if (doubt === null || place === undefined) return undefined;
    const decided = known?.(place.fact) ?? null;
    if (decided !== null) return decided;
    doubt.asked.add(place.pointer);
    return doubt.answer;
  };

  const pattern = Object.assign(
    (text: string): LinearPattern => {
      const compiled = compileLinearPattern(text);
      return { test: (value) => ask(value) ?? compiled.test(value), toString: () => compiled.toString() };
    },
    { code: "compileLinearPattern" },
  );
  const dialect = dialectOf(schema) ?? "2020-12";
  const ajv = createAjv(dialect, { code: { regExp: pattern }, verbose: true, meta: false, validateSchema: false });

  for (const name of Object.keys(fullFormats)) {
    const original = toFormatTest(name);
    // Formats of numbers are left alone: whether a masked number fits in 32 bits is asked nowhere.
    if (original === null) continue;
    const tried = knownFormats.some((known) => known === name);
    ajv.addFormat(name, {
      type: "string",
      validate: (value: string) =>
        ask(value, ({ formats }) => (tried ? formats.includes(name) : null)) ?? original(value),
    });
  }

  const isOneOf = (choices: readonly unknown[], value: unknown): boolean => {
    const place = doubt?.standIns.find(value);
    if (
      doubt === null ||
      (place === undefined && !(typeof value === "object" && holdsStandIn(value, doubt.standIns)))
    ) {
      return choices.some((choice) => choice === value || (typeof value === "object" && isSame(choice, value)));
    }
    const possible = choices.filter((choice) =>
      place === undefined
        ? typeof choice === "object"
        : place.fact.type === undefined
          ? typeof choice === "string" && [...choice].length === place.fact.length
          : typeof choice === "number",
    );
    if (possible.length === 0) return false;
    doubt.asked.add(place?.pointer ?? "");
    return doubt.answer;
  };
  ajv.removeKeyword("enum").addKeyword({ keyword: "enum", schemaType: "array", errors: false, validate: isOneOf });
  ajv.removeKeyword("const").addKeyword({
    keyword: "const",
    errors: false,
    validate: (only: unknown, value: unknown) => isOneOf([only], value),
  });
  for (const [keyword, test] of Object.entries(limits)) {
    ajv.removeKeyword(keyword).addKeyword({
      keyword,
      type: "number",
      schemaType: "number",
      errors: false,
      validate: (limit: number, value: number) => ask(value) ?? test(value, limit),
    });
  }

  const validate = ajv.compile(typeof schema === "boolean" ? schema : asSchemaObject(schema));
  return {
    run: (value, given) => {
      doubt = given;
      try {
        const valid = validate(value);
        return { valid, errors: validate.errors ?? [] };
      } finally {
        doubt = null;
      }
    },
  };
};
