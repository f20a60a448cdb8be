/** A source as the page shows it; names in the reader's language, times in epoch milliseconds. */
export interface SourceLine {
  readonly source: string;
  /**
   * `silent`: for longer than it declares. `never`: declared, and nothing came. `alive`: it spoke within what it declares.
   * `undeclared`: nobody said how often it speaks.
   */
  readonly state: "silent" | "never" | "alive" | "undeclared";
  /** Newest event or heartbeat; null where none came. */
  readonly newestAt: number | null;
  readonly lastSeenAt: number | null;
  readonly watermark: number | null;
  readonly silentAfterMs: number | null;
  readonly delayMs: number;
  readonly ratePerMinute: number | null;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly unmatched: number;
  readonly steps: readonly { readonly flowName: string; readonly stepNames: readonly string[] }[];
}
