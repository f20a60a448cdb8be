import { type EventJson, jsonTextOf } from "#lib/event/event-json.ts";
import type { FailedEvent } from "#lib/storage/event-log.ts";
import { BLOCK_BYTES, BLOCK_EVENTS, packBlock } from "#lib/storage/sqlite/event-block.ts";
import { toBytes, toEntry } from "#lib/storage/sqlite/index-entry.ts";
import { writeSealedIndex } from "#lib/storage/sqlite/segment-index.ts";
import type { Segment } from "#lib/storage/sqlite/segment.ts";

/** One event on its way into a segment. */
export interface Line {
  /** As text or in UTF-8; bytes hold until they are appended. */
  readonly json: EventJson;
  readonly identity: number;
  readonly keys: readonly number[];
  readonly arrivedAt: number;
  readonly eventTime: number;
  readonly failed: readonly FailedEvent[];
}

/** Adds batches to the open segment and seals it at the end. The only one that writes segment files. */
export class SegmentWriter {
  readonly segment: Segment;
  /** Lines that do not fill a block yet; they stand in the table `tail` one by one. */
  #tail: readonly string[];

  constructor(segment: Segment) {
    this.segment = segment;
    this.#tail = this.#readTail();
  }

  /** One transaction: durable when it returns, and nothing of it there when it throws. */
  append(lines: readonly Line[]): void {
    const tail = this.segment.file.transaction(() => this.#write(lines));
    this.#tail = tail;
    this.segment.refresh();
  }

  /** Replaces postings by sorted pages and filters: their pages are freed first, so the file does not grow. */
  seal(): void {
    const { file } = this.segment;
    const indexes = this.segment.toSortedIndexes();
    file.transaction(() => {
      if (this.#tail.length > 0) this.#writeBlock(this.segment.count - this.#tail.length, this.#tail);
      file.run("DELETE FROM tail");
      file.run("DELETE FROM posting");
      writeSealedIndex(file, "identity", indexes.identities);
      writeSealedIndex(file, "key", indexes.keys);
      file.run("UPDATE segment SET sealed = 1");
    });
    this.#tail = [];
    this.segment.refresh();
    file.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  #write(lines: readonly Line[]): readonly string[] {
    const first = this.segment.count;
    this.#writePosting(first, lines);
    for (const line of lines) {
      for (const failed of line.failed) {
        this.segment.file.run(
          "INSERT INTO failed (event_time, flow, body) VALUES (?, ?, ?)",
          failed.eventTime,
          failed.flow,
          JSON.stringify(failed),
        );
      }
    }
    this.#updateSummary(lines);
    return this.#writeLines(first, lines);
  }

  #writeLines(first: number, lines: readonly Line[]): readonly string[] {
    let open: EventJson[] = [...this.#tail];
    let openBytes = open.reduce((sum, text) => sum + text.length, 0);
    let openFirst = first - open.length;
    for (const line of lines) {
      open.push(line.json);
      openBytes += line.json.length;
      if (open.length < BLOCK_EVENTS && openBytes < BLOCK_BYTES) continue;
      this.#writeBlock(openFirst, open);
      openFirst += open.length;
      open = [];
      openBytes = 0;
    }
    const { file } = this.segment;
    if (openFirst >= first && this.#tail.length > 0) file.run("DELETE FROM tail");
    const tail = open.map(jsonTextOf);
    for (const [place, text] of tail.entries()) {
      if (openFirst + place >= first) file.run("INSERT INTO tail VALUES (?, ?)", openFirst + place, text);
    }
    return tail;
  }

  #writeBlock(first: number, lines: readonly EventJson[]): void {
    this.segment.file.run("INSERT INTO block VALUES (?, ?)", first, packBlock(lines));
  }

  #writePosting(first: number, lines: readonly Line[]): void {
    const identities = new Float64Array(lines.length);
    const keys: number[] = [];
    for (const [place, line] of lines.entries()) {
      identities[place] = toEntry(line.identity, first + place);
      for (const key of line.keys) keys.push(toEntry(key, first + place));
    }
    this.segment.file.run(
      "INSERT INTO posting VALUES (?, ?, ?)",
      first,
      toBytes(identities),
      toBytes(Float64Array.from(keys)),
    );
  }

  #updateSummary(lines: readonly Line[]): void {
    let newestArrival = 0;
    let oldest = Number.MAX_SAFE_INTEGER;
    let newest = 0;
    for (const line of lines) {
      newestArrival = Math.max(newestArrival, line.arrivedAt);
      oldest = Math.min(oldest, line.eventTime);
      newest = Math.max(newest, line.eventTime);
    }
    this.segment.file.run(
      `UPDATE segment SET events = events + ?, newest_arrival = max(newest_arrival, ?),
        oldest_event_time = min(oldest_event_time, ?), newest_event_time = max(newest_event_time, ?)`,
      lines.length,
      newestArrival,
      oldest,
      newest,
    );
  }

  #readTail(): readonly string[] {
    return this.segment.file
      .all<{ line: string }>({ sql: "SELECT line FROM tail ORDER BY event" })
      .map((row) => row.line);
  }
}
