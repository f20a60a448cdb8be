import { eventIdOf } from "#lib/storage/elasticsearch/event-id.ts";
import type { AcceptItem, AcceptOutcome, AcceptResult, Arrival, EventPosition } from "#lib/storage/event-log.ts";

export interface Entry {
  readonly id: string;
  readonly item: AcceptItem;
}

/** What became of the first event of an identity in a batch. */
export type Verdict =
  | { readonly outcome: "accepted"; readonly contentHash: string; readonly arrival: Arrival }
  /** `contentHash` is that of the event which was there before. */
  | { readonly outcome: "duplicate" | "id_reused"; readonly contentHash: string }
  | { readonly outcome: "refused"; readonly reason: string };

/** Against an event that is kept. */
export const compare = (entry: Entry, contentHash: string): Verdict => ({
  outcome: entry.item.event.contentHash === contentHash ? "duplicate" : "id_reused",
  contentHash,
});

export interface AcceptBatch {
  /** The first of each identity: what has to be asked of the cluster. */
  readonly firsts: readonly Entry[];
  /** One outcome an item: those of the first ones, and of their repeats in the batch. */
  answer(verdicts: ReadonlyMap<string, Verdict>, position: EventPosition): AcceptResult;
}

export function toAcceptBatch(items: readonly AcceptItem[]): AcceptBatch {
  const ids = items.map(({ event }) => eventIdOf(event.source, event.id));
  const firsts = new Map<string, Entry & { readonly at: number }>();
  for (const [at, item] of items.entries()) {
    const id = ids[at] ?? "";
    if (!firsts.has(id)) firsts.set(id, { id, item, at });
  }
  return {
    firsts: [...firsts.values()],
    answer(verdicts, position) {
      const outcomes: AcceptOutcome[] = [];
      const arrivals: (Arrival | null)[] = [];
      const refusals = new Map<number, string>();
      for (const [at, item] of items.entries()) {
        const id = ids[at] ?? "";
        const verdict = verdicts.get(id);
        if (verdict === undefined) throw new Error("Every identity of a batch is judged");
        const isFirst = firsts.get(id)?.at === at;
        outcomes.push(isFirst ? verdict.outcome : ofRepeat({ id, item }, verdict));
        arrivals.push(isFirst && verdict.outcome === "accepted" ? verdict.arrival : null);
        if (verdict.outcome === "refused") refusals.set(at, verdict.reason);
      }
      const isNew = arrivals.some((arrival) => arrival !== null);
      return { outcomes, position: isNew ? position : null, arrivals, ...(refusals.size > 0 ? { refusals } : {}) };
    },
  };
}

const ofRepeat = (entry: Entry, verdict: Verdict): AcceptOutcome =>
  verdict.outcome === "refused" ? "refused" : compare(entry, verdict.contentHash).outcome;
