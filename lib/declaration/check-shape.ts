import type { ErrorObject, ValidateFunction } from "ajv";
import { toFieldName } from "#lib/contract/field-name.ts";
import { compileLinearPattern } from "#lib/contract/linear-pattern.ts";
import { createAjv } from "#lib/contract/create-ajv.ts";
import { closest, toChoice } from "#lib/declaration/closest.ts";
import type { Problem } from "#lib/declaration/problem.ts";
import type { Path, YamlFile } from "#lib/declaration/read-yaml.ts";
import { isJsonObject } from "#lib/event/json-object.ts";
import { fromPointer } from "#lib/event/json-pointer.ts";

/** Compiles a published declaration schema. Its `description`s complete "this is not …", its first `examples` show what to write. */
export const compileShape = (schema: object): ValidateFunction =>
  createAjv("2020-12", { verbose: true, validateSchema: false }).compile(schema);

/** What in the file does not have the shape, in the order of the file. `prefix` is where in the file `value` stands. */
export const checkShape = (
  shape: ValidateFunction,
  file: YamlFile,
  value: unknown,
  prefix: Path = [],
): readonly Problem[] => {
  if (shape(value)) return [];
  const problems = (shape.errors ?? [])
    .filter((error) => error.keyword !== "if" && error.keyword !== "anyOf")
    .map((error) => toProblem(error, file, value, prefix));
  const byPlace = new Map(problems.map((problem) => [`${problem.path}\n${problem.message}`, problem]));
  return [...byPlace.values()].toSorted((a, b) => a.line - b.line || a.column - b.column);
};

/** A problem at a place of a file. */
export const problemAt = (
  file: YamlFile,
  path: Path,
  message: string,
  instead: string,
  what: "value" | "name" = "value",
): Problem => ({ ...file.locate(path, what), path: path.length === 0 ? "" : toFieldName(path), message, instead });

const toProblem = (error: ErrorObject, file: YamlFile, value: unknown, prefix: Path): Problem => {
  const path = [...prefix, ...toPath(error.instancePath, value)];
  const parent: unknown = error.parentSchema;
  const schema = isJsonObject(parent) ? parent : {};
  const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  const parameters: Readonly<Record<string, unknown>> = error.params;
  if (error.keyword === "additionalProperties") {
    const name = String(parameters["additionalProperty"]);
    const names = Object.keys(properties);
    const meant = closest(name, names);
    const instead = meant === undefined ? `write one of ${toChoice(names)}` : `did you mean \`${meant}\`?`;
    return problemAt(file, [...path, name], `\`${name}\` is not known here`, instead, "name");
  }
  if (error.keyword === "required") {
    const name = String(parameters["missingProperty"]);
    const example = exampleOf(properties[name]);
    const instead = example === undefined ? `add \`${name}\`` : `add \`${name}: ${example}\``;
    return problemAt(file, path, `\`${name}\` is missing`, instead);
  }
  if (error.keyword === "propertyNames") {
    const name = String(parameters["propertyName"]);
    return problemAt(file, [...path, name], `\`${name}\` can't be a name here`, "rename it", "name");
  }
  const described = schema["description"];
  const what = typeof described === "string" ? described : `what stands here (${error.keyword})`;
  return problemAt(file, path, `${toShort(error.data)} is not ${what}`, insteadOf(error, schema));
};

const insteadOf = (error: ErrorObject, schema: Readonly<Record<string, unknown>>): string => {
  const choices: unknown = schema["enum"];
  if (Array.isArray(choices)) {
    const names = choices.map(String);
    const meant = closest(String(error.data), names);
    return meant === undefined ? `write ${toChoice(names)}` : `did you mean \`${meant}\`?`;
  }
  const example = exampleOf(schema);
  const pattern = schema["pattern"];
  if (error.keyword === "type" && typeof error.data === "number" && typeof pattern === "string") {
    // YAML read a number where the same digits as text would do.
    if (compileLinearPattern(pattern).test(String(error.data))) return `put it in quotes: "${error.data}"`;
  }
  return example === undefined ? "see the published schema" : `write for example \`${example}\``;
};

const exampleOf = (schema: unknown): string | undefined => {
  const examples: unknown = isJsonObject(schema) ? schema["examples"] : undefined;
  const first: unknown = Array.isArray(examples) ? examples[0] : undefined;
  if (first === undefined) return undefined;
  return typeof first === "string" ? first : JSON.stringify(first);
};

const toShort = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

const toPath = (pointer: string, value: unknown): Path => {
  let at = value;
  return fromPointer(pointer).map((name) => {
    const inList = Array.isArray(at);
    at = Array.isArray(at) ? at[Number(name)] : isJsonObject(at) ? at[name] : undefined;
    return inList ? Number(name) : name;
  });
};
