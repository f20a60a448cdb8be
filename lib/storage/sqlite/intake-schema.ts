import type { FileKind } from "#lib/storage/sqlite/migrate.ts";

/** What is kept beside events and can't be made again from them: dead letters, heartbeats, and the newest segment name ever given. */
export const intakeKind: FileKind = {
  name: "intake",
  steps: [
    `
    CREATE TABLE dead_letter (
      id INTEGER PRIMARY KEY AUTOINCREMENT, received_at INTEGER NOT NULL, reason TEXT NOT NULL, source TEXT, redriven_at INTEGER,
      path TEXT NOT NULL, cut INTEGER NOT NULL, text TEXT NOT NULL, allowed TEXT, backfill INTEGER NOT NULL
    );
    CREATE INDEX dead_letter_by_time ON dead_letter (received_at);
    CREATE INDEX dead_letter_by_reason ON dead_letter (reason, received_at);
    CREATE INDEX dead_letter_by_source ON dead_letter (source, received_at);
    CREATE INDEX dead_letter_open ON dead_letter (received_at) WHERE redriven_at IS NULL;
    CREATE TABLE heartbeat (source TEXT PRIMARY KEY, at INTEGER NOT NULL, arrived_at INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE segment_name (only INTEGER PRIMARY KEY CHECK (only = 1), newest TEXT NOT NULL);
    `,
    // Grows whenever events were taken out of segments: readers then open those anew.
    "CREATE TABLE forgetting (only INTEGER PRIMARY KEY CHECK (only = 1), revision INTEGER NOT NULL); INSERT INTO forgetting VALUES (1, 0)",
  ],
};
