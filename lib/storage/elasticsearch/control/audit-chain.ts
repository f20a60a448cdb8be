import { createHash } from "node:crypto";
import { chainText } from "#lib/audit/chain-text.ts";
import type { AuditEntry, ChainedEntry } from "#lib/storage/audit.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { auditSchema } from "#lib/storage/elasticsearch/control/schema.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** An entry as it is kept: `detail` as the text that was hashed. */
export interface KeptEntry extends Omit<ChainedEntry, "detail"> {
  readonly detail: string | null;
}

/** The chain of this opening alone: nobody else adds to it. */
export interface AuditChain {
  readonly process: string;
  /** Appends all that waits, in this order, and takes out of it what surely stands in the chain; where it rejects, the rest still waits. */
  appendAll(waiting: AuditEntry[]): Promise<void>;
  /** One that any process may append, under its key: it is in one chain once, whoever is faster. */
  appendOnce(key: string, entry: AuditEntry): Promise<void>;
}

interface Link {
  readonly id: string;
  readonly index: string;
  readonly source: KeptEntry;
}

interface Batch {
  readonly links: readonly Link[];
  readonly whenWritten: () => void;
}

const entriesPerBatch = 1_000;

export const entryHash = (previous: string, entry: KeptEntry): string =>
  createHash("sha256")
    .update(chainText(previous, entry.process, entry.sequence, entry, entry.detail))
    .digest("hex");

const lastMoment = Date.UTC(9999, 11, 31);

/** Asked before anything is decided or queued: an entry without a moment fits no month, and would keep all after it waiting. */
export function refuseWithoutMoment({ at, action }: AuditEntry): void {
  if (Number.isSafeInteger(at) && at >= 0 && at < lastMoment) return;
  throw new RangeError(`An audit entry (${action}) needs the time it tells of, in epoch ms: ${at}.`);
}

export function openAuditChain(cluster: Cluster, process: string): AuditChain {
  let sequence = 0;
  let hash = "";
  /** Sent, and not known whether written: nothing else may take its place in the chain before that is clear. */
  let unsure: Batch | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const toLinks = (entries: readonly AuditEntry[], key?: string): readonly Link[] => {
    let previous = hash;
    return entries.map(({ at, by, action, object, result, detail }, place) => {
      const own = { process, sequence: sequence + place + 1, at, by, action, object, result };
      const open = { ...own, detail: detail === undefined ? null : JSON.stringify(detail), hash: "" };
      previous = entryHash(previous, open);
      const id = key ?? `${process}:${own.sequence}`;
      return { id, index: cluster.indexOf(auditSchema, at), source: { ...open, hash: previous } };
    });
  };

  /** True where the document of that id is this link of this chain: the answer to its first writing was lost. */
  const isMine = async ({ id, index, source }: Link): Promise<boolean> => {
    const found = await cluster.get<KeptEntry>(index, id);
    return found?.source.process === process && found.source.sequence === source.sequence;
  };

  const send = async (batch: Batch): Promise<void> => {
    const { links, whenWritten } = batch;
    unsure = batch;
    const outcomes = await cluster.write(links.map(({ id, index, source }) => ({ kind: "create", index, id, source })));
    for (const [place, link] of links.entries()) {
      const outcome = outcomes[place];
      if (outcome?.status === "refused") throw new StorageError("damaged", `audit: ${outcome.refusal.reason}`);
      if (outcome?.status === "done" || (await isMine(link))) ({ sequence, hash } = link.source);
    }
    unsure = null;
    whenWritten();
  };

  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    const mine = turn.then(async () => {
      if (unsure !== null) await send(unsure);
      await work();
    });
    turn = mine.catch(() => undefined);
    return mine;
  };

  return {
    process,
    async appendAll(waiting) {
      await inTurn(async () => {
        while (waiting.length > 0) {
          const entries = firstBatch(waiting);
          await send({ links: toLinks(entries), whenWritten: () => waiting.splice(0, entries.length) });
        }
      });
    },
    async appendOnce(key, entry) {
      await inTurn(async () => send({ links: toLinks([entry], key), whenWritten: () => undefined }));
    },
  };
}

/** Of one month: one shard takes them in order, so that what a crash leaves out is the end of them. */
function firstBatch(waiting: readonly AuditEntry[]): readonly AuditEntry[] {
  const monthOf = ({ at }: AuditEntry): string => new Date(at).toISOString().slice(0, 7);
  const [first] = waiting;
  const end = waiting.findIndex((entry) => first !== undefined && monthOf(entry) !== monthOf(first));
  return waiting.slice(0, Math.min(end === -1 ? waiting.length : end, entriesPerBatch));
}
