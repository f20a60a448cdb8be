import type { StepId } from "#lib/id/id.ts";
import type { Calendars } from "#lib/journey/deadline.ts";
import type { People } from "#lib/people/people.ts";
import type { SourceWatermark } from "#lib/source/source.ts";

/** What judging needs beside facts and flow. The engine reads no clock and no store: all of it is handed in. */
export interface AssessContext {
  /** Epoch ms. */
  readonly now: number;
  readonly calendars: Calendars;
  /** The step's sources (lib/source/step-sources.ts) and how far each has seen; empty: nothing has ever reported the step. */
  eyes(step: StepId): readonly SourceWatermark[];
  /**
   * Journeys of the flow due at the step within 5 minutes of `dueAt` and before now, and how many of them did not arrive.
   * Left out where the judgement is stored: `outage` is computed when read.
   */
  population?(step: StepId, dueAt: number): { readonly due: number; readonly missing: number } | null;
}

export interface JudgeContext extends AssessContext {
  /** Value of the record's primary key, for the sentence. */
  readonly primary: string;
  /** IANA zone of the times in sentences. */
  readonly timeZone: string;
  readonly people: People;
  /** Clock skew of a hop (`from..to`) where it is to be shown, ms; null otherwise. lib/journey/hop-skew.ts */
  skewMs?(hop: string): number | null;
}
