import { crc32 } from "node:zlib";
import type { NewDeadLetter } from "#lib/storage/dead-letters.ts";
import type { StepMatch } from "#lib/storage/event-log.ts";

/** What passed the door while the store was away: an event (masked, as it will be kept) or what was rejected. */
export type SpoolRecord =
  | { readonly kind: "event"; readonly json: string; readonly matches: readonly StepMatch[] }
  | { readonly kind: "letter"; readonly letter: NewDeadLetter };

/** A line of its own, its checksum in front: what a crash cut off is told from what was written whole. */
export function toLine(record: SpoolRecord): string {
  const text = JSON.stringify(record);
  return `${checksumOf(text)} ${text}\n`;
}

export interface ReadLines {
  readonly records: readonly SpoolRecord[];
  /** Lines that are not as they were written. The last one, without an end, is none: nobody was told that it was taken. */
  readonly damaged: number;
}

export function readLines(text: string): ReadLines {
  const records: SpoolRecord[] = [];
  let damaged = 0;
  const lines = text.split("\n");
  lines.pop();
  for (const line of lines) {
    const record = fromLine(line);
    if (record === null) damaged += 1;
    else records.push(record);
  }
  return { records, damaged };
}

const checksumDigits = 8;

const checksumOf = (text: string): string => crc32(text).toString(16).padStart(checksumDigits, "0");

/** Only `toLine` writes lines whose checksum fits. */
function fromLine(line: string): SpoolRecord | null {
  const text = line.slice(checksumDigits + 1);
  return line.slice(0, checksumDigits) === checksumOf(text) ? (JSON.parse(text) as SpoolRecord) : null;
}
