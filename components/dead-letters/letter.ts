import type { RejectReason } from "#lib/event/reject-reason.ts";

/** Filters as they stand in the address. */
export interface LetterFilters {
  readonly reason?: RejectReason;
  readonly source?: string;
  /** `true`: also those re-driven. */
  readonly all?: "true";
  readonly cursor?: string;
  /** A request to re-drive that is being watched. */
  readonly request?: string;
}

/** Times in epoch milliseconds. */
export interface LetterLine {
  readonly id: string;
  readonly reason: RejectReason;
  readonly path: string;
  readonly source: string | null;
  readonly receivedAt: number;
  readonly redrivenAt: number | null;
  /** The beginning of the text. */
  readonly start: string;
}

export interface LetterCount {
  readonly reason: RejectReason;
  readonly source: string | null;
  readonly count: number;
}

/** How far a request to re-drive is. */
export type Redriving =
  | { readonly state: "waiting"; readonly isWorkerUp: boolean }
  | { readonly state: "running"; readonly left: number }
  | {
      readonly state: "done";
      readonly accepted: number;
      readonly duplicates: number;
      readonly rejected: number;
      readonly cut: number;
    }
  | { readonly state: "failed"; readonly reason: string }
  | { readonly state: "unknown" };

export interface LetterList {
  readonly lines: readonly LetterLine[];
  readonly next: string | null;
  readonly counts: readonly LetterCount[];
  /** Open ones that these filters leave, of which re-driving would send each. */
  readonly matching: number;
  readonly redriving: Redriving | null;
  readonly mayRedrive: boolean;
  readonly isWorkerUp: boolean;
}

export interface WholeLetter extends Omit<LetterLine, "start"> {
  readonly text: string;
  readonly cut: boolean;
  readonly backfill: boolean;
  readonly allowed: { readonly sources: readonly string[]; readonly systems: readonly string[] } | null;
  readonly mayRedrive: boolean;
  readonly isWorkerUp: boolean;
  readonly redriving: Redriving | null;
}

/** Asks for letters to be re-driven; answered with the request's id. */
export type Redrive = (
  input: { readonly id: string } | { readonly reason?: RejectReason; readonly source?: string },
) => Promise<{ readonly request: string }>;
