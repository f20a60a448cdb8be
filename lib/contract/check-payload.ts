import type { CheckResult } from "#lib/contract/check-result.ts";
import type { CompiledSchema } from "#lib/contract/compile-schema.ts";
import { hasBlank, isBlank, pruneBlank } from "#lib/contract/prune-blank.ts";
import { toFindings } from "#lib/contract/to-findings.ts";

const ok: CheckResult = { result: "ok" };

/** Judges a value as it came, before masking. Blank members count as absent first; so a blank required field is missing. */
export const checkPayload = (compiled: CompiledSchema, value: unknown): CheckResult => {
  const judged = toJudged(compiled, value);
  if (compiled.validate(judged) || compiled.validate.errors === null || compiled.validate.errors === undefined)
    return ok;
  return { result: "breached", findings: toFindings(compiled.validate.errors, judged, compiled.root) };
};

/** What is left to judge once blank members are gone. A payload that is blank as a whole has no fields at all. */
export const toJudged = (compiled: Pick<CompiledSchema, "root">, value: unknown): unknown => {
  if (value === undefined || isBlank(value)) return value !== undefined && compiled.root.allows(value) ? value : {};
  return hasBlank(value) ? pruneBlank(value, compiled.root) : value;
};
