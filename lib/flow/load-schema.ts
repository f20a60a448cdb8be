import { parse } from "yaml";
import { findSchemaProblems } from "#lib/contract/find-schema-problems.ts";
import { problemAt } from "#lib/declaration/check-shape.ts";
import type { Problem } from "#lib/declaration/problem.ts";
import type { Path, YamlFile } from "#lib/declaration/read-yaml.ts";
import { toCanonicalJson } from "#lib/event/canonical.ts";
import { fromPointer } from "#lib/event/json-pointer.ts";
import type { SchemaRef } from "#lib/flow/flow-version.ts";

export interface SchemaSources {
  /** Text of a file by its path inside the flows folder; null where there is none, or it lies outside (links included). */
  readonly readFile: (path: string) => string | null;
  readonly hash: (text: string) => string;
}

/** Deeper schemas are nobody's contract. */
const deepest = 200;

/**
 * A `when` or `contract` as the flow gives it: in place, or as a path inside the flows folder. The hash covers the use too:
 * the same schema says one thing of a payload and another of `{ attributes, payload }`.
 */
export const loadSchema = (
  use: "when" | "contract",
  given: unknown,
  at: { readonly file: YamlFile; readonly path: Path },
  sources: SchemaSources,
): { readonly ref: SchemaRef } | { readonly problems: readonly Problem[] } => {
  const wrong = (message: string, instead: string) => ({ problems: [problemAt(at.file, at.path, message, instead)] });
  if (typeof given !== "string") {
    const problems = findSchemaProblems(given).map(({ pointer, message, instead }) =>
      problemAt(at.file, [...at.path, ...fromPointer(pointer)], message, instead),
    );
    return problems.length > 0 ? { problems } : (toRef(use, given, undefined, sources) ?? wrong(tooDeep, shallower));
  }
  const path = toInnerPath(given);
  if (path === null) {
    return wrong(
      `\`${given}\` is not inside the flows folder`,
      "write a path from the flows folder down, such as contracts/finance-order.json",
    );
  }
  const text = sources.readFile(path);
  if (text === null)
    return wrong(`There is no file \`${path}\` in the flows folder`, "put the JSON Schema there or correct the path");
  const parsed = parseSchemaText(path, text);
  if ("message" in parsed) return wrong(`${path} can't be read: ${parsed.message}`, "correct that file");
  const problems = findSchemaProblems(parsed.schema).map(({ pointer, message, instead }) =>
    problemAt(at.file, at.path, `${path}, at #${pointer}: ${message}`, instead),
  );
  return problems.length > 0 ? { problems } : (toRef(use, parsed.schema, path, sources) ?? wrong(tooDeep, shallower));
};

const tooDeep = "The schema is nested too deep";
const shallower = `keep it within ${deepest} levels`;

const toRef = (
  use: "when" | "contract",
  schema: unknown,
  path: string | undefined,
  sources: SchemaSources,
): { readonly ref: SchemaRef } | null => {
  const text = toCanonicalJson(schema, deepest);
  if (text === null) return null;
  return { ref: { hash: sources.hash(`${use}\n${text}`), schema, ...(path === undefined ? undefined : { path }) } };
};

/** The path without `.` and `..`; null where it leaves the folder, is absolute, or names another place than a file. */
const toInnerPath = (given: string): string | null => {
  if (/^[a-z][a-z0-9+.-]*:/i.test(given) || given.startsWith("/") || /[\\\0]/.test(given)) return null;
  const steps: string[] = [];
  for (const step of given.split("/")) {
    if (step === "..") {
      if (steps.pop() === undefined) return null;
    } else if (step !== "" && step !== ".") steps.push(step);
  }
  return steps.length === 0 ? null : steps.join("/");
};

const parseSchemaText = (path: string, text: string): { readonly schema: unknown } | { readonly message: string } => {
  try {
    const schema: unknown = /\.ya?ml$/i.test(path) ? parse(text, { maxAliasCount: 100 }) : JSON.parse(text);
    return { schema };
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
};
