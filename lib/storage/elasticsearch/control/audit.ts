import type { estypes } from "@elastic/elasticsearch";
import type { Audit, AuditEntry, ChainedEntry } from "#lib/storage/audit.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import {
  type AuditChain,
  type KeptEntry,
  refuseWithoutMoment,
} from "#lib/storage/elasticsearch/control/audit-chain.ts";
import { readCursor, toCursor } from "#lib/storage/elasticsearch/control/audit-cursor.ts";
import { readKept } from "#lib/storage/elasticsearch/control/documents.ts";
import { auditSchema } from "#lib/storage/elasticsearch/control/schema.ts";
import { readHeads } from "#lib/storage/elasticsearch/control/read-heads.ts";
import { findBreak } from "#lib/storage/elasticsearch/control/verify-chains.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** Queued entries are chained this long after the first of them came. */
const flushAfterMs = 250;
/** While the cluster takes nothing, this many wait; then `append` refuses rather than forget. */
const queueLimit = 10_000;

interface ClusterAudit extends Audit {
  close(): Promise<void>;
}

/** Reads wait in a queue and are chained together. `settle` does what was decided and not done, so that its entries are listed too. */
export function clusterAudit(cluster: Cluster, chain: AuditChain, settle: () => Promise<void>): ClusterAudit {
  const index = cluster.aliasOf(auditSchema);
  const queue: AuditEntry[] = [];
  let timer: NodeJS.Timeout | null = null;

  const flush = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    try {
      await chain.appendAll(queue);
    } catch (error) {
      // still queued: tried again, and `append` refuses once the queue is full
      flushLater();
      throw error;
    }
  };
  const flushLater = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      flush().catch(() => undefined);
    }, flushAfterMs).unref();
  };
  /** Where nothing can be written now, what is kept is read all the same. */
  const flushIfRoom = async (): Promise<void> => {
    await flush().catch((error: unknown) => {
      if (!(error instanceof StorageError && error.retryable)) throw error;
    });
  };
  const seeAll = async (): Promise<void> => {
    await Promise.all([flush(), settle()]);
    await cluster.refresh(index);
  };

  return {
    async append(entries) {
      entries.forEach(refuseWithoutMoment);
      if (queue.length + entries.length > queueLimit) await flush();
      if (queue.length + entries.length > queueLimit) throw new StorageError("full", "Too many audit entries at once.");
      queue.push(...entries);
      flushLater();
    },
    async list({ by, action, from, to, cursor, limit }) {
      const after = cursor === null ? null : readCursor(cursor);
      await Promise.all([flushIfRoom(), settle()]);
      const filter: estypes.QueryDslQueryContainer[] = [
        ...(by === undefined ? [] : [{ term: { by } }]),
        ...(action === undefined ? [] : [{ term: { action } }]),
        { range: { at: { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lt: to }) } } },
      ];
      const answer = await cluster.search<KeptEntry>(index, {
        query: { bool: { filter } },
        sort: [{ at: "desc" }, { sequence: "desc" }, { process: "desc" }],
        size: limit + 1,
        ...(after === null ? {} : { search_after: after }),
      });
      const entries = answer.hits.hits.flatMap(({ _source }) => (_source === undefined ? [] : [toChained(_source)]));
      const items = entries.slice(0, limit);
      const last = items.at(-1);
      return { items, next: entries.length > limit && last !== undefined ? toCursor(last) : null };
    },
    async heads(since) {
      await seeAll();
      return await readHeads(cluster, since);
    },
    async verify() {
      await seeAll();
      const found = await findBreak(cluster);
      if (found === null) return null;
      // An entry may have come into view before the one it follows, where a month ends between them: looked at again.
      await cluster.refresh(index);
      return await findBreak(cluster);
    },
    async close() {
      try {
        await flush();
      } finally {
        if (timer !== null) clearTimeout(timer);
      }
    },
  };
}

export const toChained = ({ detail, ...entry }: KeptEntry): ChainedEntry =>
  detail === null ? entry : { ...entry, detail: readKept<Readonly<Record<string, unknown>>>(detail).value };
