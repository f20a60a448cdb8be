import { z } from "zod";
import { ReadError } from "#lib/api/problem.ts";
import { parseRfc3339 } from "#lib/event/parse-time.ts";

/** A moment in a query; an unescaped `+` of its offset has arrived as a blank. */
export const timeParameter = z
  .string()
  .meta({ format: "date-time", description: "RFC 3339" })
  .transform((text, context) => {
    const time = parseRfc3339(text.replace(/ (?=\d\d:\d\d$)/u, "+"));
    if (time !== null) return time;
    context.addIssue({ code: "custom", message: "write a time as 2026-11-23T10:02:11.120Z" });
    return z.NEVER;
  });

const durationUnits = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `5m`, `1h`, `1d`, in ms; latencies are kept in units of 5 minutes. */
export const bucketParameter = z
  .string()
  .meta({ description: "Width of a bucket: `<integer>(m|h|d)`, a multiple of 5m", pattern: "^[1-9][0-9]*[mhd]$" })
  .transform((text, context) => {
    const [, count = "", unit = ""] = /^([1-9]\d{0,5})([mhd])$/u.exec(text) ?? [];
    const ms = Number(count) * (unit === "m" || unit === "h" || unit === "d" ? durationUnits[unit] : 0);
    if (ms > 0 && ms % (5 * durationUnits.m) === 0) return ms;
    context.addIssue({ code: "custom", message: "write a multiple of 5 minutes, as 5m, 1h or 1d" });
    return z.NEVER;
  });

export const limitParameter = (most: number, otherwise: number) =>
  z
    .string()
    .meta({ description: `1 to ${most}, ${otherwise} where left out`, pattern: "^[0-9]+$" })
    .transform((text, context) => {
      const limit = /^\d{1,6}$/u.test(text) ? Number(text) : 0;
      if (limit >= 1 && limit <= most) return limit;
      context.addIssue({ code: "custom", message: `write a whole number from 1 to ${most}` });
      return z.NEVER;
    })
    .default(otherwise);

/** `a,b`: any of them, each one of `values`. */
export const listParameter = <Value extends string>(values: readonly Value[]) =>
  z
    .string()
    .meta({ description: `Any of ${values.join(", ")}; several separated by commas` })
    .transform((text, context) => {
      const asked = text.split(",").map((each) => each.trim());
      const known = values.filter((value) => asked.includes(value));
      const stranger = asked.find((each) => !values.some((value) => value === each));
      if (stranger === undefined) return known;
      context.addIssue({ code: "custom", message: `"${stranger.slice(0, 64)}" is none of ${values.join(", ")}` });
      return z.NEVER;
    });

export const flagParameter = z.enum(["true", "false"]).transform((text) => text === "true");

export const textParameter = z.string().max(2048);

/** Reads a query string by a schema; a name it does not know, one given twice or a value it cannot use is `invalid_parameter`. */
export function parseQuery<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, query: URLSearchParams) {
  const given: Record<string, string> = {};
  for (const [name, value] of query) {
    if (!Object.hasOwn(schema.shape, name)) {
      const known = Object.keys(schema.shape).join(", ");
      throw new ReadError("invalid_parameter", `No such parameter; this route knows ${known || "none"}.`, name);
    }
    if (Object.hasOwn(given, name)) throw new ReadError("invalid_parameter", "Given more than once.", name);
    if (value.trim() !== "") given[name] = value;
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? "");
  const missing = name !== "" && !Object.hasOwn(given, name);
  throw new ReadError("invalid_parameter", missing ? "Required." : (issue?.message ?? ""), name === "" ? null : name);
}
