import type { PasswordLink } from "#lib/storage/access.ts";
import type { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { fieldsOf, textOf } from "#lib/storage/sqlite/control/row.ts";

const prefix = "password-link.";

interface PasswordLinks {
  save(userId: string, link: PasswordLink): void;
  /** The account's id; null where the link is unknown, replaced or expired. */
  find(secretHash: string, at: number): string | null;
  /** Whatever became of it; null where there is none. */
  of(userId: string): PasswordLink | null;
  forget(userId: string): void;
}

/** One link an account, kept as a setting that nobody follows: the revision of the definitions stays. */
export const passwordLinks = (database: ControlDatabase): PasswordLinks => ({
  save(userId, link) {
    database.run(
      "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
      `${prefix}${userId}`,
      JSON.stringify(link),
    );
  },
  find(secretHash, at) {
    const rows = database.all("SELECT name, value FROM setting WHERE name >= ? AND name < ?", prefix, `${prefix}~`);
    const found = rows.find((row) => {
      const { secretHash: known, expiresAt } = fieldsOf(row, "value");
      return known === secretHash && typeof expiresAt === "number" && expiresAt > at;
    });
    return found === undefined ? null : textOf(found, "name").slice(prefix.length);
  },
  of(userId) {
    const row = database.get("SELECT value FROM setting WHERE name = ?", `${prefix}${userId}`);
    if (row === null) return null;
    const { secretHash, expiresAt } = fieldsOf(row, "value");
    return typeof secretHash === "string" && typeof expiresAt === "number" ? { secretHash, expiresAt } : null;
  },
  forget(userId) {
    database.run("DELETE FROM setting WHERE name = ?", `${prefix}${userId}`);
  },
});
