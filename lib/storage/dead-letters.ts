import type { RejectReason } from "#lib/event/reject-reason.ts";

export interface NewDeadLetter {
  readonly reason: RejectReason;
  /** JSON pointer to the offending place. */
  readonly path: string;
  /** The source the token or event named, where known. */
  readonly source: string | null;
  /** The event as sent, text detectors applied, cut at 64 KiB. */
  readonly text: string;
  /** True where `text` was cut: such a letter can be read, not re-driven. */
  readonly cut: boolean;
  readonly receivedAt: number;
  /** Sources and systems its token may speak for, where it is limited: re-driving it allows no more. */
  readonly allowed?: { readonly sources: readonly string[]; readonly systems: readonly string[] };
  /** Brought in by an import. */
  readonly backfill?: true;
}

export interface DeadLetter extends NewDeadLetter {
  readonly id: string;
  /** When re-driving it was accepted at last, epoch ms. */
  readonly redrivenAt: number | null;
}

export interface DeadLetterCount {
  readonly reason: RejectReason;
  readonly source: string | null;
  readonly count: number;
}

export interface DeadLetterPage {
  readonly items: readonly DeadLetter[];
  readonly next: string | null;
}

export interface DeadLetterQuery {
  readonly reason?: RejectReason;
  readonly source?: string;
  /** Leaves out those re-driven. */
  readonly open?: boolean;
  readonly cursor: string | null;
  readonly limit: number;
}

/** Rejected events, kept with their reason as long as events are. `add` resolves when they are durable. */
export interface DeadLetters {
  add(letters: readonly NewDeadLetter[]): Promise<void>;
  /** Newest first. An unknown cursor is StorageError `invalid_cursor`. */
  list(query: DeadLetterQuery): Promise<DeadLetterPage>;
  find(id: string): Promise<DeadLetter | null>;
  /** Unknown ids are passed over. Every process sees it when this resolves. */
  markRedriven(ids: readonly string[], at: number): Promise<void>;
  countOpen(): Promise<number>;
  /** Open ones by reason and source, most first. */
  countByCause(): Promise<readonly DeadLetterCount[]>;
  expire(before: number): Promise<number>;
  /** Forgets those of these sources. Resolves to how many. */
  forget(sources: readonly string[]): Promise<number>;
}
