import type { StoredEvent } from "#lib/event/hop-event.ts";
import { compare, type Entry, toAcceptBatch, type Verdict } from "#lib/storage/elasticsearch/accept-batch.ts";
import { isHopeless, type Refusal } from "#lib/storage/elasticsearch/cluster-error.ts";
import type { Cluster, KeptDocument } from "#lib/storage/elasticsearch/cluster.ts";
import type { DailyIndices } from "#lib/storage/elasticsearch/daily-indices.ts";
import { createDayClaims } from "#lib/storage/elasticsearch/day-claims.ts";
import { Doubts } from "#lib/storage/elasticsearch/doubts.ts";
import { type EventDocument, eventFrom, toEventDocument } from "#lib/storage/elasticsearch/event-document.ts";
import { type EventPlace, toPosition } from "#lib/storage/elasticsearch/event-place.ts";
import { IntakeAttempt } from "#lib/storage/elasticsearch/intake-attempt.ts";
import { createOlderCopies, type EventMark, markFields, type Placed } from "#lib/storage/elasticsearch/older-copies.ts";
import type { AcceptItem, AcceptResult, Arrival, PositionedEvent } from "#lib/storage/event-log.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

interface EventIntakeOptions {
  readonly cluster: Cluster;
  readonly days: DailyIndices;
  readonly writer: string;
  readonly now: () => number;
}

/** An event about to be written. */
interface Stamped extends Placed {
  readonly place: EventPlace;
}

/** What a call has found out, and what it has sent. */
interface Progress {
  readonly verdicts: Map<string, Verdict>;
  readonly attempt: IntakeAttempt;
}

/** What a failed call had written, at its new place. */
interface Replaced {
  readonly id: string;
  readonly place: EventPlace;
  readonly event: StoredEvent;
}

/** A write that its client gave up on may still be carried out by the cluster, but not for longer than this. */
const doubtMs = 120_000;
/** Events in doubt that are kept in mind; more come only from a cluster that takes nothing anyway. */
const mostDoubts = 50_000;
/** Of one index, in one call: all of them are read whole. */
const doubtsAtOnce = 2_000;
/** A document that comes and goes at the same moment is looked at so often. */
const mostRounds = 5;

/** The one way of events into the log: see "Events" in the README beside this. */
export class EventIntake {
  readonly #options: EventIntakeOptions;
  readonly #older: ReturnType<typeof createOlderCopies>;
  readonly #claims: ReturnType<typeof createDayClaims>;
  readonly #doubts = new Doubts();
  /** Last places before the calls that run now. */
  readonly #running = new Set<EventPlace>();
  #last: EventPlace;

  constructor(options: EventIntakeOptions) {
    this.#options = options;
    this.#older = createOlderCopies(options);
    this.#claims = createDayClaims(options);
    this.#last = { arrivedAt: 0, writer: options.writer, sequence: 0 };
  }

  /** See EventLog. */
  async accept(items: readonly AcceptItem[], withinMs?: number): Promise<AcceptResult> {
    const batch = toAcceptBatch(items);
    this.#refuseMoreDoubts(batch.firsts);
    const verdicts = new Map<string, Verdict>();
    await this.#attempt(async (attempt) => {
      const claims = await this.#claims.place(batch.firsts);
      let unknown = batch.firsts.map((entry) => ({ ...entry, index: this.#indexFor(entry, claims) }));
      for (let round = 1; unknown.length > 0; round += 1) {
        if (round > mostRounds)
          throw new StorageError("unavailable", "accept: the same events are written and deleted all the time");
        const older = await this.#older.find(unknown);
        await this.#judge(unknown, older, { verdicts, attempt });
        await this.#create(
          unknown.filter(({ id }) => !older.has(id)),
          { verdicts, attempt },
        );
        unknown = unknown.filter(({ id }) => !verdicts.has(id));
      }
    }, withinMs);
    for (const [id, { outcome }] of verdicts) if (outcome === "accepted") this.#doubts.settle(id);
    return batch.answer(verdicts, toPosition(this.#handedOver()));
  }

  /** See Arrivals in the port. */
  async takeUp(): Promise<readonly PositionedEvent[]> {
    const taken = await this.#attempt(async (attempt) => {
      const placed: Replaced[] = [];
      for (const [index, all] of this.#doubts.list()) {
        const doubts = all.slice(0, doubtsAtOnce);
        const found = await this.#options.cluster.getMany<EventDocument>(
          index,
          doubts.map(({ id }) => id),
        );
        for (const { id, since } of doubts) {
          const document = found.get(id);
          const isOver = this.#options.now() - since > doubtMs;
          if (document === undefined ? isOver : !this.#isDoubtful(document)) this.#doubts.settle(id);
        }
        placed.push(...(await this.#placeAnew([...found.values()], attempt)));
      }
      return placed;
    });
    const upTo = this.#handedOver();
    return taken.map(({ place, event }) => ({
      position: toPosition(place.sequence < upTo.sequence ? place : upTo),
      event,
      arrival: arrivalAt(place),
    }));
  }

  /** Whatever it ends in, nothing that it may have written is forgotten: a failed call leaves all that it sent in doubt. */
  async #attempt<Result>(run: (attempt: IntakeAttempt) => Promise<Result>, withinMs?: number): Promise<Result> {
    const before = { ...this.#last };
    const attempt = new IntakeAttempt();
    this.#running.add(before);
    const running = run(attempt);
    try {
      return await attempt.within(withinMs, running);
    } catch (error) {
      for (const each of attempt.sent) this.#doubts.add({ ...each, before }, this.#options.now());
      // One that was given up goes on waiting for the cluster, which may do what it was told until then.
      const renew = (): void => this.#doubts.renew(attempt.sent, this.#options.now());
      void running.then(renew, renew);
      throw error;
    } finally {
      this.#running.delete(before);
    }
  }

  /** Writes what is new. Leaves those without a verdict that come and go at this moment. */
  async #create(entries: readonly Placed[], { verdicts, attempt }: Progress): Promise<void> {
    if (entries.length === 0) return;
    const stamped = entries.map((entry) => ({
      ...entry,
      place: this.#next(entry.item.event),
    }));
    attempt.willSend(stamped.map(({ id, index, place: { sequence } }) => ({ id, index, sequence })));
    const outcomes = await this.#options.cluster.write(
      stamped.map(({ id, index, item, place }) => ({
        kind: "create",
        index,
        id,
        source: toEventDocument(item, place),
      })),
    );
    const present: Stamped[] = [];
    for (const [at, entry] of stamped.entries()) {
      const outcome = outcomes[at];
      if (outcome?.status === "done") verdicts.set(entry.id, accepted(entry, entry.place));
      else if (outcome?.status === "refused") verdicts.set(entry.id, refused(outcome.refusal));
      else present.push(entry);
    }
    await this.#older.settle(this.#options.days.note(new Set(stamped.map(({ index }) => index))));
    await this.#judgePresent(present, { verdicts, attempt });
  }

  /** Those whose document is there already: as one that came before, or by this very call, of which the cluster was asked twice. */
  async #judgePresent(entries: readonly Stamped[], progress: Progress): Promise<void> {
    for (const [index, group] of Map.groupBy(entries, (entry) => entry.index)) {
      const found = await this.#options.cluster.getMany<EventMark>(
        index,
        group.map(({ id }) => id),
        markFields,
      );
      const others: Entry[] = [];
      for (const entry of group) {
        const mark = found.get(entry.id)?.source;
        const isMine = mark?.writer === entry.place.writer && mark.sequence === entry.place.sequence;
        if (isMine) progress.verdicts.set(entry.id, accepted(entry, entry.place));
        else others.push(entry);
      }
      await this.#judge(others, found, progress);
    }
  }

  /** Repeats, other events under a known id, and what a call that failed has written: that counts from now on. Leaves out what is not found. */
  async #judge(
    entries: readonly Entry[],
    found: ReadonlyMap<string, KeptDocument<EventMark>>,
    { verdicts, attempt }: Progress,
  ): Promise<void> {
    const doubtful = new Map<string, Entry>();
    for (const entry of entries) {
      const document = found.get(entry.id);
      if (document === undefined) continue;
      const verdict = compare(entry, document.source.contentHash);
      const isDoubtful = this.#isDoubtful(document);
      if (!isDoubtful) this.#doubts.settle(entry.id);
      if (isDoubtful && verdict.outcome === "duplicate") doubtful.set(entry.id, entry);
      else verdicts.set(entry.id, verdict);
    }
    for (const [index, ids] of Map.groupBy(doubtful.keys(), (id) => found.get(id)?.index ?? "")) {
      const whole = await this.#options.cluster.getMany<EventDocument>(index, ids);
      for (const { id, place } of await this.#placeAnew([...whole.values()], attempt)) {
        const entry = doubtful.get(id);
        if (entry !== undefined) verdicts.set(id, accepted(entry, place));
      }
    }
  }

  /**
   * Gives those that were never answered a place behind everything handed over so far, so that each writer's events are handed over in
   * order. One that somebody else changes at this moment is left out, and looked at again.
   */
  async #placeAnew(
    documents: readonly KeptDocument<EventDocument>[],
    attempt: IntakeAttempt,
  ): Promise<readonly Replaced[]> {
    const anew = documents
      .filter((document) => this.#isDoubtful(document))
      .toSorted((a, b) => a.source.sequence - b.source.sequence)
      .map((document) => {
        const event = eventFrom(document.source.kept);
        return { id: document.id, document, event, place: this.#next(event) };
      });
    attempt.willSend(anew.map(({ id, document: { index }, place: { sequence } }) => ({ id, index, sequence })));
    const outcomes = await this.#options.cluster.write(
      anew.map(({ id, document: { index, source, seqNo, primaryTerm }, place }) => ({
        kind: "index",
        index,
        id,
        source: { ...source, ...place },
        revision: { seqNo, primaryTerm },
      })),
    );
    const placed = anew.filter((_, at) => outcomes[at]?.status === "done");
    for (const { id } of placed) this.#doubts.settle(id);
    return placed;
  }

  #isDoubtful({ id, source }: KeptDocument<EventMark>): boolean {
    return source.writer === this.#options.writer && this.#doubts.covers(id, source.sequence);
  }

  #refuseMoreDoubts(entries: readonly Entry[]): void {
    if (this.#doubts.size < mostDoubts || entries.every(({ id }) => this.#doubts.indexOf(id) !== undefined)) return;
    throw new StorageError("unavailable", "accept: of too many events it is not known whether the cluster took them");
  }

  /** Where it was sent before, if it was: its first copy may still be on its way there. */
  #indexFor({ id, item }: Entry, claims: ReadonlyMap<string, string>): string {
    return this.#doubts.indexOf(id) ?? claims.get(id) ?? this.#options.days.indexAt(item.event.ingestedAt);
  }

  #next({ ingestedAt }: StoredEvent): EventPlace {
    const { arrivedAt, writer, sequence } = this.#last;
    this.#last = { arrivedAt: Math.max(arrivedAt, ingestedAt), writer, sequence: sequence + 1 };
    return this.#last;
  }

  /** Up to here everything that this writer took in was handed over. */
  #handedOver(): EventPlace {
    const doubt = this.#doubts.before();
    const open = doubt === null ? [...this.#running] : [...this.#running, doubt];
    return open.reduce((first, place) => (place.sequence < first.sequence ? place : first), this.#last);
  }
}

const arrivalAt = ({ writer, sequence }: EventPlace): Arrival => ({ writer, sequence });

const accepted = ({ item }: Entry, place: EventPlace): Verdict => ({
  outcome: "accepted",
  contentHash: item.event.contentHash,
  arrival: arrivalAt(place),
});

/** An event that can never be written must not keep the others out; what is wrong with the cluster must not cost an event. */
const refused = (refusal: Refusal): Verdict => {
  const reason = `${refusal.type}: ${refusal.reason}`;
  if (!isHopeless(refusal)) throw new StorageError("unavailable", `accept: ${reason}`);
  return { outcome: "refused", reason };
};
