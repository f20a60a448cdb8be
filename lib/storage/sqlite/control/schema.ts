/** Marks the file as Hopline's control store ("Hopc"). */
export const applicationId = 0x486f7063;

/** Forward migrations; the schema version (`user_version`) is how many have run. Never change one that was released: add the next. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE revision (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL) STRICT;
  INSERT INTO revision VALUES (1, 0);

  CREATE TABLE flow (
    flow TEXT PRIMARY KEY,
    declared_in TEXT NOT NULL CHECK (declared_in IN ('file', 'console')),
    active INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE flow_version (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    flow TEXT NOT NULL REFERENCES flow,
    hash TEXT NOT NULL,
    from_time INTEGER,
    saved_at INTEGER NOT NULL,
    declared_in TEXT NOT NULL,
    text TEXT NOT NULL,
    declaration TEXT NOT NULL
  ) STRICT;
  CREATE INDEX flow_version_order ON flow_version (flow, from_time, number);

  CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE user (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_form TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0,
    session_version INTEGER NOT NULL DEFAULT 1,
    failed_attempts INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER,
    created_at INTEGER NOT NULL,
    last_sign_in_at INTEGER,
    language TEXT,
    theme TEXT,
    time_zone TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE token (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    role TEXT NOT NULL,
    sources TEXT NOT NULL,
    systems TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    last_used_at INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE setup_link (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    secret_hash TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    process TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    result TEXT NOT NULL,
    detail TEXT,
    hash TEXT NOT NULL,
    UNIQUE (process, sequence)
  ) STRICT;
  CREATE INDEX audit_at ON audit (at);
  CREATE INDEX audit_by ON audit (by);

  CREATE TABLE request (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    input TEXT NOT NULL,
    by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    output TEXT
  ) STRICT;
  CREATE INDEX request_open ON request (state, number) WHERE state IN ('waiting', 'running');
  `,
  `
  CREATE TABLE closing_revision (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL) STRICT;
  INSERT INTO closing_revision VALUES (1, 0);
  CREATE TABLE closing (
    flow TEXT NOT NULL,
    primary_value TEXT NOT NULL,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (flow, primary_value)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE note (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    flow TEXT NOT NULL,
    primary_value TEXT NOT NULL,
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    by TEXT NOT NULL,
    text TEXT NOT NULL,
    deleted_at INTEGER
  ) STRICT;
  CREATE INDEX note_by_journey ON note (flow, primary_value, number);
  CREATE INDEX note_deleted ON note (deleted_at) WHERE deleted_at IS NOT NULL;
  `,
  `
  ALTER TABLE user ADD COLUMN single_keys INTEGER NOT NULL DEFAULT 1;
  `,
];
