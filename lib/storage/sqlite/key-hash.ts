import type { Key } from "#lib/key/key.ts";

/** Bits of a hash in an index entry: with the event's number beside it, it stays a whole double. */
const HASH_LOW_RANGE = 4;

/** As many as `hashText` gives. */
export const HASH_BITS = 34;

/** 34 bits over the text (two murmur-like lanes). Texts are always compared after a match, so a collision costs time, never a wrong answer. */
export const hashText = (text: string): number => {
  let high = 0x9e37_79b9;
  let low = 0x85eb_ca6b;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x9e37_79b1);
    low = Math.imul(low ^ unit, 0x5f35_6495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85eb_ca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2_ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85eb_ca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2_ae35);
  return (high >>> 0) * HASH_LOW_RANGE + ((low >>> 7) & (HASH_LOW_RANGE - 1));
};

/** A key's hash by type and value. */
export const hashParts = (type: string, value: string): number => hashText(`${type}\u0000${value}`);

export const hashKey = (key: Key): number => hashParts(key.type, key.value);

/** `source` + `id` in the same space as keys; no key type begins with a blank. */
export const hashIdentity = (source: string, id: string): number => hashText(` ${source}\u0000${id}`);
