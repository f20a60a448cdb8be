import type { Audit, AuditEntry } from "#lib/storage/audit.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { findBreak, toChainedEntry, type AuditChain } from "#lib/storage/sqlite/control/audit-chain.ts";
import type { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { numberOf, textOf } from "#lib/storage/sqlite/control/row.ts";

/** Queued entries are chained this long after the first of them came. */
const flushAfterMs = 250;
/** While the disk takes nothing, this many wait; then `append` refuses rather than forget. */
const queueLimit = 10_000;

const cursorText = /^\d{1,15}$/;

/** Reads wait in a queue and are chained together: one write to disk for many. */
export const sqliteAudit = (database: ControlDatabase, chain: AuditChain): Audit & { close(): void } => {
  let queue: AuditEntry[] = [];
  let timer: NodeJS.Timeout | null = null;

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (queue.length === 0) return;
    const waiting = queue;
    database.transact(() => {
      chain.append(waiting);
    });
    queue = [];
  };

  const flushLater = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      try {
        flush();
      } catch {
        // still queued; a full or busy disk is tried again, and `append` refuses once the queue is full
        flushLater();
      }
    }, flushAfterMs).unref();
  };

  /** Where nothing can be written now, what is kept is read all the same. */
  const flushIfRoom = (): void => {
    try {
      flush();
    } catch (error) {
      if (!(error instanceof StorageError && error.retryable)) throw error;
      flushLater();
    }
  };

  return {
    async append(entries) {
      if (queue.length + entries.length > queueLimit) flush();
      if (queue.length + entries.length > queueLimit) throw new StorageError("full", "Too many audit entries at once.");
      queue.push(...entries);
      flushLater();
    },
    async list({ by, action, from, to, cursor, limit }) {
      flushIfRoom();
      if (cursor !== null && !cursorText.test(cursor)) {
        throw new StorageError("invalid_cursor", "The cursor is not one that this list gave out.");
      }
      const rows = database.all(
        `SELECT * FROM audit
          WHERE number < coalesce(?1, 9e15) AND at >= coalesce(?2, -9e15) AND at < coalesce(?3, 9e15)
            AND (?4 IS NULL OR by = ?4) AND (?5 IS NULL OR action = ?5)
          ORDER BY number DESC LIMIT ?6`,
        cursor === null ? null : Number(cursor),
        from ?? null,
        to ?? null,
        by ?? null,
        action ?? null,
        limit + 1,
      );
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(toChainedEntry),
        next: rows.length > limit && last !== undefined ? String(numberOf(last, "number")) : null,
      };
    },
    async heads(since) {
      flush();
      return database
        .all(
          // SQLite takes the bare column from the row that holds the maximum
          `SELECT process, max(sequence) AS sequence, hash FROM audit
            WHERE process IN (SELECT process FROM audit WHERE at >= ?) GROUP BY process ORDER BY process`,
          since ?? -9e15,
        )
        .map((row) => ({
          process: textOf(row, "process"),
          sequence: numberOf(row, "sequence"),
          hash: textOf(row, "hash"),
        }));
    },
    async verify() {
      flush();
      return findBreak(database);
    },
    close: flush,
  };
};
