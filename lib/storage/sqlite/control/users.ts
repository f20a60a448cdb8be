import { roles } from "#lib/access/role.ts";
import type { Access, Credentials, User } from "#lib/storage/access.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { AuditEntry } from "#lib/storage/audit.ts";
import type { AuditChain } from "#lib/storage/sqlite/control/audit-chain.ts";
import type { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { numberOf, numberOrNullOf, oneOf, textOf, textOrNullOf, type Row } from "#lib/storage/sqlite/control/row.ts";
import { isConstraint } from "#lib/storage/sqlite/control/is-constraint.ts";

const languages = ["en", "zh"] as const;
const themes = ["light", "dark"] as const;

/** Names that people would take for the same are the same. */
const formOf = (name: string): string => name.normalize("NFKC").trim().toLowerCase();

const toUser = (row: Row): User => ({
  id: textOf(row, "id"),
  name: textOf(row, "name"),
  role: oneOf(row, "role", roles),
  disabled: numberOf(row, "disabled") === 1,
  sessionVersion: numberOf(row, "session_version"),
  createdAt: numberOf(row, "created_at"),
  lastSignInAt: numberOrNullOf(row, "last_sign_in_at"),
  language: row["language"] === null ? null : oneOf(row, "language", languages),
  theme: row["theme"] === null ? null : oneOf(row, "theme", themes),
  timeZone: textOrNullOf(row, "time_zone"),
});

const toCredentials = (row: Row): Credentials => ({
  passwordHash: textOf(row, "password_hash"),
  failedAttempts: numberOf(row, "failed_attempts"),
  lockedUntil: numberOrNullOf(row, "locked_until"),
});

type NewUser = Parameters<Access["createUser"]>[0];

/** Inserts the account; call it inside a transaction. */
export const insertUser = (database: ControlDatabase, id: string, user: NewUser): User => {
  try {
    database.run(
      "INSERT INTO user (id, name, name_form, role, password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?)",
      id,
      user.name,
      formOf(user.name),
      user.role,
      user.passwordHash,
      user.createdAt,
    );
  } catch (error) {
    if (isConstraint(error)) throw new StorageError("conflict", `The name "${user.name}" is taken.`, error);
    throw error;
  }
  return toUser(database.get("SELECT * FROM user WHERE id = ?", id) ?? {});
};

export type UserAccess = Pick<
  Access,
  | "countUsers"
  | "findUser"
  | "findUserByName"
  | "listUsers"
  | "createUser"
  | "changeRole"
  | "changePassword"
  | "setDisabled"
  | "savePreferences"
  | "recordSignIn"
  | "recordFailedSignIn"
>;

export const sqliteUsers = (
  database: ControlDatabase,
  chain: AuditChain,
  { now, newId }: { readonly now: () => number; readonly newId: () => string },
): UserAccess => {
  type Told = Pick<AuditEntry, "action" | "by"> & Partial<Pick<AuditEntry, "detail" | "at" | "result">>;

  /** Changes one account and tells of it, both or neither. `by` empty: the person. */
  const change = (id: string, told: Told, set: string, ...values: readonly (string | number | null)[]): void => {
    database.transact(() => {
      const row = database.get("SELECT name FROM user WHERE id = ?", id);
      if (row === null) throw new StorageError("conflict", "There is no such account.");
      database.run(`UPDATE user SET ${set} WHERE id = ?`, ...values, id);
      const name = textOf(row, "name");
      const by = told.by === "" ? name : told.by;
      chain.append([{ at: now(), result: "done", object: `user:${name}`, ...told, by }]);
    });
  };

  return {
    async countUsers() {
      return numberOf(database.get("SELECT count(*) AS users FROM user") ?? {}, "users");
    },
    async findUser(id) {
      const row = database.get("SELECT * FROM user WHERE id = ?", id);
      return row === null ? null : toUser(row);
    },
    async findUserByName(name) {
      const row = database.get("SELECT * FROM user WHERE name_form = ?", formOf(name));
      return row === null ? null : { ...toUser(row), ...toCredentials(row) };
    },
    async listUsers() {
      return database.all("SELECT * FROM user ORDER BY name_form").map(toUser);
    },
    async createUser(user, by) {
      return database.transact(() => {
        const made = insertUser(database, newId(), user);
        const detail = { role: made.role };
        chain.append([
          { at: user.createdAt, by, action: "user.created", object: `user:${made.name}`, result: "done", detail },
        ]);
        return made;
      });
    },
    async changeRole(id, role, by) {
      const told = { action: "user.role_changed", by, detail: { role } };
      change(id, told, "role = ?, session_version = session_version + 1", role);
    },
    async changePassword(id, passwordHash, by) {
      const set = "password_hash = ?, session_version = session_version + 1, failed_attempts = 0, locked_until = NULL";
      change(id, { action: "user.password_changed", by }, set, passwordHash);
    },
    async setDisabled(id, disabled, by) {
      const told = { action: disabled ? "user.disabled" : "user.enabled", by };
      change(id, told, "disabled = ?, session_version = session_version + 1", disabled ? 1 : 0);
    },
    async savePreferences(id, { language, theme, timeZone }) {
      database.run(
        "UPDATE user SET language = ?, theme = ?, time_zone = ? WHERE id = ?",
        language,
        theme,
        timeZone,
        id,
      );
    },
    async recordSignIn(id, at) {
      const set = "last_sign_in_at = ?, failed_attempts = 0, locked_until = NULL";
      change(id, { action: "user.signed_in", by: "", at }, set, at);
    },
    async recordFailedSignIn(id, at, lockUntil) {
      const told: Told = { action: "user.sign_in_refused", by: "", at, result: "refused" };
      const detail = lockUntil === null ? {} : { detail: { lockedUntil: lockUntil } };
      change(id, { ...told, ...detail }, "failed_attempts = failed_attempts + 1, locked_until = ?", lockUntil);
    },
  };
};
