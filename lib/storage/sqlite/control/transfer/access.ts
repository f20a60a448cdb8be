import { nameForm } from "#lib/access/name-form.ts";
import type { TransferItems, TransferKinds } from "#lib/storage/transfer.ts";
import type { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { passwordLinks } from "#lib/storage/sqlite/control/password-links.ts";
import { numberOf, textOf, type Row } from "#lib/storage/sqlite/control/row.ts";
import { toToken } from "#lib/storage/sqlite/control/tokens.ts";
import { countRows } from "#lib/storage/sqlite/control/transfer/count-rows.ts";
import { toCredentials, toUser } from "#lib/storage/sqlite/control/users.ts";
import { placeAfter, toPage } from "#lib/storage/sqlite/transfer/page.ts";

/** Accounts with what they sign in by, tokens, links. */
export const sqliteAccessTransfer = (
  database: ControlDatabase,
): Pick<TransferKinds, "user" | "setupLink" | "token"> => {
  const links = passwordLinks(database);
  const toKeptUser = (row: Row): TransferItems["user"] => {
    const { hasPassword: _, ...user } = toUser(row);
    return { ...user, ...toCredentials(row), passwordLink: links.of(user.id) };
  };
  const listSetupLinks = (): readonly TransferItems["setupLink"][] =>
    database.all("SELECT * FROM setup_link").map((row) => ({
      secretHash: textOf(row, "secret_hash"),
      expiresAt: numberOf(row, "expires_at"),
    }));
  return {
    user: {
      count: async () => countRows(database, "user"),
      async read(after, limit) {
        const sql = "SELECT * FROM user WHERE id > ? ORDER BY id LIMIT ?";
        const rows = database.all(sql, ...placeAfter(after, [""]), limit);
        return toPage(rows, limit, toKeptUser, (row) => [textOf(row, "id")]);
      },
      async write(users) {
        database.transact(() => {
          for (const user of users) {
            writeUser(database, user);
            if (user.passwordLink === null) links.forget(user.id);
            else links.save(user.id, user.passwordLink);
          }
        });
      },
    },
    setupLink: {
      count: async () => listSetupLinks().length,
      read: async () => ({ items: listSetupLinks(), next: null }),
      async write(items) {
        database.transact(() => {
          for (const { secretHash, expiresAt } of items) {
            database.run("INSERT OR REPLACE INTO setup_link VALUES (1, ?, ?)", secretHash, expiresAt);
          }
        });
      },
    },
    token: {
      count: async () => countRows(database, "token"),
      async read(after, limit) {
        const sql = "SELECT * FROM token WHERE id > ? ORDER BY id LIMIT ?";
        const rows = database.all(sql, ...placeAfter(after, [""]), limit);
        const toItem = (row: Row): TransferItems["token"] => ({
          ...toToken(row),
          secretHash: textOf(row, "secret_hash"),
        });
        return toPage(rows, limit, toItem, (row) => [textOf(row, "id")]);
      },
      async write(tokens) {
        database.transact(() => {
          for (const token of tokens) writeToken(database, token);
        });
      },
    },
  };
};

const writeUser = (database: ControlDatabase, user: TransferItems["user"]): void => {
  database.run(
    `INSERT OR REPLACE INTO user (id, name, name_form, role, password_hash, disabled, session_version, failed_attempts,
       locked_until, created_at, last_sign_in_at, language, theme, time_zone, single_keys)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    user.id,
    user.name,
    nameForm(user.name),
    user.role,
    user.passwordHash,
    user.disabled ? 1 : 0,
    user.sessionVersion,
    user.failedAttempts,
    user.lockedUntil,
    user.createdAt,
    user.lastSignInAt,
    user.language,
    user.theme,
    user.timeZone,
    user.singleKeys ? 1 : 0,
  );
};

const writeToken = (database: ControlDatabase, token: TransferItems["token"]): void => {
  database.run(
    `INSERT OR REPLACE INTO token (id, name, secret_hash, scopes, role, sources, systems, created_at, expires_at, revoked_at,
       last_used_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    token.id,
    token.name,
    token.secretHash,
    JSON.stringify(token.scopes),
    token.role,
    JSON.stringify(token.sources),
    JSON.stringify(token.systems),
    token.createdAt,
    token.expiresAt,
    token.revokedAt,
    token.lastUsedAt,
  );
};
