import { setTimeout as pause } from "node:timers/promises";
import type { AuditEntry } from "#lib/storage/audit.ts";
import type { Cluster, KeptDocument } from "#lib/storage/elasticsearch/cluster.ts";
import { type AuditChain, refuseWithoutMoment } from "#lib/storage/elasticsearch/control/audit-chain.ts";
import { type Documents, type Patch, readKept } from "#lib/storage/elasticsearch/control/documents.ts";
import { controlSchema } from "#lib/storage/elasticsearch/control/schema.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** A change as it is decided: the ledger's state after it, what it sets in other documents, and what is told of it. */
export interface Change<State> {
  readonly state: State;
  readonly patches?: readonly Patch[];
  readonly entry?: AuditEntry;
}

export interface Decision<State, Result> {
  readonly result: Result;
  /** Left out where nothing is another. */
  readonly change?: Change<State>;
}

/** Grow with what those who follow a ledger ask for; they stand beside its state, to be read without it. */
export interface Counters {
  readonly revision?: number;
  readonly closings?: number;
}

/**
 * One small document that every change of its kind writes over: what holds over several documents (a name is taken once, somebody stays
 * administrator) is decided on its state. The change is written with it, its audit entry too, then done: whoever meets a change that is
 * decided and not done, its writer being dead, does it. See the README.
 */
export interface Ledger<State> {
  /** Everything decided before is done in the documents as well, unless the cluster takes no writes now. */
  read(): Promise<State>;
  /** Those of what is done in the documents. */
  counters(): Promise<Counters>;
  /** `decide` is asked again where another process was faster; what it reads by id stays true until its change is written. */
  change<Result>(decide: (state: State) => Promise<Decision<State, Result>>): Promise<Result>;
  /** Stops trying by itself to do what could not be done. */
  close(): void;
}

interface Kept<State> {
  readonly state: State;
  /** Keys of the last changes: a write whose answer was lost is known again by its own. */
  readonly recent: readonly string[];
  readonly pending: {
    readonly key: string;
    readonly patches: readonly Patch[];
    readonly entry: AuditEntry | null;
    /** What was counted before it: told until it is done. */
    readonly before: Counters;
  } | null;
}

interface Source extends Counters {
  readonly id: string;
  readonly kind: "ledger";
  readonly number: number;
  readonly pending: number;
  readonly kept: string;
}

interface LedgerOptions<State extends object> {
  readonly cluster: Cluster;
  readonly documents: Documents;
  readonly chain: AuditChain;
  readonly newId: () => string;
  readonly name: string;
  readonly empty: State;
  readonly countersOf?: (state: State) => Counters;
}

const recentKept = 32;
/** What a living process decided, it has done within this time; then it is done for it. */
const graceMs = 200;
const lookAgainMs = 20;
const tryAgainMs = 1_000;
const giveUpAfterMs = 30_000;

export function openLedger<State extends object>(options: LedgerOptions<State>): Ledger<State> {
  const { cluster, documents, chain, newId, name, empty, countersOf = () => ({}) } = options;
  const index = cluster.indexOf(controlSchema);
  const id = `ledger:${name}`;
  let turn: Promise<unknown> = Promise.resolve();
  let retry: NodeJS.Timeout | null = null;
  /** A change that can't be done now: it is tried again in the background, and no read waits for it. */
  let stuck: number | null = null;
  let isClosed = false;

  const write = async (number: number, kept: Kept<State>, before: KeptDocument<Source> | null) => {
    const pending = kept.pending === null ? 0 : 1;
    const counters = countersOf(kept.state);
    const source: Source = { id, kind: "ledger", number, pending, ...counters, kept: JSON.stringify(kept) };
    const [outcome] = await cluster.write([
      before === null
        ? { kind: "create", index, id, source }
        : { kind: "index", index, id, source, revision: { seqNo: before.seqNo, primaryTerm: before.primaryTerm } },
    ]);
    if (outcome?.status === "refused") throw new StorageError("damaged", `write ${id}: ${outcome.refusal.reason}`);
    return outcome?.status === "done" ? { id, index, source, ...outcome.revision } : null;
  };

  /** Any number of processes may do the same at once: each step is done once. */
  const finish = async (held: KeptDocument<Source>): Promise<void> => {
    const kept = readKept<Kept<State>>(held.source.kept).value;
    if (kept.pending === null) return;
    const { key, patches, entry } = kept.pending;
    await documents.apply(held.source.number, patches);
    if (entry !== null) await chain.appendOnce(key, entry);
    // Lost: somebody else was done with it sooner.
    await write(held.source.number, { ...kept, pending: null }, held);
  };

  const finishLater = (number: number): void => {
    stuck = number;
    if (isClosed) return;
    retry ??= setTimeout(() => {
      retry = null;
      settled().then(
        () => (stuck = null),
        () => finishLater(number),
      );
    }, tryAgainMs).unref();
  };

  const settled = async (): Promise<KeptDocument<Source> | null> => {
    let waitedMs = 0;
    for (let seen = -1; ;) {
      const held = await cluster.get<Source>(index, id);
      if (held === null || held.source.pending === 0) return held;
      if (held.source.number !== seen) waitedMs = 0;
      seen = held.source.number;
      if (waitedMs >= graceMs) await finish(held);
      else await pause(lookAgainMs);
      waitedMs += lookAgainMs;
    }
  };

  const decideAndWrite = async <Result>(
    decide: (state: State) => Promise<Decision<State, Result>>,
  ): Promise<Result> => {
    const key = newId();
    let written: { readonly result: Result } | null = null;
    const until = performance.now() + giveUpAfterMs;
    while (performance.now() < until) {
      const before = await settled();
      const kept: Kept<State> =
        before === null ? { state: empty, recent: [], pending: null } : readKept<Kept<State>>(before.source.kept).value;
      if (written !== null && kept.recent.includes(key)) return written.result;
      const { result, change } = await decide(kept.state);
      if (change === undefined) return result;
      written = { result };
      const { state, patches = [], entry = null } = change;
      if (entry !== null) refuseWithoutMoment(entry);
      const pending =
        patches.length === 0 && entry === null ? null : { key, patches, entry, before: countersOf(kept.state) };
      const recent = [...kept.recent, key].slice(-recentKept);
      const after = await write((before?.source.number ?? 0) + 1, { state, recent, pending }, before);
      if (after !== null) {
        try {
          await finish(after);
        } catch (error) {
          finishLater(after.source.number);
          throw error;
        }
        return result;
      }
      await pause(Math.random() * lookAgainMs);
    }
    throw new StorageError("unavailable", `The ${name} are changed by many at once.`);
  };

  /** Settled where that can be: a cluster that takes no writes is read all the same. */
  const readable = async (): Promise<KeptDocument<Source> | null> => {
    const held = await cluster.get<Source>(index, id);
    if (held === null || held.source.pending === 0 || held.source.number === stuck) return held;
    try {
      return await settled();
    } catch (error) {
      if (!(error instanceof StorageError && error.retryable)) throw error;
      finishLater(held.source.number);
      return await cluster.get<Source>(index, id);
    }
  };

  return {
    async read() {
      const held = await readable();
      return held === null ? empty : readKept<Kept<State>>(held.source.kept).value.state;
    },
    async counters() {
      const fields = ["pending", "revision", "closings"];
      const small = (await cluster.getMany<Source>(index, [id], fields)).get(id);
      if (small === undefined) return countersOf(empty);
      if (small.source.pending === 0) return small.source;
      const held = await readable();
      if (held === null) return countersOf(empty);
      const { state, pending } = readKept<Kept<State>>(held.source.kept).value;
      return pending === null ? countersOf(state) : pending.before;
    },
    async change(decide) {
      // One at a time in this process: its own changes need not race.
      const mine = turn.then(async () => decideAndWrite(decide));
      turn = mine.catch(() => undefined);
      return mine;
    },
    close() {
      isClosed = true;
      if (retry !== null) clearTimeout(retry);
    },
  };
}
