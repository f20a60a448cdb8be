/** Remembers at least the last `size` texts added and at most twice as many, without a queue beside. */
export class RecentSet {
  readonly #size: number;
  #newer = new Set<string>();
  #older = new Set<string>();

  constructor(size: number) {
    this.#size = size;
  }

  has(text: string): boolean {
    return this.#newer.has(text) || this.#older.has(text);
  }

  /** False when it was there already. */
  add(text: string): boolean {
    if (this.#newer.has(text)) return false;
    const isNew = !this.#older.has(text);
    if (this.#newer.size >= this.#size) {
      this.#older = this.#newer;
      this.#newer = new Set();
    }
    this.#newer.add(text);
    return isNew;
  }

  clear(): void {
    this.#newer = new Set();
    this.#older = new Set();
  }
}
