import { ExponentialBackoff, type IBackoff } from "cockatiel";
import type { DoorOptions } from "#ingest/collector/door.ts";
import type { Spool, SpoolFigures } from "#ingest/spool/spool.ts";
import type { SpoolRecord } from "#ingest/spool/spool-record.ts";
import { toWireText } from "#ingest/spool/wire-text.ts";
import { toSlimEvent } from "#ingest/projection/slim-event.ts";
import { jsonTextOf } from "#lib/event/event-json.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { DeadLetters, NewDeadLetter } from "#lib/storage/dead-letters.ts";
import type { AcceptItem, EventLog } from "#lib/storage/event-log.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** What the door writes to. */
export interface Intake {
  readonly events: Pick<EventLog, "accept">;
  readonly deadLetters: Pick<DeadLetters, "add">;
}

export interface SpoolState extends SpoolFigures {
  /** When the store last began to be away or behind, epoch ms; null while everything goes straight to it. */
  readonly since: number | null;
  /** Why it could not be written to when it was last tried; empty before. */
  readonly reason: string;
}

export interface SpooledIntake extends Intake {
  /** A way around a store that keeps everybody waiting: into the spool, whatever the store would say. */
  readonly aside: Intake;
  readonly state: SpoolState;
  /** Brings the oldest of what is spooled into the store; false where there is nothing to do now. Never rejects for a store that is away. */
  drain(): Promise<boolean>;
}

interface SpooledIntakeOptions {
  readonly store: Intake;
  readonly spool: Spool;
  readonly now: () => number;
  /** A clock that never goes back, ms. */
  readonly elapsed: () => number;
  /** Told of events that have come into the store from the spool. */
  readonly take: DoorOptions["take"];
  readonly noteDuplicate: (source: string) => void;
  readonly noteRejected: (source: string) => void;
  /** What a dead letter may keep of a text. */
  readonly clean: (text: string) => { readonly text: string; readonly cut: boolean };
  readonly log: (level: "info" | "warn" | "error", message: string, fields?: Readonly<Record<string, unknown>>) => void;
  /** After so long there may be something to do again. */
  readonly wakeAfter: (durationMs: number) => void;
}

/** Of one accept, as at the door. */
const eventsPerAccept = 500;
/** So long a sender waits for the store; what it has not taken by then is spooled, and counts once when it turns out to have been taken. */
const patienceMs = 2_500;
const pauses = new ExponentialBackoff({ initialDelay: 250, maxDelay: 5_000 });

const toRecord = ({ event, json, matches }: AcceptItem): SpoolRecord => ({
  kind: "event",
  json: json === undefined ? JSON.stringify(event) : jsonTextOf(json),
  matches,
});

/** The door wrote it from a StoredEvent. */
const parseStored = (json: string): StoredEvent => JSON.parse(json) as StoredEvent;

/**
 * The door's way into a store that may be away: what it can't take now is spooled on this machine's disk, and everything that comes after it
 * as well, until the store has taken all of it in order of arrival. What is spooled counts as accepted: whether it is a duplicate shows when
 * it is drained, and it counts once then.
 */
export function createSpooledIntake(options: SpooledIntakeOptions): SpooledIntake {
  const { store, spool, now, elapsed, log } = options;
  let since: number | null = spool.isEmpty ? null : now();
  let reason = "";
  let pause: IBackoff<unknown> | null = null;
  let restUntil = 0;
  /** Events of the oldest file that are in the store already, because what came after them failed. */
  let taken = 0;

  const noteAway = (why: string): void => {
    if (why !== reason) log("warn", "the store takes nothing; what comes is spooled", { reason: why });
    reason = why;
    since ??= now();
  };
  const rest = (error: StorageError): void => {
    noteAway(error.message);
    pause = pause === null ? pauses.next() : pause.next(undefined);
    restUntil = elapsed() + pause.duration;
    options.wakeAfter(pause.duration);
  };

  /** The store first, unless something waits in front already. */
  const through = async <Result>(
    run: () => Promise<Result>,
    records: () => readonly SpoolRecord[],
  ): Promise<Result | null> => {
    if (spool.isEmpty) {
      try {
        return await run();
      } catch (error) {
        if (!(error instanceof StorageError) || !error.retryable) throw error;
        rest(error);
        spool.append(records());
        return null;
      }
    }
    spool.append(records());
    return null;
  };

  const drainEvents = async (items: readonly AcceptItem[], letters: NewDeadLetter[]): Promise<void> => {
    const result = await store.events.accept(items);
    const accepted: AcceptItem[] = [];
    for (const [at, item] of items.entries()) {
      const outcome = result.outcomes[at];
      if (outcome === "accepted") accepted.push(item);
      else if (outcome === "duplicate") options.noteDuplicate(item.event.source);
      else {
        options.noteRejected(item.event.source);
        letters.push(toLetter(item, outcome === "id_reused", options.clean));
      }
    }
    if (result.position === null || accepted.length === 0) return;
    options.take(
      accepted,
      result.position,
      result.arrivals?.filter((arrival) => arrival !== null),
    );
  };

  /** Letters of the oldest file's events that turned out to be unacceptable: written with those that came as letters. */
  let letters: NewDeadLetter[] = [];
  const drainOldest = async (): Promise<void> => {
    const oldest = spool.oldest();
    if (oldest === null) return;
    if (oldest.damaged > 0 && taken === 0)
      log("error", "spooled events were damaged on disk and are lost", { events: oldest.damaged });
    const items = oldest.records.flatMap((record): AcceptItem[] => {
      if (record.kind !== "event") return [];
      return [{ event: toSlimEvent(parseStored(record.json)), json: record.json, matches: record.matches }];
    });
    while (taken < items.length) {
      const slice = items.slice(taken, taken + eventsPerAccept);
      await drainEvents(slice, letters);
      taken += slice.length;
    }
    const all = [...letters, ...oldest.records.flatMap((record) => (record.kind === "letter" ? [record.letter] : []))];
    if (all.length > 0) await store.deadLetters.add(all);
    spool.drop();
    taken = 0;
    letters = [];
  };

  const setAside = (records: readonly SpoolRecord[]): void => {
    if (spool.isEmpty) noteAway("The store does not answer.");
    spool.append(records);
  };

  return {
    aside: {
      events: {
        async accept(items) {
          setAside(items.map(toRecord));
          return { outcomes: items.map(() => "accepted"), position: null };
        },
      },
      deadLetters: {
        async add(added) {
          setAside(added.map((letter) => ({ kind: "letter", letter })));
        },
      },
    },
    get state() {
      return { ...spool.figures, since, reason };
    },
    events: {
      accept: async (items) =>
        (await through(
          async () => store.events.accept(items, patienceMs),
          () => items.map(toRecord),
        )) ?? { outcomes: items.map(() => "accepted"), position: null },
    },
    deadLetters: {
      async add(added) {
        await through(
          async () => store.deadLetters.add(added),
          () => added.map((letter) => ({ kind: "letter", letter })),
        );
      },
    },
    async drain() {
      if (spool.isEmpty || elapsed() < restUntil) return false;
      try {
        await drainOldest();
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        rest(error);
        return false;
      }
      pause = null;
      if (!spool.isEmpty) return true;
      log("info", "everything that was spooled is in the store", { sinceMs: since === null ? 0 : now() - since });
      since = null;
      reason = "";
      return true;
    },
  };
}

const toLetter = (
  { event, json }: AcceptItem,
  isReused: boolean,
  clean: SpooledIntakeOptions["clean"],
): NewDeadLetter => ({
  reason: isReused ? "id_reused" : "too_large",
  path: isReused ? "/id" : "",
  source: event.source,
  ...clean(toWireText(json === undefined ? event : parseStored(jsonTextOf(json)))),
  receivedAt: event.ingestedAt,
  ...(event.backfill && { backfill: event.backfill }),
});
