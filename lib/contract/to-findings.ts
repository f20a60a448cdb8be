import type { ErrorObject } from "ajv";
import type { Finding } from "#lib/contract/check-result.ts";
import { toFieldName } from "#lib/contract/field-name.ts";
import type { SchemaPlace } from "#lib/contract/schema-place.ts";
import { isJsonObject } from "#lib/event/json-object.ts";
import { fromPointer } from "#lib/event/json-pointer.ts";

/** Evidence is for people: beyond this many nobody reads on. */
const maxFindings = 100;
const maxExpectedLength = 200;

/** Keywords whose error is about one member: the parameter that names it. */
const memberParameter: Readonly<Record<string, string>> = {
  required: "missingProperty",
  dependentRequired: "missingProperty",
  dependencies: "missingProperty",
  additionalProperties: "additionalProperty",
  unevaluatedProperties: "unevaluatedProperty",
  propertyNames: "propertyName",
};

const missing: ReadonlySet<string> = new Set(["required", "dependentRequired", "dependencies"]);
const combining: ReadonlySet<string> = new Set(["anyOf", "oneOf"]);

interface Ranked {
  readonly finding: Finding;
  readonly ranks: readonly number[];
}

/**
 * What Ajv has against a value as findings in verdict order: missing fields before bad ones, each in the order of the
 * schema, outer before inner. `value` is what was validated: it tells list items from members.
 */
export const toFindings = (errors: readonly ErrorObject[], value: unknown, root: SchemaPlace): readonly Finding[] => {
  const ranked = withoutOtherBranches(errors).map((error) => rank(error, value, root));
  ranked.sort(compare);
  const byField = new Map<string, Finding>();
  for (const { finding } of ranked) {
    if (!byField.has(finding.field)) byField.set(finding.field, finding);
    if (byField.size === maxFindings) break;
  }
  return [...byField.values()];
};

/**
 * Where no branch of an `anyOf` or `oneOf` fitted, Ajv tells what each had against the value. Keeps the branch with the
 * least to say, and no "is not of type null" beside something better. `if` itself says nothing its branch does not.
 */
const withoutOtherBranches = (errors: readonly ErrorObject[]): readonly ErrorObject[] => {
  let kept = errors.filter((error) => error.keyword !== "if");
  for (const whole of errors.filter((error) => combining.has(error.keyword))) {
    const branches = new Map<string, ErrorObject[]>();
    for (const error of kept) {
      if (!error.schemaPath.startsWith(`${whole.schemaPath}/`)) continue;
      const branch = error.schemaPath.slice(whole.schemaPath.length + 1).split("/", 1)[0] ?? "";
      branches.set(branch, [...(branches.get(branch) ?? []), error]);
    }
    const isPlainType = (error: ErrorObject): boolean =>
      error.keyword === "type" && error.instancePath === whole.instancePath;
    const cost = (branch: readonly ErrorObject[]): number => branch.length + (branch.some(isPlainType) ? 1000 : 0);
    const others = [...branches.values()].toSorted((a, b) => cost(a) - cost(b)).slice(1);
    const dropped = new Set(others.flat());
    const inside = kept.filter(
      (error) => error !== whole && !dropped.has(error) && error.instancePath.startsWith(whole.instancePath),
    );
    if (inside.length > 0) dropped.add(whole);
    if (inside.some((error) => !isPlainType(error))) for (const error of inside.filter(isPlainType)) dropped.add(error);
    kept = kept.filter((error) => !dropped.has(error));
  }
  return kept;
};

const rank = (error: ErrorObject, value: unknown, root: SchemaPlace): Ranked => {
  const steps: (string | number)[] = [];
  const ranks: number[] = [];
  let place: SchemaPlace | null = root;
  let at = value;
  for (const name of fromPointer(error.instancePath)) {
    if (Array.isArray(at)) {
      const index = Number(name);
      steps.push(index);
      ranks.push(index);
      place = place?.item(index) ?? null;
      at = at[index];
    } else {
      steps.push(name);
      ranks.push(place?.rankOf(name) ?? Infinity);
      place = place?.member(name) ?? null;
      at = isJsonObject(at) ? at[name] : undefined;
    }
  }
  const isMissing = missing.has(error.keyword);
  const parameter = memberParameter[error.keyword];
  const member = parameter === undefined ? undefined : parametersOf(error)[parameter];
  if (typeof member === "string") {
    steps.push(member);
    // What an object itself lacks comes before what its members lack.
    if (isMissing) ranks.push(-1, place?.requiredRankOf(member) ?? Infinity);
    else ranks.push(place?.rankOf(member) ?? Infinity);
    place = place?.member(member) ?? null;
  }
  const title = place?.title;
  return {
    finding: {
      kind: isMissing ? "missing_field" : "bad_format",
      field: toFieldName(steps),
      ...(title === undefined ? undefined : { title }),
      expected: expectedBy(error).slice(0, maxExpectedLength),
    },
    ranks,
  };
};

const compare = (a: Ranked, b: Ranked): number => {
  if (a.finding.kind !== b.finding.kind) return a.finding.kind === "missing_field" ? -1 : 1;
  for (let at = 0; at < Math.min(a.ranks.length, b.ranks.length); at += 1) {
    const left = a.ranks[at] ?? 0;
    const right = b.ranks[at] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.ranks.length - b.ranks.length;
};

/** Ajv leaves parameters open; they are an object always. */
const parametersOf = (error: ErrorObject): Readonly<Record<string, unknown>> => error.params;

/** What the schema wants, in its own words; never a value of the payload. */
const expectedBy = (error: ErrorObject): string => {
  const parameters = parametersOf(error);
  switch (error.keyword) {
    case "required":
    case "dependentRequired":
    case "dependencies":
      return "required";
    case "type":
      return `type ${[parameters["type"]].flat().join(" or ")}`;
    case "enum":
      return `enum ${toList(parameters["allowedValues"] ?? error.schema)}`;
    case "const":
      return `const ${JSON.stringify(parameters["allowedValue"] ?? error.schema)}`;
    case "additionalProperties":
    case "unevaluatedProperties":
      return `${error.keyword} false`;
    default: {
      const wanted = parameters["limit"] ?? parameters[error.keyword] ?? error.schema;
      return typeof wanted === "string" || typeof wanted === "number" ? `${error.keyword} ${wanted}` : error.keyword;
    }
  }
};

const toList = (values: unknown): string =>
  Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(", ") : "";
