import { roles } from "#lib/access/role.ts";
import { tokenScopes } from "#lib/access/token-scope.ts";
import type { Access, Token } from "#lib/storage/access.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { AuditChain } from "#lib/storage/sqlite/control/audit-chain.ts";
import type { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { numberOf, numberOrNullOf, oneOf, textOf, textsOf, type Row } from "#lib/storage/sqlite/control/row.ts";
import { insertUser } from "#lib/storage/sqlite/control/users.ts";

/** `lastUsedAt` is for people: written at most this often a token. */
const useNotedEveryMs = 60_000;

export const toToken = (row: Row): Token => ({
  id: textOf(row, "id"),
  name: textOf(row, "name"),
  scopes: textsOf(row, "scopes").flatMap((text) => tokenScopes.filter((scope) => scope === text)),
  role: oneOf(row, "role", roles),
  sources: textsOf(row, "sources"),
  systems: textsOf(row, "systems"),
  createdAt: numberOf(row, "created_at"),
  expiresAt: numberOrNullOf(row, "expires_at"),
  revokedAt: numberOrNullOf(row, "revoked_at"),
  lastUsedAt: numberOrNullOf(row, "last_used_at"),
});

export type TokenAccess = Pick<
  Access,
  "createToken" | "findToken" | "listTokens" | "revokeToken" | "saveSetupLink" | "useSetupLink"
>;

export const sqliteTokens = (
  database: ControlDatabase,
  chain: AuditChain,
  { now, newId }: { readonly now: () => number; readonly newId: () => string },
): TokenAccess => {
  const noteUse = (token: Token): void => {
    const at = now();
    if (token.revokedAt !== null || (token.lastUsedAt !== null && at - token.lastUsedAt < useNotedEveryMs)) return;
    try {
      database.run("UPDATE token SET last_used_at = ? WHERE id = ?", at, token.id);
    } catch (error) {
      // a full or busy disk must not shut a good token out
      if (!(error instanceof StorageError && error.retryable)) throw error;
    }
  };

  return {
    async createToken(token, by) {
      const id = newId();
      return database.transact(() => {
        database.run(
          `INSERT INTO token (id, name, secret_hash, scopes, role, sources, systems, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          id,
          token.name,
          token.secretHash,
          JSON.stringify(token.scopes),
          token.role,
          JSON.stringify(token.sources),
          JSON.stringify(token.systems),
          token.createdAt,
          token.expiresAt,
        );
        const { scopes, role, sources, systems } = token;
        const detail = { scopes, role, sources, systems, expiresAt: token.expiresAt };
        chain.append([
          { at: token.createdAt, by, action: "token.created", object: `token:${token.name}`, result: "done", detail },
        ]);
        return toToken(database.get("SELECT * FROM token WHERE id = ?", id) ?? {});
      });
    },
    async findToken(secretHash) {
      const row = database.get("SELECT * FROM token WHERE secret_hash = ?", secretHash);
      if (row === null) return null;
      const token = toToken(row);
      noteUse(token);
      return token;
    },
    async listTokens() {
      return database.all("SELECT * FROM token ORDER BY created_at, id").map(toToken);
    },
    async revokeToken(id, at, by) {
      return database.transact(() => {
        const row = database.get(
          "UPDATE token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL RETURNING name",
          at,
          id,
        );
        if (row === null) return false;
        chain.append([{ at, by, action: "token.revoked", object: `token:${textOf(row, "name")}`, result: "done" }]);
        return true;
      });
    },
    async saveSetupLink(secretHash, expiresAt) {
      database.transact(() => {
        if (database.get("SELECT 1 FROM user LIMIT 1") !== null) {
          throw new StorageError("conflict", "Hopline is set up already: there is an account.");
        }
        database.run(
          "INSERT OR REPLACE INTO setup_link (one, secret_hash, expires_at) VALUES (1, ?, ?)",
          secretHash,
          expiresAt,
        );
      });
    },
    async useSetupLink(secretHash, user) {
      return database.transact(() => {
        const used = database.get("DELETE FROM setup_link WHERE secret_hash = ? RETURNING expires_at", secretHash);
        if (used === null || numberOf(used, "expires_at") <= user.createdAt) return null;
        if (database.get("SELECT 1 FROM user LIMIT 1") !== null) return null;
        const made = insertUser(database, newId(), { ...user, role: "administrator" });
        const detail = { role: made.role, setUpLink: true };
        chain.append([
          {
            at: user.createdAt,
            by: made.name,
            action: "user.created",
            object: `user:${made.name}`,
            result: "done",
            detail,
          },
        ]);
        return made;
      });
    },
  };
};
