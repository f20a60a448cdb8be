import type { ErrorObject } from "ajv";
import { checkPayload, toJudged } from "#lib/contract/check-payload.ts";
import type { CheckResult } from "#lib/contract/check-result.ts";
import { compileKeptSchema, type KeptSchema } from "#lib/contract/compile-kept-schema.ts";
import { compileSchema, type CompiledSchema } from "#lib/contract/compile-schema.ts";
import { toFieldName } from "#lib/contract/field-name.ts";
import { putStandIns } from "#lib/contract/stand-in.ts";
import { toFindings } from "#lib/contract/to-findings.ts";
import { walkSchema } from "#lib/contract/walk-schema.ts";
import type { MaskFact } from "#lib/event/hop-event.ts";
import { fromPointer } from "#lib/event/json-pointer.ts";
import type { SchemaRef } from "#lib/flow/flow-version.ts";

interface Compiled {
  readonly plain: CompiledSchema;
  /** Made when a masked value first asks for it. */
  kept: KeptSchema | null;
  /** Whether one more "yes" inside can turn the whole into "no" (`not`, `oneOf`, `if`…). */
  readonly mayTurn: boolean;
}

const turning = ["not", "oneOf", "if", "maxContains", "unevaluatedProperties", "unevaluatedItems"];

/** By content hash, because flow versions are read from the store again and again; those not used for longest go first. */
const compiledByHash = new Map<string, Compiled>();
const maxCompiled = 500;

const compile = (ref: SchemaRef): Compiled => {
  const known = compiledByHash.get(ref.hash);
  if (known !== undefined) {
    compiledByHash.delete(ref.hash);
    compiledByHash.set(ref.hash, known);
    return known;
  }
  let mayTurn = false;
  walkSchema(ref.schema, (schema) => {
    if (turning.some((keyword) => Object.hasOwn(schema, keyword))) mayTurn = true;
  });
  const compiled: Compiled = { plain: compileSchema(ref.schema), kept: null, mayTurn };
  for (const oldest of compiledByHash.keys()) {
    if (compiledByHash.size < maxCompiled) break;
    compiledByHash.delete(oldest);
  }
  compiledByHash.set(ref.hash, compiled);
  return compiled;
};

/**
 * Judges a value as it is kept, masked, by a schema that was not known when it came. `base` is the pointer of `value` in the
 * event, as in the keys of `masks` (`/payload`, or `""` for `{ attributes, payload }`). Presence, blankness, length, equality and
 * known formats of masked values still decide; where more is asked of one, the answer is `unknown` and names the fields.
 */
export const checkKept = (
  ref: SchemaRef,
  value: unknown,
  masks: Readonly<Record<string, MaskFact>> | undefined,
  base: string,
): CheckResult => {
  const compiled = compile(ref);
  const { plain, mayTurn } = compiled;
  const inside = Object.keys(masks ?? {}).some((pointer) => pointer === base || pointer.startsWith(`${base}/`));
  if (masks === undefined || !inside) return checkPayload(plain, value);

  const kept = (compiled.kept ??= compileKeptSchema(ref.schema));
  const standIns = putStandIns(value, masks, base);
  const judged = toJudged(plain, standIns.value);
  const asked = new Set<string>();
  const atBest = kept.run(judged, { standIns, answer: true, asked });
  const atWorst = kept.run(judged, { standIns, answer: false, asked });
  const breached = (errors: readonly ErrorObject[]): CheckResult => ({
    result: "breached",
    findings: toFindings(errors, judged, plain.root),
  });
  if (asked.size === 0) return atBest.valid ? { result: "ok" } : breached(atBest.errors);
  if (mayTurn) {
    // What the schema wants without ifs and buts is wanted whatever the doubts come to.
    const certain = atBest.errors.filter(isUnconditional);
    if (certain.length > 0) return breached(certain);
  } else {
    if (!atBest.valid) return breached(atBest.errors);
    if (atWorst.valid) return { result: "ok" };
  }
  return { result: "unknown", fields: [...asked].map((pointer) => toField(pointer, base, value)).toSorted() };
};

const unconditional =
  /^#(?:\/(?:properties\/[^/]+|patternProperties\/[^/]+|additionalProperties|allOf\/\d+|items|prefixItems\/\d+))*\/([^/]+)$/;

const isUnconditional = (error: ErrorObject): boolean => {
  const keyword = unconditional.exec(error.schemaPath)?.[1];
  return keyword !== undefined && keyword !== "anyOf" && keyword !== "contains" && !turning.includes(keyword);
};

const toField = (pointer: string, base: string, value: unknown): string => {
  let at = value;
  const steps = fromPointer(pointer.slice(base.length)).map((name) => {
    const step = Array.isArray(at) ? Number(name) : name;
    at = typeof at === "object" && at !== null ? (at as Readonly<Record<string, unknown>>)[name] : undefined;
    return step;
  });
  return toFieldName(steps);
};
