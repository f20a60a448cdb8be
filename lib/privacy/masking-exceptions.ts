import { isJsonObject } from "#lib/event/json-object.ts";
import { toFieldWords } from "#lib/privacy/field-rules.ts";
import { defaultMaskingPolicy, type MaskingPolicy } from "#lib/privacy/masking-policy.ts";

/** A field that an administrator has said is not masked for its name. */
export interface MaskingException {
  /** In words, as policies name fields: `contact_name`. */
  readonly field: string;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Where they are kept among the settings. */
export const maskingExceptionsSetting = "masking-exceptions";

const isException = (value: unknown): value is MaskingException =>
  isJsonObject(value) &&
  typeof value["field"] === "string" &&
  typeof value["by"] === "string" &&
  typeof value["at"] === "number";

export const readMaskingExceptions = (setting: unknown): readonly MaskingException[] =>
  Array.isArray(setting) ? setting.filter(isException) : [];

/** With one more; the same list where the field is in it already. */
export const addMaskingException = (
  exceptions: readonly MaskingException[],
  exception: MaskingException,
): readonly MaskingException[] => {
  const field = toFieldWords(exception.field);
  return exceptions.some((each) => each.field === field) ? exceptions : [...exceptions, { ...exception, field }];
};

/**
 * The policy with the exceptions: their names say nothing any more. Detectors look at such fields as at any other, and what was masked
 * stays masked. `policy`: null for the built-in one.
 */
export const withExceptions = (
  policy: MaskingPolicy | null,
  exceptions: readonly MaskingException[],
): MaskingPolicy | null => {
  if (exceptions.length === 0) return policy;
  const base = policy ?? defaultMaskingPolicy;
  const kept = Object.fromEntries(exceptions.map(({ field }) => [field, "keep" as const]));
  return { ...base, fields: { ...base.fields, ...kept } };
};
