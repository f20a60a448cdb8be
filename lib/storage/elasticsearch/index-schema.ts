import type { estypes } from "@elastic/elasticsearch";

/** What this version of Hopline keeps under one alias. Fields that nobody searches by stand in one unindexed text: see the README. */
export interface IndexSchema {
  /** Behind the prefix: `hopline-<name>` is the alias, `hopline-<name>-v<version>` the index. */
  readonly name: string;
  /** Grows when documents of the version before can't be read as they are. */
  readonly version: number;
  /** `day`, `month`: an index for each (UTC) behind the alias, made by its first document and let go whole. `one`: a single index. */
  readonly span: "one" | "day" | "month";
  readonly properties: Readonly<Record<string, estypes.MappingProperty>>;
  readonly settings?: estypes.IndicesIndexSettings;
}

/** Searched by whole value, sorted and counted by. */
export const keyword: estypes.MappingProperty = { type: "keyword", ignore_above: 8191 };
/** Epoch ms, counts, sequence numbers. */
export const long: estypes.MappingProperty = { type: "long" };
export const boolean: estypes.MappingProperty = { type: "boolean" };
/** Kept, never searched: any JSON text, however many different fields it holds. */
export const kept: estypes.MappingProperty = { type: "text", index: false, norms: false };
