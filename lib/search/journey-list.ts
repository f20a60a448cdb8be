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
  /** How many there are in all, where that is known. */
  readonly count: number | null;
  /** Names of what the filters name. */
  readonly names: { readonly flow?: string; readonly step?: string; readonly system?: string };
}
