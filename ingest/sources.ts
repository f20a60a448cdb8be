import { hopSource } from "#ingest/hop/source.ts";
import type { Source } from "#ingest/source.ts";

/** Every source there is. A new one is a folder beside `hop` and a line here. */
export const sources = [hopSource] as const satisfies readonly Source[];

export const findSource = (name: string): Source | null => sources.find((source) => source.name === name) ?? null;
