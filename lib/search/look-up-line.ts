import type { JourneyState, Reason } from "#lib/journey/judgement.ts";

/** Most numbers of one paste that are looked up. */
export const maxLookUpKeys = 500;

/** One pasted number and the worst record it leads to. Names in the reader's language, times in epoch ms. */
export interface LookUpLine {
  /** As pasted; a private value masked. */
  readonly shown: string;
  readonly isPrivate: boolean;
  /** null where the number leads to no record. */
  readonly record: LookUpRecord | null;
  /** Further records it leads to. */
  readonly others: number;
  /** Where there is no record: `loose` was seen and leads to none, `too_common` to more than a business key may. */
  readonly missing: "nothing" | "loose" | "too_common" | null;
}

export interface LookUpRecord {
  readonly flowName: string;
  /** null: events that wait for a link to a record. */
  readonly primary: string | null;
  /** Where it opens; never with a private value in it. */
  readonly path: string | null;
  readonly state: JourneyState;
  /** Closed by hand: nobody has to act on it any more. */
  readonly isClosed: boolean;
  readonly reason: Reason | null;
  readonly field: string | null;
  /** The hop that is broken. */
  readonly fromName: string | null;
  readonly stepName: string | null;
  /** Where it was seen last, and where it is expected next. */
  readonly lastName: string | null;
  readonly lastAt: number | null;
  readonly nextName: string | null;
  readonly dueAt: number | null;
  readonly lateByMs: number | null;
  readonly summary: string;
}
