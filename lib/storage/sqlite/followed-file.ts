import { statSync } from "node:fs";
import { type FileKind, isCurrent, migrate } from "#lib/storage/sqlite/migrate.ts";
import { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

/** How often a reader looks whether the file it has open is still the one in the directory. */
const CHECK_AFTER_MS = 500;

/** Which file stands under the path: numbers of deleted files are given again at once, so the time of birth is part of it. */
const identityOf = (path: string): string | null => {
  const file = statSync(path, { throwIfNoEntry: false });
  return file === undefined ? null : `${file.ino}/${file.birthtimeMs}`;
};

/**
 * A reader's view of a file that its writer may not have made yet, may be migrating, or may make anew: while there is none, an
 * empty one in memory stands in, so that every question has its ordinary empty answer.
 */
export class FollowedFile {
  readonly #path: string;
  readonly #kind: FileKind;
  #file: SqliteFile;
  #identity: string | null = null;
  #checkedAt = -Infinity;

  constructor(path: string, kind: FileKind) {
    this.#path = path;
    this.#kind = kind;
    this.#file = this.#openEmpty();
    this.check();
  }

  read(): SqliteFile {
    if (performance.now() - this.#checkedAt > CHECK_AFTER_MS) this.check();
    return this.#file;
  }

  check(): void {
    this.#checkedAt = performance.now();
    const identity = identityOf(this.#path);
    if (identity === this.#identity) return;
    const file = identity === null ? this.#openEmpty() : this.#openCurrent();
    if (file === null) return;
    this.#file.close();
    this.#file = file;
    this.#identity = identity;
  }

  close(): void {
    this.#file.close();
  }

  #openEmpty(): SqliteFile {
    const file = new SqliteFile(":memory:", "create");
    migrate(file, this.#kind);
    return file;
  }

  /** null while the writer has not made or migrated it. */
  #openCurrent(): SqliteFile | null {
    let file: SqliteFile | null = null;
    try {
      file = new SqliteFile(this.#path, "read");
      if (isCurrent(file, this.#kind)) {
        file.exec("PRAGMA cache_size = -32000");
        return file;
      }
    } catch (error) {
      file?.close();
      if (identityOf(this.#path) === null) return null;
      throw error;
    }
    file.close();
    return null;
  }
}
