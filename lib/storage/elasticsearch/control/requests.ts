import type { Documents } from "#lib/storage/elasticsearch/control/documents.ts";
import type { Ledger } from "#lib/storage/elasticsearch/control/ledger.ts";
import type { RequestState } from "#lib/storage/elasticsearch/control/request-state.ts";
import { watchTakers } from "#lib/storage/elasticsearch/control/request-takers.ts";
import type { Request, Requests } from "#lib/storage/requests.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** Answered requests are kept this long for whoever asked. */
const keptMs = 30 * 24 * 60 * 60 * 1_000;

interface RequestOptions {
  /** Names this opening among all takers. */
  readonly taker: string;
  /** Whether it goes on with what dead workers left. */
  readonly isWorker: boolean;
  readonly now: () => number;
  /** A clock that never goes back, ms. */
  readonly elapsed: () => number;
  readonly newId: () => string;
  /** How often this opening, while at work on a request, says that it lives. */
  readonly beatEveryMs: number;
}

interface ClusterRequests extends Requests {
  /** Lets go of what was answered long ago. */
  forgetOld(): Promise<void>;
  /** Gives back what it is at work on, for others to take at once. */
  close(): Promise<void>;
}

export const requestDocument = (id: string): string => `request:${id}`;

export function clusterRequests(
  documents: Documents,
  ledger: Ledger<RequestState>,
  { taker, isWorker, now, elapsed, newId, beatEveryMs }: RequestOptions,
): ClusterRequests {
  const findDead = watchTakers();
  /** What this opening is at work on. */
  const mine = new Set<string>();
  let beating: NodeJS.Timeout | null = null;

  const find = async (id: string): Promise<Request | null> => documents.find<Request>(requestDocument(id));
  const toPatch = (id: string, fields: Partial<Request>) => ({ id: requestDocument(id), kind: "request", fields });

  /** Changes what is said of those this opening holds. */
  const tellOfMine = async (by: string | null): Promise<void> => {
    await ledger.change(async (state) => {
      const held = state.open.filter((each) => each.taker === taker);
      if (held.length === 0) return { result: null };
      const open = state.open.map((each) =>
        each.taker === taker ? { ...each, taker: by, beat: each.beat + 1 } : each,
      );
      const patches = by === null ? held.map(({ id }) => toPatch(id, { state: "waiting" })) : [];
      return { result: null, change: { state: { ...state, open }, patches } };
    });
  };
  const beat = (): void => {
    if (beating !== null || mine.size === 0) return;
    beating = setTimeout(() => {
      // one that fails is followed by the next; others wait for several
      void tellOfMine(taker)
        .catch(() => undefined)
        .finally(() => {
          beating = null;
          beat();
        });
    }, beatEveryMs).unref();
  };

  return {
    async add({ kind, input, by, createdAt }) {
      const request: Request = { id: newId(), kind, input, by, createdAt, state: "waiting", output: null };
      const { id } = request;
      const about = { at: createdAt, by, action: `${kind}.requested`, object: `request:${id}`, detail: input };
      return await ledger.change(async ({ open, newest }) => ({
        result: request,
        change: {
          state: {
            open: [...open, { id, taker: null, beat: 0 }],
            newest: [...newest.filter(([each]) => each !== kind), [kind, id]],
          },
          patches: [{ id: requestDocument(id), kind: "request", at: createdAt, fields: { ...request } }],
          entry: { ...about, result: "done" },
        },
      }));
    },
    async take() {
      // asked every second by the worker: nothing is written while nothing waits
      const { open } = await ledger.read();
      const left = isWorker ? findDead(open, elapsed()) : new Set<string>();
      const seen = new Map(open.map((each) => [each.id, each]));
      if (!open.some((each) => each.taker === null || left.has(each.id))) return null;
      const taken = await ledger.change<Request | null>(async (state) => {
        const next = state.open.find(
          (each) => each.taker === null || (left.has(each.id) && seen.get(each.id)?.beat === each.beat),
        );
        if (next === undefined) return { result: null };
        const request = await find(next.id);
        // somebody took its document away: nothing is left to be done
        if (request === null)
          return { result: null, change: { state: { ...state, open: state.open.filter((each) => each !== next) } } };
        const held = state.open.map((each) => (each === next ? { ...each, taker, beat: each.beat + 1 } : each));
        const patches = [toPatch(next.id, { state: "running" })];
        return { result: { ...request, state: "running" }, change: { state: { ...state, open: held }, patches } };
      });
      if (taken !== null) mine.add(taken.id);
      beat();
      return taken;
    },
    async finish(id, state, output) {
      mine.delete(id);
      await ledger.change(async (before) => {
        const open = before.open.filter((each) => each.id !== id || each.taker !== taker);
        if (open.length === before.open.length)
          throw new StorageError("conflict", `Request ${id} is not being worked on.`);
        return { result: null, change: { state: { ...before, open }, patches: [toPatch(id, { state, output })] } };
      });
    },
    find,
    async findNewest(kinds) {
      const { newest } = await ledger.read();
      const last = newest.findLast(([kind]) => kinds.includes(kind));
      return last === undefined ? null : await find(last[1]);
    },
    async forgetOld() {
      const { open } = await ledger.read();
      const waiting = new Set(open.map(({ id }) => requestDocument(id)));
      const old = await documents.list([{ term: { kind: "request" } }, { range: { at: { lt: now() - keptMs } } }]);
      try {
        await documents.remove([...old.keys()].filter((id) => !waiting.has(id)));
      } catch (error) {
        // a cluster that is full is opened all the same; the next worker lets go of them
        if (!(error instanceof StorageError && error.retryable)) throw error;
      }
    },
    async close() {
      if (beating !== null) clearTimeout(beating);
      beating = null;
      if (mine.size === 0) return;
      mine.clear();
      await tellOfMine(null);
    },
  };
}
