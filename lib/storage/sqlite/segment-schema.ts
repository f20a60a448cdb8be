import type { FileKind } from "#lib/storage/sqlite/migrate.ts";

/** Events as they arrived. `posting` holds a batch's index entries until the segment is sealed; then the sorted pages and filters replace them. */
export const segmentKind: FileKind = {
  name: "event segment",
  steps: [
    `
    CREATE TABLE segment (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      sealed INTEGER NOT NULL,
      events INTEGER NOT NULL,
      newest_arrival INTEGER NOT NULL,
      oldest_event_time INTEGER NOT NULL,
      newest_event_time INTEGER NOT NULL
    );
    INSERT INTO segment VALUES (1, 0, 0, 0, 9007199254740991, 0);
    CREATE TABLE block (first INTEGER PRIMARY KEY, lines BLOB NOT NULL);
    CREATE TABLE tail (event INTEGER PRIMARY KEY, line TEXT NOT NULL);
    CREATE TABLE posting (first INTEGER PRIMARY KEY, identities BLOB NOT NULL, keys BLOB NOT NULL);
    CREATE TABLE identity_page (first INTEGER PRIMARY KEY, entries BLOB NOT NULL);
    CREATE TABLE key_page (first INTEGER PRIMARY KEY, entries BLOB NOT NULL);
    CREATE TABLE filter (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE failed (id INTEGER PRIMARY KEY, event_time INTEGER NOT NULL, flow TEXT NOT NULL, body TEXT NOT NULL);
    CREATE INDEX failed_by_time ON failed (event_time, flow);
    `,
    "ALTER TABLE segment ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0",
  ],
};
