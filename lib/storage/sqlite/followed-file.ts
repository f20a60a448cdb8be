import { statSync } from "node:fs";
import { type FileKind, isCurrent, migrate } from "#lib/storage/sqlite/migrate.ts";
import { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

/** How often a reader looks whether the file it has open is still the one in the directory. */
const CHECK_AFTER_MS = 500;

const inodeOf = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.ino ?? null;

/**
 * A reader's view of a file that its writer may not have made yet, may be migrating, or may make anew: while there is none, an
 * empty one in memory stands in, so that every question has its ordinary empty answer.
 */
export class FollowedFile {
  readonly #path: string;
  readonly #kind: FileKind;
  #file: SqliteFile;
  #inode: number | null = null;
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
    const inode = inodeOf(this.#path);
    if (inode === this.#inode) return;
    const file = inode === null ? this.#openEmpty() : this.#openCurrent();
    if (file === null) return;
    this.#file.close();
    this.#file = file;
    this.#inode = inode;
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
      if (inodeOf(this.#path) === null) return null;
      throw error;
    }
    file.close();
    return null;
  }
}
