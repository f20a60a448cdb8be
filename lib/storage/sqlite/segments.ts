import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { EventBlock } from "#lib/storage/sqlite/event-block.ts";
import { Lru } from "#lib/storage/sqlite/lru.ts";
import { isCurrent, migrate } from "#lib/storage/sqlite/migrate.ts";
import { Segment } from "#lib/storage/sqlite/segment.ts";
import { segmentKind } from "#lib/storage/sqlite/segment-schema.ts";
import { segmentNameOf } from "#lib/storage/sqlite/segment-name.ts";
import { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

const BLOCK_CACHE_BYTES = 16_777_216;
/** How old the reader's picture of the directory may be: well under the second within which it has to see new events. */
const RELIST_AFTER_MS = 200;

const writerPragmas = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -4000;
  PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 16777216;`;

const removeDatabase = (path: string): void => {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(`${path}${suffix}`, { force: true });
};

/** The segment files of a directory, oldest first. */
export class Segments {
  readonly #directory: string;
  readonly #mode: "writer" | "reader";
  readonly #blocks = new Lru<string, EventBlock>(BLOCK_CACHE_BYTES);
  #segments: Segment[] = [];
  #changes = 0;
  #listedAt = -Infinity;
  readonly #readRevision: () => number;
  #revision = 0;

  /** `readRevision`, for a reader: another number once events were taken out of segments. */
  constructor(directory: string, mode: "writer" | "reader", readRevision: () => number = () => 0) {
    this.#directory = directory;
    this.#mode = mode;
    this.#readRevision = readRevision;
    if (mode === "writer") this.#segments = this.#names().map((name) => this.#openForWriting(name));
    else this.#relist();
  }

  /** The writer's: grows with each file that is begun or retired. */
  get changes(): number {
    return this.#changes;
  }

  /** All of them, with everything the writer has made durable. */
  list(): readonly Segment[] {
    if (this.#mode === "writer") return this.#segments;
    if (performance.now() - this.#listedAt > RELIST_AFTER_MS) this.#relist();
    for (const segment of this.#segments) segment.refresh();
    return this.#segments;
  }

  /** The writer's: begins a new file after all others. */
  create(name: string): Segment {
    const segment = this.#openForWriting(name);
    this.#segments.push(segment);
    this.#changes += 1;
    return segment;
  }

  /** The writer's: closes and unlinks; the space comes back when readers have let go as well. */
  remove(segment: Segment): void {
    this.#segments = this.#segments.filter((kept) => kept !== segment);
    this.#changes += 1;
    segment.file.close();
    removeDatabase(segment.file.path);
  }

  /** Lets go of files that the writer has retired. */
  release(): void {
    if (this.#mode === "reader") this.#relist();
  }

  close(): void {
    for (const segment of this.#segments) segment.file.close();
    this.#segments = [];
  }

  #names(): readonly string[] {
    if (!existsSync(this.#directory)) return [];
    return readdirSync(this.#directory)
      .map(segmentNameOf)
      .filter((name) => name !== null)
      .toSorted();
  }

  #pathOf(name: string): string {
    return join(this.#directory, `${name}.db`);
  }

  #openForWriting(name: string): Segment {
    const file = new SqliteFile(this.#pathOf(name), "create");
    try {
      file.exec(writerPragmas);
      migrate(file, segmentKind);
      return new Segment(name, file, this.#blocks);
    } catch (error) {
      file.close();
      throw error;
    }
  }

  #relist(): void {
    const revision = this.#readRevision();
    if (revision !== this.#revision) {
      this.close();
      this.#blocks.clear();
      this.#revision = revision;
    }
    const names = this.#names();
    const gone = this.#segments.filter((segment) => !names.includes(segment.name));
    for (const segment of gone) segment.file.close();
    const known = new Map(this.#segments.map((segment) => [segment.name, segment]));
    this.#segments = names
      .map((name) => known.get(name) ?? this.#openForReading(name))
      .filter((segment) => segment !== null);
    this.#listedAt = performance.now();
  }

  /** null while the writer is still making the file, or has just retired it. */
  #openForReading(name: string): Segment | null {
    const path = this.#pathOf(name);
    let file: SqliteFile | null = null;
    try {
      file = new SqliteFile(path, "read");
      if (isCurrent(file, segmentKind)) return new Segment(name, file, this.#blocks);
    } catch (error) {
      file?.close();
      if (!existsSync(path)) return null;
      throw error;
    }
    file.close();
    return null;
  }
}
