import { type IndexSchema, kept, keyword, long } from "#lib/storage/elasticsearch/index-schema.ts";
import type { DeadLetter, NewDeadLetter } from "#lib/storage/dead-letters.ts";

export interface LetterDocument {
  /** Its id: of one time, the later one has the greater. */
  readonly letter: string;
  readonly receivedAt: number;
  readonly reason: string;
  readonly source?: string;
  readonly redrivenAt?: number;
  /** The letter as it was added, as JSON. */
  readonly kept: string;
}

export const deadLetterSchema: IndexSchema = {
  name: "dead-letter",
  version: 1,
  span: "day",
  properties: { letter: keyword, receivedAt: long, reason: keyword, source: keyword, redrivenAt: long, kept },
};

const sequenceDigits = 10;

/** The day of arrival stands in the id, so that a letter is found without a search. */
export const toLetterDocument = (letter: NewDeadLetter, writer: string, sequence: number): LetterDocument => ({
  letter: `${dayTextOf(letter.receivedAt)}-${writer}-${String(sequence).padStart(sequenceDigits, "0")}`,
  receivedAt: letter.receivedAt,
  reason: letter.reason,
  ...(letter.source === null ? {} : { source: letter.source }),
  kept: JSON.stringify(toLetter(letter)),
});

export const letterFrom = ({ letter, redrivenAt, kept: text }: LetterDocument): DeadLetter => ({
  ...newLetterFrom(text),
  id: letter,
  redrivenAt: redrivenAt ?? null,
});

/** Start of the day an id was given on, epoch ms; null for what is no letter's id. */
export const dayInLetterId = (id: string): number | null => {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})-[a-z0-9]+-[a-z0-9]+-\d{10}$/u.exec(id) ?? [];
  return year === undefined ? null : Date.UTC(Number(year), Number(month) - 1, Number(day));
};

const dayTextOf = (at: number): string => new Date(at).toISOString().slice(0, 10).replaceAll("-", "");

/** What a letter is, whatever else stands in what is handed in, or in what was kept of it once. */
const toLetter = ({
  reason,
  path,
  source,
  text,
  cut,
  receivedAt,
  allowed,
  backfill,
}: NewDeadLetter): NewDeadLetter => ({
  reason,
  path,
  source,
  text,
  cut,
  receivedAt,
  ...(allowed !== undefined && { allowed }),
  ...(backfill === true && { backfill }),
});

/** Written by `toLetterDocument`. */
const newLetterFrom = (text: string): NewDeadLetter => toLetter(JSON.parse(text) as NewDeadLetter);
