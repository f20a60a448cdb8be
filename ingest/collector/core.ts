import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createBacklog } from "#ingest/collector/backlog.ts";
import type { CallName, Calls, DeclaredWorld } from "#ingest/collector/call.ts";
import type { CollectorOptions } from "#ingest/collector/collector.ts";
import { type BatchInput, type DoorOptions, passDoor, type Passage } from "#ingest/collector/door.ts";
import { createDoorQueue } from "#ingest/collector/door-queue.ts";
import { keyedHash } from "#ingest/collector/keyed-hash.ts";
import { measureStore } from "#ingest/collector/measure-store.ts";
import { createMaskCounter, type MaskCounter } from "#ingest/collector/mask-counter.ts";
import { prepare } from "#ingest/collector/prepare.ts";
import { replay } from "#ingest/collector/replay.ts";
import { createSideDoor } from "#ingest/collector/side-door.ts";
import { createTakeUp } from "#ingest/collector/take-up.ts";
import { createTextSlab } from "#ingest/collector/text-slab.ts";
import { createWorkQueue } from "#ingest/collector/work-queue.ts";
import { createWorld, emptyWorld, type World } from "#ingest/collector/world.ts";
import { createDueJudge } from "#ingest/projection/due-judge.ts";
import { judgeSlice, matchSlice } from "#ingest/projection/again.ts";
import { forgetSlice } from "#ingest/projection/forget-slice.ts";
import { createPortions } from "#ingest/projection/portions.ts";
import { createProjector } from "#ingest/projection/projector.ts";
import { createSweep } from "#ingest/projection/sweep.ts";
import { openSourceBoard } from "#ingest/projection/source-board.ts";
import { redrive } from "#ingest/collector/redrive.ts";
import { openSpool } from "#ingest/spool/spool.ts";
import { createSpooledIntake } from "#ingest/spool/spooled-intake.ts";
import { expireSlice } from "#ingest/watch/expire-slice.ts";
import { openSecret } from "#lib/config/secret.ts";
import { checkKept } from "#lib/contract/check-kept.ts";
import { createSchemaRegistry } from "#lib/contract/schema-registry.ts";
import { matchStep } from "#lib/flow/match-step.ts";
import { maskSample } from "#lib/privacy/mask-text.ts";
import { openEvents } from "#lib/storage/open.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

export interface CoreTools {
  readonly now: () => number;
  readonly log: (level: "info" | "warn" | "error", message: string, fields?: Readonly<Record<string, unknown>>) => void;
}

/** What the collector can be asked; each runs when its turn comes, one at a time, but for what says otherwise. */
export type Core = { readonly [Name in CallName]: (input: Calls[Name]["input"]) => Promise<Calls[Name]["output"]> };

/**
 * A backlog of this many events is projected before more requests pass the door; so is one that has waited so long. Only where requests
 * leave no rest: the longer it grows, the more of a journey's events are judged and written together, and half of 2 s is left to show them.
 */
const dueEvents = 10_000;
const dueMs = 1_000;
/** With so many events waiting the store behind the journeys is in trouble: better to say "later" than to fill the memory. */
const backlogLimit = 20_000;
const retryMs = 1_000;
/** Writings of journeys whose latencies are brought up to date in one go. */
const marksPerSlice = 200;
/** What the sweep misses may be on its way. */
const sweepRestMs = 3_000;

/** The collector with the writer of the event store, without its thread. Rejects with StorageError where the store can't be opened. */
export async function openCore(options: CollectorOptions, { now, log }: CoreTools): Promise<Core> {
  const secret = await openSecret(options.secretFile);
  const storage = await openEvents(options, { mode: "writer", now });
  const schemas = createSchemaRegistry();
  const hash = keyedHash(secret.keyFor("content-hash"));
  const hashMasked = keyedHash(secret.keyFor("mask"));
  const backlog = createBacklog();
  let world: World = emptyWorld();
  let isReplayed = false;
  let isStopping = false;

  const spool =
    options.elasticsearch === null
      ? null
      : openSpool({ directory: join(options.home, "spool"), limitBytes: options.spoolLimitBytes });
  const isSpooling = (): boolean => spool?.isEmpty === false;
  const board = await openSourceBoard(storage.sources, () => world);
  const projector = createProjector({
    storage,
    board,
    world: () => world,
    tools: { matchStep, checkKept },
    now,
    isWaiting: (event) => backlog.has(event),
  });

  const maskCounter = createMaskCounter(now());
  const noteMasks = (masks: Parameters<MaskCounter["note"]>[0]): void => maskCounter.note(masks, world.masking);

  const clean = (text: string) => maskSample(text, world.masking);
  const take: DoorOptions["take"] = (accepted, position, arrivals) =>
    backlog.add({
      events: accepted.map(({ event }) => event),
      position,
      ...(arrivals === undefined ? {} : { arrivals }),
    });
  const spooled =
    spool === null
      ? null
      : createSpooledIntake({
          store: storage,
          spool,
          now,
          elapsed: () => performance.now(),
          take,
          noteDuplicate: (source) => board.noteDuplicate(source, now()),
          noteRejected: (source) => board.noteRejected(source, now()),
          clean,
          log,
          wakeAfter: (durationMs) => setTimeout(() => queue.wake(), durationMs),
        });

  const passBy = async (
    way: Pick<DoorOptions, "intake" | "slab" | "keepRejected">,
    inputs: readonly BatchInput[],
  ): Promise<Passage> => {
    const prepareItem: DoorOptions["prepare"] = (item, request) =>
      prepare(item, request, { world, schemas, hash, hashMasked, noteMasks });
    const passage = await passDoor(inputs, { ...way, prepare: prepareItem, clean, take });
    const { duplicates, rejected } = passage.arrival;
    const at = now();
    for (const source of duplicates) board.noteDuplicate(source, at);
    for (const source of rejected) board.noteRejected(source, at);
    return passage;
  };
  const slab = createTextSlab();
  const pass = async (inputs: readonly BatchInput[], keepRejected = true): Promise<Passage> => {
    // What is spooled waits on disk: it fills no memory.
    if (backlog.size > backlogLimit && spool?.isEmpty !== false)
      throw new StorageError("unavailable", "The journeys can't be kept up with; look for a full disk.");
    return await passBy({ intake: spooled ?? storage, slab, keepRejected }, inputs);
  };
  const door = createDoorQueue(pass);
  const aside = spooled && { intake: spooled.aside, slab: createTextSlab(), keepRejected: true };
  const sideDoor =
    aside &&
    createSideDoor({
      door,
      pass: (inputs) => passBy(aside, inputs),
      silentMs: () => storage.silentMs?.() ?? 0,
      isSpooling,
      wake: () => queue.wake(),
    });

  const projectNext = createPortions({
    backlog,
    projector,
    storage,
    onError(event, error) {
      const [message, about] =
        event === null
          ? ["events could not be projected together; trying each alone", {}]
          : ["an event is left out of the journeys", { source: event.source, id: event.id }];
      log("error", message, { ...about, stack: stackOf(error) });
    },
  });
  let restUntil = 0;
  const project = async (): Promise<boolean> => {
    if (performance.now() < restUntil) return false;
    try {
      return await projectNext();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      log("warn", "journeys could not be written; trying again", { reason: error.message, waiting: backlog.size });
      restUntil = performance.now() + retryMs;
      setTimeout(() => queue.wake(), retryMs);
      return true;
    }
  };
  const isDue = (): boolean => backlog.size >= dueEvents || performance.now() - backlog.since > dueMs;
  /** After each group at the door one from the spool, so that a rush does not keep it waiting for good. */
  let isDrainDue = false;
  const drain = async (): Promise<boolean> => {
    isDrainDue = false;
    return spooled !== null && isReplayed && !isStopping && backlog.size < dueEvents && (await spooled.drain());
  };
  const passDoorQueue = async (): Promise<boolean> => {
    const passed = await door.step();
    isDrainDue ||= passed;
    return passed;
  };
  const queue = createWorkQueue(
    [
      { step: async () => isDue() && (await project()) },
      { step: async () => isDrainDue && (await drain()) },
      { step: passDoorQueue },
      { step: drain },
      { step: project },
    ],
    (error) => {
      log("error", "the collector met an error it does not know", {
        stack: stackOf(error),
      });
    },
  );

  const takeUp = createTakeUp({ storage, backlog, isSpooling, elapsed: () => performance.now() });
  const declare = async (declared: DeclaredWorld): Promise<null> => {
    // What waits was checked by, and slimmed to, the declarations it came in under: it is projected by them. Where it can't be written, this is told again later.
    while (backlog.size > 0) await projectNext();
    world = createWorld(declared);
    await board.loadFlows(world.flows);
    const { retentionMs } = options;
    if (!isReplayed) await replay({ storage, backlog, takeUp, projectNext, retentionMs, now, log });
    isReplayed = true;
    return null;
  };

  const judgeDue = createDueJudge({ storage, board, projector, flows: () => world.flows, now });
  const again = { storage, projector, world: () => world };
  const sweep = createSweep({
    ...again,
    now,
    rest: () => pause(sweepRestMs),
    inTurn: (work) =>
      queue.enqueue(async () => {
        while (backlog.size > 0) await projectNext();
        await work();
      }),
  });
  return {
    batch(input) {
      const answer = door.add(input);
      queue.wake();
      sideDoor?.watch();
      return answer;
    },
    heartbeat: (beat) =>
      queue.enqueue(async () => {
        await storage.sources.acceptHeartbeat(beat);
        board.noteHeartbeat(beat.source, beat.at, beat.arrivedAt);
        return null;
      }),
    declare: (declared) => queue.enqueue(() => declare(declared)),
    redrive: (query) =>
      queue.enqueue(() =>
        redrive(query, { deadLetters: storage.deadLetters, pass: (inputs) => pass(inputs, false), now }),
      ),
    judgeSlice: (input) => queue.enqueue(() => judgeSlice(input, again)),
    matchSlice: (input) => queue.enqueue(() => matchSlice(input, again)),
    judgeDue: () => queue.enqueue(judgeDue),
    takeUp: async (query) => {
      if (storage.projection.shared === undefined) return { events: 0 };
      return await queue.enqueue(async () => {
        // What waits may be what was taken up before: it would be taken up again.
        while (backlog.size > 0) await projectNext();
        const events = isReplayed ? await takeUp({ ...query, isPatient: true }) : 0;
        while (backlog.size > 0) await projectNext();
        return { events };
      });
    },
    sweep,
    settleMeasures: async () => ({ more: !(await storage.measures.settle(marksPerSlice)) }),
    expire: () => queue.enqueue(() => expireSlice({ storage, now: now(), ...options })),
    withoutJourney: (journeys) =>
      queue.enqueue(async () => {
        while (backlog.size > 0) await projectNext();
        const found = await storage.journeys.findMany(journeys);
        const kept = new Set(found.map(({ flow, primary }) => JSON.stringify([flow, primary])));
        return journeys.filter(({ flow, primary }) => !kept.has(JSON.stringify([flow, primary])));
      }),
    forget: (input) =>
      queue.enqueue(async () => {
        // What waits would come back after it was forgotten.
        while (backlog.size > 0) await projectNext();
        return forgetSlice(input, { storage, board });
      }),
    spool: async () => spooled?.state ?? null,
    countMasks: async () => maskCounter.counts(),
    measure: () =>
      queue.enqueue(async () => ({
        store: await measureStore(storage),
        pendingEvents: backlog.size,
        waitingRequests: door.size,
      })),
    async stop() {
      isStopping = true;
      await queue.drain();
      spool?.close();
      try {
        while (backlog.size > 0) await projectNext();
        await storage.projection.flush();
      } catch (error) {
        if (!(error instanceof StorageError) || !error.retryable) throw error;
        log("warn", "the journeys are not up to date; the next start takes up what was accepted", {
          reason: error.message,
        });
      }
      await storage.close();
      return null;
    },
  };
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
