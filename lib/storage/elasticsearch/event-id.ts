import { hash } from "node:crypto";

/** 144 bits; a length that Elasticsearch stores as bytes. */
const idLength = 24;

/** One document a source and id, wherever and however often the event comes in. */
export const eventIdOf = (source: string, id: string): string =>
  hash("sha256", `${source}\u0000${id}`, "base64url").slice(0, idLength);
