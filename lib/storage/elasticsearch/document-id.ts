import { hash } from "node:crypto";

/** 162 bits. */
const idLength = 27;

/** Addresses what texts of any length name: the same texts, the same document. */
export const toDocumentId = (...parts: readonly string[]): string =>
  hash("sha256", parts.length === 1 ? (parts[0] ?? "") : JSON.stringify(parts), "base64url").slice(0, idLength);
