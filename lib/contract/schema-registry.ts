import { compileSchema, type CompiledSchema } from "#lib/contract/compile-schema.ts";
import type { SchemaRef } from "#lib/flow/flow-version.ts";

/** Compiled schemas by content hash; held by whoever judges, for as long as it judges. */
export interface SchemaRegistry {
  /** The compiled form, made on first use. Throws where the schema does not compile: flows are checked before they are saved. */
  compiled(ref: SchemaRef): CompiledSchema;
  /** Forgets all but these, when flow versions have gone. */
  keepOnly(hashes: ReadonlySet<string>): void;
}

export const createSchemaRegistry = (): SchemaRegistry => {
  const byHash = new Map<string, CompiledSchema>();
  return {
    compiled: (ref) => {
      const known = byHash.get(ref.hash);
      if (known !== undefined) return known;
      const compiled = compileSchema(ref.schema);
      byHash.set(ref.hash, compiled);
      return compiled;
    },
    keepOnly: (hashes) => {
      for (const hash of byHash.keys()) if (!hashes.has(hash)) byHash.delete(hash);
    },
  };
};
