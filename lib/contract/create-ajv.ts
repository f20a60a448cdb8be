import { Ajv, type Options } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { compileLinearPattern } from "#lib/contract/linear-pattern.ts";

export type Dialect = "2020-12" | "draft-07";

/** The dialect a schema is written in; null where it names one we don't speak. */
export const dialectOf = (schema: unknown): Dialect | null => {
  const named = typeof schema === "object" && schema !== null && "$schema" in schema ? schema.$schema : undefined;
  if (named === undefined) return "2020-12";
  if (typeof named !== "string") return null;
  const name = named.replace(/^https?:\/\//, "").replace(/#$/, "");
  if (name === "json-schema.org/draft/2020-12/schema") return "2020-12";
  return name === "json-schema.org/draft-07/schema" ? "draft-07" : null;
};

const regExp = Object.assign((pattern: string) => compileLinearPattern(pattern), { code: "compileLinearPattern" });

/**
 * A compiler of its own for one schema: two schemas with the same `$id` must not meet, and what one registers must go with it.
 * Unknown keywords are annotations, as JSON Schema has them; formats are asserted; all errors are told.
 */
export const createAjv = (dialect: Dialect, options: Options = {}): Ajv => {
  const all: Options = {
    strict: false,
    allErrors: true,
    logger: false,
    messages: false,
    // Amounts such as 129.99 are multiples of 0.01, whatever binary fractions say.
    multipleOfPrecision: 9,
    code: { regExp },
    ...options,
  };
  const ajv = dialect === "draft-07" ? new Ajv(all) : new Ajv2020(all);
  addFormats(ajv);
  return ajv;
};
