import { z } from "zod";
import type { LetterFilters } from "#components/dead-letters/letter.ts";
import { rejectReasons } from "#lib/event/reject-reason.ts";

const text = z.string().min(1).max(2_048);
const parts = {
  reason: z.enum(rejectReasons),
  source: text,
  all: z.literal("true"),
  cursor: text,
  request: z.string().regex(/^[\w-]{1,64}$/),
} as const;

/** Filters of the address; a part that is no good is left out. */
export const letterFilters = (searchParams: unknown): LetterFilters => {
  const given = z.record(z.string(), z.unknown()).catch({}).parse(searchParams);
  const read = <Value>(name: keyof typeof parts, schema: z.ZodType<Value>): Record<string, Value> => {
    const parsed = schema.safeParse(given[name]);
    return parsed.success ? { [name]: parsed.data } : {};
  };
  return {
    ...read("reason", parts.reason),
    ...read("source", parts.source),
    ...read("all", parts.all),
    ...read("cursor", parts.cursor),
    ...read("request", parts.request),
  };
};
