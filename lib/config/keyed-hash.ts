import { hash } from "node:crypto";

/** 132 bits in base64url: short enough to store with every event, long enough that no two contents meet. */
const hashLength = 22;

/**
 * Hash that only this installation can make. SHA-256 over key and text; cutting the digest is what makes this a sound keyed hash
 * (there is nothing to extend), at a third of an HMAC's cost: it runs for every event.
 */
export function keyedHash(key: Buffer): (text: string) => string {
  const prefix = key.toString("base64url");
  return (text) => hash("sha256", prefix + text, "base64url").slice(0, hashLength);
}
