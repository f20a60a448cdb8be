import { type IndexSchema, keyword, long } from "#lib/storage/elasticsearch/index-schema.ts";

/** An index to test the cluster with. */
export const shelf: IndexSchema = {
  name: "shelf",
  version: 1,
  span: "one",
  properties: { title: keyword, pages: long },
};

export const diary: IndexSchema = { ...shelf, name: "diary", span: "day" };

export interface Book {
  readonly title: string;
  readonly pages: number;
}
