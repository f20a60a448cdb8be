import type { HelpPage } from "#lib/help/help-page.ts";
import type { JourneyState, Reason } from "#lib/journey/judgement.ts";

/** What a person reads about one page: what they see, what to do, what its words mean. */
export interface HelpText {
  readonly title: string;
  readonly see: readonly string[];
  readonly act: readonly string[];
  /** Names of words, each explained once in the list of words. */
  readonly words: readonly Word[];
}

/** Words that are explained; states and reasons by their own names. */
export const ownWords = [
  "record",
  "flow",
  "step",
  "hop",
  "event",
  "key",
  "alias",
  "crosswalk",
  "journey",
  "verdict",
  "contract",
  "watermark",
  "source",
  "point",
  "system",
  "owners",
  "within",
  "p95",
  "alike",
  "masked",
  "deadLetter",
  "closed",
  "passed",
  "confidence",
] as const;
export type Word = (typeof ownWords)[number];

export interface HelpTexts {
  readonly heading: string;
  readonly see: string;
  readonly act: string;
  readonly words: string;
  readonly all: string;
  readonly keys: string;
  readonly states: string;
  readonly reasons: string;
  readonly pages: Readonly<Record<HelpPage, HelpText>>;
  readonly glossary: Readonly<Record<Word, readonly [word: string, meaning: string]>>;
  readonly stateMeanings: Readonly<Record<JourneyState | "waiting", string>>;
  readonly reasonMeanings: Readonly<Record<Reason, string>>;
}
