import { hash } from "node:crypto";
import { toCanonicalJson } from "#lib/event/canonical.ts";
import type { KindProgress, TransferItems, TransferKind } from "#lib/storage/transfer.ts";

/** Deeper than anything kept: events are 32 deep at most, facts hold parts of them. */
const deepest = 200;
const digits = 32;
const modulus = 1n << 128n;

/** Names that a store gives out itself: another one names the same thing otherwise. */
const toComparable = (kind: TransferKind, item: object): object =>
  kind === "deadLetter" ? { ...item, id: undefined } : item;

export const emptyChecksum = "0".repeat(digits);

/** Of how many items and which: the same in whatever order they are added. */
export const addToChecksum = (
  kind: TransferKind,
  { checksum, count }: Pick<KindProgress, "checksum" | "count">,
  items: readonly TransferItems[TransferKind][],
): Pick<KindProgress, "checksum" | "count"> => {
  let sum = BigInt(`0x${checksum}`);
  for (const item of items) {
    const text = toCanonicalJson(toComparable(kind, item), deepest);
    if (text === null) throw new RangeError(`A ${kind} is nested too deep to be compared`);
    sum = (sum + BigInt(`0x${hash("sha256", text).slice(0, digits)}`)) % modulus;
  }
  return { checksum: sum.toString(16).padStart(digits, "0"), count: count + items.length };
};
