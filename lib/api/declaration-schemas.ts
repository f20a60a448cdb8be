import { flowSchema } from "#lib/flow/flow-schema.ts";
import { sourcesSchema, systemsSchema, teamsSchema } from "#lib/flow/surroundings-schema.ts";
import { privacySchema } from "#lib/privacy/privacy-schema.ts";

/** The published JSON Schemas of the files in the flows folder: the very ones that check them. */
const schemas: ReadonlyMap<string, object> = new Map(
  Object.entries({
    flow: flowSchema,
    systems: systemsSchema,
    teams: teamsSchema,
    sources: sourcesSchema,
    privacy: privacySchema,
  }),
);

export const declarationSchemaNames: readonly string[] = [...schemas.keys()];

/** By the name of its file, `flow.json`; null for any other. */
export const declarationSchema = (file: string): object | null =>
  file.endsWith(".json") ? (schemas.get(file.slice(0, -".json".length)) ?? null) : null;
