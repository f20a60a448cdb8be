import { type Key, type KeyId, toKeyId } from "#lib/key/key.ts";
import type { Link, ProjectionChange } from "#lib/storage/projection.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { keptDayOf } from "#lib/storage/kept-day.ts";
import { migrate } from "#lib/storage/sqlite/migrate.ts";
import { Pending } from "#lib/storage/sqlite/pending.ts";
import { RecentSet } from "#lib/storage/recent-set.ts";
import { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import { stateKind } from "#lib/storage/sqlite/state-schema.ts";
import { type StateCaches, StateWriter } from "#lib/storage/sqlite/state-writer.ts";

/** Where the reading ports read: a file that has every committed change in it. */
export interface StateReader {
  read(): SqliteFile;
}

interface StateOptions extends StateCaches {
  readonly path: string;
  readonly now: () => number;
  readonly flushAfterMs: number;
}

/** Worth a transaction at once: so many rows come of thousands of events, and waiting for more would show them later and hold tens of megabytes. */
const PENDING_ROWS_LIMIT = 4_000;
const RECENT_TEXTS = 50_000;

/**
 * Derived, so NORMAL: a power cut takes the last half second, never the order of transactions; the events make it again. A log of 128 MiB
 * before it is worked into the tables: keys and links change pages all over the file, and each of those is then written once for many rows.
 */
const pragmas = `
  PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000;
  PRAGMA wal_autocheckpoint = 32000; PRAGMA journal_size_limit = 167772160;`;

/** state.db as its one writer has it: changes are held back for a moment, so that rows changed again and again are written once. */
export class State implements StateReader {
  readonly writer: StateWriter;
  readonly #file: SqliteFile;
  readonly #options: StateOptions;
  readonly #recent = new RecentSet(RECENT_TEXTS);
  #recentDay = 0;
  #pending = new Pending();
  #pendingSince = Infinity;
  #failure: unknown = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: StateOptions) {
    this.#options = options;
    this.#file = new SqliteFile(options.path, "create");
    try {
      this.#file.exec(pragmas);
      migrate(this.#file, stateKind);
      checkWhole(this.#file);
    } catch (error) {
      this.#file.close();
      throw error;
    }
    this.writer = new StateWriter(this.#file, options);
  }

  get pending(): Pending {
    return this.#pending;
  }

  /** For questions that only the tables can answer. */
  read(): SqliteFile {
    this.flush();
    return this.#file;
  }

  /** For questions that were answered from `pending` first. */
  get tables(): SqliteFile {
    return this.#file;
  }

  /** Holds the change back. Throws before taking it when what is held back already could not be written. */
  hold(change: ProjectionChange): void {
    if (this.#failure !== null) this.flush();
    for (const unit of change.units) this.#pending.addUnit(unit);
    this.#followDay(change);
    for (const link of change.links) this.#holdLink(link);
    for (const key of change.keys) this.#holdKey(key);
    this.#pending.addRows(change);
    this.#schedule();
  }

  flush(): void {
    if (this.#pending.isEmpty) return;
    try {
      this.writer.write(this.#pending);
    } catch (error) {
      this.#failure = error;
      throw error;
    }
    this.#failure = null;
    this.#pending = new Pending();
    this.#pendingSince = Infinity;
  }

  /** After rows were deleted: nothing may be taken for written any more. */
  forgetRecent(): void {
    this.#recent.clear();
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    try {
      this.flush();
    } finally {
      this.#file.close();
    }
  }

  #holdLink({ a, b }: Link): void {
    const [first, second] = [toKeyId(a), toKeyId(b)];
    if (first === second) return;
    const id = first < second ? `${first}\u0000${second}` : `${second}\u0000${first}`;
    if (this.#recent.add(id)) this.#pending.addLink(id, { a, b });
  }

  #holdKey(key: Key): void {
    const id: KeyId = toKeyId(key);
    if (this.#recent.add(id)) this.#pending.addKey(id, key);
  }

  #followDay(change: ProjectionChange): void {
    if (this.#pending.arrivedAt === 0 || change.units.length === 0) this.#pending.arrivedAt ||= this.#options.now();
    const day = keptDayOf(this.#pending.arrivedAt);
    if (day === this.#recentDay) return;
    this.#recentDay = day;
    this.#recent.clear();
  }

  /** By the clock inside a busy loop as well: timers don't run while promises keep resolving. */
  #schedule(): void {
    const time = performance.now();
    this.#pendingSince = Math.min(this.#pendingSince, time);
    if (time - this.#pendingSince >= this.#options.flushAfterMs || this.#pending.rows >= PENDING_ROWS_LIMIT) {
      this.#tryFlush();
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#tryFlush();
    }, this.#options.flushAfterMs).unref();
  }

  /** A failure is kept for the next commit or flush to tell; what is held back stays and is tried again. */
  #tryFlush(): void {
    try {
      this.flush();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
    }
  }
}

/** Reads the first pages of every table; a whole check would take minutes on a large store. */
const checkWhole = (file: SqliteFile): void => {
  const tables = file.all<{ name: string }>({
    sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  });
  for (const { name } of tables) file.get({ sql: `SELECT * FROM ${name} LIMIT 1` });
};
