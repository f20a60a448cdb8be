import type { JourneyState, Reason } from "#lib/journey/judgement.ts";

/** One line of the list of records; names in the reader's language, times in epoch ms. */
export interface JourneyLine {
  readonly flow: string;
  readonly flowName: string;
  readonly primaryType: string;
  readonly primary: string;
  readonly state: JourneyState;
  readonly reason: Reason | null;
  readonly field: string | null;
  readonly fromName: string | null;
  readonly stepName: string | null;
  readonly since: number;
  readonly startedAt: number;
  readonly lateByMs: number | null;
}

export interface JourneyList {
  readonly lines: readonly JourneyLine[];
  readonly next: string | null;
  /** How many there are in all, where that is known; `isMore`: at least so many. */
  readonly count: { readonly count: number; readonly isMore: boolean } | null;
  /** What the filters can be, by name in the reader's language. */
  readonly options: {
    readonly flows: readonly NamedOption[];
    /** Of the flow asked for, else of all of them. */
    readonly steps: readonly NamedOption[];
    readonly systems: readonly NamedOption[];
  };
}

export interface NamedOption {
  readonly id: string;
  readonly name: string;
}

/** Records that one export holds at most. */
export const exportLimit = 100_000;
