import { StorageError } from "#lib/storage/storage-error.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

/** A kind of file: `steps[n]` brings a file from version n to n + 1. Steps once released never change. */
export interface FileKind {
  readonly name: string;
  readonly steps: readonly string[];
}

const versionOf = (file: SqliteFile): number =>
  file.get<{ user_version: number }>({ sql: "PRAGMA user_version" })?.user_version ?? 0;

const refuseNewer = (file: SqliteFile, kind: FileKind, version: number): void => {
  if (version <= kind.steps.length) return;
  throw new StorageError(
    "newer_version",
    `${file.path} has ${kind.name} version ${version}, this Hopline knows up to ${kind.steps.length}. Start the newer Hopline that wrote it, or put back a backup made before`,
  );
};

/** Brings a file to the newest version, all steps in one transaction. StorageError `newer_version` for a file from the future. */
export const migrate = (file: SqliteFile, kind: FileKind): void => {
  const version = versionOf(file);
  refuseNewer(file, kind, version);
  if (version === kind.steps.length) return;
  file.transaction(() => {
    for (const step of kind.steps.slice(version)) file.exec(step);
    file.exec(`PRAGMA user_version = ${kind.steps.length}`);
  });
};

/** For readers: true when the file can be read by this Hopline now, false while its writer has not made or migrated it yet. */
export const isCurrent = (file: SqliteFile, kind: FileKind): boolean => {
  const version = versionOf(file);
  refuseNewer(file, kind, version);
  return version === kind.steps.length;
};
