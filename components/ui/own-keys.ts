/** A key and what it does. */
export interface OwnKey {
  readonly key: string;
  readonly does: string;
}

let own: readonly OwnKey[] | null = null;

/** Names the keys that the page on show has of its own; Esc is then its own too. Returns how to take them back. */
export const nameOwnKeys = (keys: readonly OwnKey[]): (() => void) => {
  own = keys;
  return () => {
    if (own === keys) own = null;
  };
};

/** null where the page has none. */
export const ownKeys = (): readonly OwnKey[] | null => own;
