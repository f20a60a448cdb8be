import type { FileKind } from "#lib/storage/sqlite/migrate.ts";

/**
 * Everything derived from events. Texts that repeat in every row (flows, steps, hops) stand once in `series`; bodies are the port's
 * own rows as JSON, columns beside them only what is searched or sorted by. `kept_day`: day of the newest arrival, for retention.
 */
export const stateKind: FileKind = {
  name: "state",
  steps: [
    `
    CREATE TABLE position (only INTEGER PRIMARY KEY CHECK (only = 1), place TEXT NOT NULL);
    CREATE TABLE expiry (only INTEGER PRIMARY KEY CHECK (only = 1), before INTEGER NOT NULL);
    CREATE TABLE series (id INTEGER PRIMARY KEY, flow TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (flow, name));

    CREATE TABLE unit (
      id INTEGER PRIMARY KEY, unit TEXT NOT NULL UNIQUE, flow TEXT NOT NULL, kept_day INTEGER NOT NULL, body TEXT NOT NULL
    );
    CREATE INDEX unit_by_day ON unit (kept_day);
    CREATE TABLE alias_unit (flow TEXT NOT NULL, alias TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (flow, alias, unit)) WITHOUT ROWID;
    CREATE TABLE primary_type (flow TEXT NOT NULL, type TEXT NOT NULL, PRIMARY KEY (flow, type)) WITHOUT ROWID;

    CREATE TABLE link (
      type TEXT NOT NULL, value TEXT NOT NULL, other_type TEXT NOT NULL, other_value TEXT NOT NULL, kept_day INTEGER NOT NULL,
      PRIMARY KEY (type, value, other_type, other_value)
    ) WITHOUT ROWID;
    CREATE TABLE key_beginning (
      form TEXT NOT NULL, value TEXT NOT NULL, type TEXT NOT NULL, kept_day INTEGER NOT NULL, PRIMARY KEY (form, value, type)
    ) WITHOUT ROWID;
    CREATE TABLE key_ending (
      form TEXT NOT NULL, value TEXT NOT NULL, type TEXT NOT NULL, PRIMARY KEY (form, value, type)
    ) WITHOUT ROWID;

    CREATE TABLE journey (
      id INTEGER PRIMARY KEY, flow INTEGER NOT NULL, primary_value TEXT NOT NULL, state INTEGER NOT NULL, started_at INTEGER NOT NULL,
      since INTEGER NOT NULL, failure INTEGER, wake_at INTEGER, wake_source TEXT, wake_after INTEGER, wake_step TEXT,
      kept_day INTEGER NOT NULL, body TEXT NOT NULL
    );
    CREATE UNIQUE INDEX journey_by_primary ON journey (flow, primary_value);
    CREATE INDEX journey_by_state ON journey (flow, state, started_at, primary_value);
    CREATE INDEX journey_by_failure_start ON journey (failure, started_at, primary_value) WHERE failure IS NOT NULL;
    CREATE INDEX journey_by_failure_since ON journey (failure, since) WHERE failure IS NOT NULL;
    CREATE INDEX journey_by_wake ON journey (wake_at) WHERE wake_at IS NOT NULL;
    CREATE INDEX journey_by_source ON journey (wake_source, wake_after) WHERE wake_source IS NOT NULL;
    CREATE INDEX journey_by_step ON journey (flow, wake_step, primary_value) WHERE wake_step IS NOT NULL;
    CREATE INDEX journey_by_day ON journey (kept_day);
    CREATE TABLE further_wait (
      journey INTEGER NOT NULL, flow INTEGER NOT NULL, primary_value TEXT NOT NULL, source TEXT, after INTEGER, step TEXT
    );
    CREATE INDEX further_wait_by_journey ON further_wait (journey);
    CREATE INDEX further_wait_by_source ON further_wait (source, after) WHERE source IS NOT NULL;
    CREATE INDEX further_wait_by_step ON further_wait (flow, step, primary_value) WHERE step IS NOT NULL;

    CREATE TABLE state_count (flow INTEGER NOT NULL, state INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (flow, state)) WITHOUT ROWID;
    CREATE TABLE failure (
      id INTEGER PRIMARY KEY, flow TEXT NOT NULL, state INTEGER NOT NULL, step TEXT, reason TEXT, error_class TEXT, field TEXT,
      system TEXT, point TEXT, signature TEXT, identity TEXT NOT NULL UNIQUE, count INTEGER NOT NULL
    );
    CREATE INDEX failure_by_step ON failure (flow, step, reason);
    CREATE TABLE due (
      series INTEGER NOT NULL, due_at INTEGER NOT NULL, journey INTEGER NOT NULL, arrived INTEGER NOT NULL,
      PRIMARY KEY (series, due_at, journey)
    ) WITHOUT ROWID;
    CREATE TABLE latency (
      series INTEGER NOT NULL, at INTEGER NOT NULL, latency INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (series, at, latency)
    ) WITHOUT ROWID;
    CREATE TABLE latency_sketch (
      series INTEGER NOT NULL, width INTEGER NOT NULL, at INTEGER NOT NULL, sketch BLOB NOT NULL, PRIMARY KEY (series, width, at)
    ) WITHOUT ROWID;

    CREATE TABLE source (source TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE reporter (
      flow TEXT NOT NULL, step TEXT NOT NULL, source TEXT NOT NULL, newest_event_at INTEGER NOT NULL, PRIMARY KEY (flow, step, source)
    ) WITHOUT ROWID;
    `,
    // Endings stand in parts, each filled in turn: `part` of a beginning says in which its ending is.
    `
    ALTER TABLE key_beginning ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE key_ending RENAME TO key_ending_in_one;
    CREATE TABLE key_ending (
      part INTEGER NOT NULL, form TEXT NOT NULL, value TEXT NOT NULL, type TEXT NOT NULL, PRIMARY KEY (part, form, value, type)
    ) WITHOUT ROWID;
    INSERT INTO key_ending SELECT 0, form, value, type FROM key_ending_in_one ORDER BY form, value, type;
    DROP TABLE key_ending_in_one;
    CREATE TABLE key_part (part INTEGER PRIMARY KEY, keys INTEGER NOT NULL);
    INSERT INTO key_part SELECT 0, count(*) FROM key_ending;
    `,
  ],
};
