import { nameForm } from "#lib/access/name-form.ts";
import { roles } from "#lib/access/role.ts";
import type { Access, Credentials, User, UserAccess } from "#lib/storage/access.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { AuditDraft } from "#lib/storage/audit.ts";
import { passwordLinks } from "#lib/storage/sqlite/control/password-links.ts";
import type { AuditChain } from "#lib/storage/sqlite/control/audit-chain.ts";
import type { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { numberOf, numberOrNullOf, oneOf, textOf, textOrNullOf, type Row } from "#lib/storage/sqlite/control/row.ts";
import { isConstraint } from "#lib/storage/sqlite/control/is-constraint.ts";

const languages = ["en", "zh"] as const;
const themes = ["light", "dark"] as const;

export const toUser = (row: Row): User => ({
  id: textOf(row, "id"),
  name: textOf(row, "name"),
  role: oneOf(row, "role", roles),
  disabled: numberOf(row, "disabled") === 1,
  hasPassword: textOf(row, "password_hash") !== "",
  sessionVersion: numberOf(row, "session_version"),
  createdAt: numberOf(row, "created_at"),
  lastSignInAt: numberOrNullOf(row, "last_sign_in_at"),
  language: row["language"] === null ? null : oneOf(row, "language", languages),
  theme: row["theme"] === null ? null : oneOf(row, "theme", themes),
  timeZone: textOrNullOf(row, "time_zone"),
  singleKeys: numberOf(row, "single_keys") === 1,
});

export const toCredentials = (row: Row): Credentials => ({
  passwordHash: textOf(row, "password_hash"),
  failedAttempts: numberOf(row, "failed_attempts"),
  lockedUntil: numberOrNullOf(row, "locked_until"),
});

type NewUser = Omit<Parameters<Access["createUser"]>[0], "passwordHash"> & { readonly passwordHash: string };

/** Inserts the account; call it inside a transaction. */
export const insertUser = (database: ControlDatabase, id: string, user: NewUser): User => {
  try {
    database.run(
      "INSERT INTO user (id, name, name_form, role, password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?)",
      id,
      user.name,
      nameForm(user.name),
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

/** Without a password nobody signs in: an administrator that still has to choose one is none yet. */
const isAdministrator = (row: Row): boolean =>
  textOf(row, "role") === "administrator" && numberOf(row, "disabled") === 0 && textOf(row, "password_hash") !== "";

const refuseWithoutAdministrator = (database: ControlDatabase): void => {
  if (database.all("SELECT * FROM user WHERE role = 'administrator'").some(isAdministrator)) return;
  throw new StorageError("conflict", "Nobody would be left who can sign in as administrator.");
};

export const sqliteUsers = (
  database: ControlDatabase,
  chain: AuditChain,
  { now, newId }: { readonly now: () => number; readonly newId: () => string },
): UserAccess => {
  const links = passwordLinks(database);
  /** Changes one account and tells of it; call it inside a transaction. `by` empty: the person. */
  const changeInside = (
    id: string,
    told: AuditDraft,
    set: string,
    ...values: readonly (string | number | null)[]
  ): void => {
    const row = database.get("SELECT * FROM user WHERE id = ?", id);
    if (row === null) throw new StorageError("conflict", "There is no such account.");
    database.run(`UPDATE user SET ${set} WHERE id = ?`, ...values, id);
    if (isAdministrator(row)) refuseWithoutAdministrator(database);
    const name = textOf(row, "name");
    const by = told.by === "" ? name : told.by;
    chain.append([{ at: now(), result: "done", object: `user:${name}`, ...told, by }]);
  };

  const change: typeof changeInside = (...input) => {
    database.transact(() => {
      changeInside(...input);
    });
  };

  const setPassword = (id: string, passwordHash: string, told: AuditDraft): void => {
    const set = "password_hash = ?, session_version = session_version + 1, failed_attempts = 0, locked_until = NULL";
    links.forget(id);
    changeInside(id, told, set, passwordHash);
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
      const row = database.get("SELECT * FROM user WHERE name_form = ?", nameForm(name));
      return row === null ? null : { ...toUser(row), ...toCredentials(row) };
    },
    async listUsers() {
      return database.all("SELECT * FROM user ORDER BY name_form").map(toUser);
    },
    async createUser(user, by) {
      const { passwordHash, ...rest } = user;
      const isInvited = typeof passwordHash !== "string";
      return database.transact(() => {
        const made = insertUser(database, newId(), { ...rest, passwordHash: isInvited ? "" : passwordHash });
        if (isInvited) links.save(made.id, passwordHash);
        const detail = { role: made.role, ...(isInvited && { passwordLink: true }) };
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
      database.transact(() => {
        setPassword(id, passwordHash, { action: "user.password_changed", by });
      });
    },
    async savePasswordLink(id, link, by) {
      const set = "password_hash = '', session_version = session_version + 1, failed_attempts = 0, locked_until = NULL";
      database.transact(() => {
        changeInside(id, { action: "user.password_link_made", by }, set);
        links.save(id, link);
      });
    },
    async findPasswordLink(secretHash, at) {
      const id = links.find(secretHash, at);
      const row = id === null ? null : database.get("SELECT * FROM user WHERE id = ?", id);
      return row === null ? null : toUser(row);
    },
    async usePasswordLink(secretHash, passwordHash, at) {
      return database.transact(() => {
        const id = links.find(secretHash, at);
        if (id === null) return null;
        setPassword(id, passwordHash, { action: "user.password_chosen", by: "", at });
        return toUser(database.get("SELECT * FROM user WHERE id = ?", id) ?? {});
      });
    },
    async setDisabled(id, disabled, by) {
      const told = { action: disabled ? "user.disabled" : "user.enabled", by };
      change(id, told, "disabled = ?, session_version = session_version + 1", disabled ? 1 : 0);
    },
    async savePreferences(id, { language, theme, timeZone, singleKeys }) {
      database.run(
        "UPDATE user SET language = ?, theme = ?, time_zone = ?, single_keys = ? WHERE id = ?",
        language,
        theme,
        timeZone,
        singleKeys ? 1 : 0,
        id,
      );
    },
    async recordSignIn(id, at) {
      const set = "last_sign_in_at = ?, failed_attempts = 0, locked_until = NULL";
      change(id, { action: "user.signed_in", by: "", at }, set, at);
    },
    async recordFailedSignIn(id, at, lockUntil) {
      const told: AuditDraft = { action: "user.sign_in_refused", by: "", at, result: "refused" };
      const detail = lockUntil === null ? {} : { detail: { lockedUntil: lockUntil } };
      change(id, { ...told, ...detail }, "failed_attempts = failed_attempts + 1, locked_until = ?", lockUntil);
    },
  };
};
