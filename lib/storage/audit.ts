export interface AuditEntry {
  readonly at: number;
  /** Name of a person, `token:<name>`, `worker`, `command`. */
  readonly by: string;
  /** `flow.saved`, `token.created`, `record.read`, … */
  readonly action: string;
  /** What it was done to: `flow:order-to-cash`, `record:order_no=SO-1042`. */
  readonly object: string;
  readonly result: "done" | "refused" | "failed";
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** What is known of an entry before the account it is about was read. */
export type AuditDraft = Pick<AuditEntry, "action" | "by"> & Partial<Pick<AuditEntry, "detail" | "at" | "result">>;

export interface ChainedEntry extends AuditEntry {
  readonly sequence: number;
  /** Its chain: begins with `worker`, `console` or `command`. On one machine these go on whoever opens the store; in a cluster each opening has its own. */
  readonly process: string;
  /** Hash over the entry and the one before it in its process's chain. */
  readonly hash: string;
}

/** What people change, export or look at. Changes are appended by the port that makes them; reads are queued here and chained within 1 s. Nothing is let go: retention is about events. */
export interface Audit {
  /** Resolves when queued, not when on disk: a page need not wait. `list`, `heads`, `verify` and closing write the queue first; where nothing can be written now, `list` answers without it. `full` when too many wait. */
  append(entries: readonly AuditEntry[]): Promise<void>;
  /** Newest first. */
  list(query: {
    readonly by?: string;
    readonly action?: string;
    readonly from?: number;
    readonly to?: number;
    readonly cursor: string | null;
    readonly limit: number;
  }): Promise<{
    readonly items: readonly ChainedEntry[];
    readonly next: string | null;
  }>;
  /** Last sequence and hash of each process's chain; with `since` (epoch ms) of those alone that have an entry of then or later. */
  heads(
    since?: number,
  ): Promise<readonly { readonly process: string; readonly sequence: number; readonly hash: string }[]>;
  /** The first entry whose hash does not follow from the one before, or null. */
  verify(): Promise<{ readonly process: string; readonly sequence: number } | null>;
}
