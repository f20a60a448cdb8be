import type { KeyType } from "#lib/id/id.ts";

/** A business key: `order_no` = `SO-1042`. The value is trimmed, NFC-normalised and compared exactly. */
export interface Key {
  readonly type: KeyType;
  readonly value: string;
}

/** One text per key, usable as a map key and sortable. `\u0000` cannot stand in a key type. */
export type KeyId = `${KeyType}\u0000${string}`;

export const toKeyId = (key: Key): KeyId => `${key.type}\u0000${key.value}`;
