import { migrate } from "#lib/storage/sqlite/migrate.ts";
import { intakeKind } from "#lib/storage/sqlite/intake-schema.ts";
import { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

/** FULL: what is in here can't be made again from anything else. */
const pragmas = `
  PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -4000;
  PRAGMA journal_size_limit = 16777216;`;

export const openIntake = (path: string): SqliteFile => {
  const file = new SqliteFile(path, "create");
  try {
    file.exec(pragmas);
    migrate(file, intakeKind);
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
};
