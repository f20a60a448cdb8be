/** How new the data is that the console shows. Times in epoch milliseconds. */
export interface Freshness {
  readonly asOf: number;
  /** Arrival of the newest data; null while there is none. */
  readonly newestAt: number | null;
  /** Sources from which nothing came for longer than they declare. */
  readonly silent: readonly string[];
  /** null where it cannot be told. */
  readonly workerUp: boolean | null;
  /** Events that the worker keeps on its own disk until the store takes them; null where that is not known. */
  readonly spooled: number | null;
}
