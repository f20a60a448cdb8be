/** Keeps what was used last, up to a number of bytes as the caller counts them. */
export class Lru<Key, Value> {
  readonly #limitBytes: number;
  readonly #entries = new Map<Key, { readonly value: Value; readonly sizeBytes: number }>();
  #sizeBytes = 0;
  /** Where evicting stopped: what stands before it is gone. A new one would step over all that was deleted there, each time. */
  #oldest: Iterator<Key> | null = null;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: Key, value: Value, sizeBytes: number): void {
    this.delete(key);
    this.#entries.set(key, { value, sizeBytes });
    this.#sizeBytes += sizeBytes;
    while (this.#sizeBytes > this.#limitBytes) {
      this.#oldest ??= this.#entries.keys();
      const oldest = this.#oldest.next();
      if (oldest.done === true) this.#oldest = null;
      else this.delete(oldest.value);
    }
  }

  delete(key: Key): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#sizeBytes -= entry.sizeBytes;
  }

  clear(): void {
    this.#entries.clear();
    this.#oldest = null;
    this.#sizeBytes = 0;
  }
}
