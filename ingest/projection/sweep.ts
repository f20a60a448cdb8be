import type { Portion } from "#ingest/collector/backlog.ts";
import type { World } from "#ingest/collector/world.ts";
import { findLacking, type Lacking } from "#ingest/projection/find-lacking.ts";
import type { Projector } from "#ingest/projection/projector.ts";
import type { Arrival, PositionedEvent } from "#lib/storage/event-log.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

/** What a pass looked at. */
export interface Swept {
  /** Events that were looked for in everything that is made from them. */
  readonly events: number;
  /** Of them, those that something lacked: projected again. */
  readonly mended: number;
  /** Events that nobody looked for, because more came than can be looked at. */
  readonly passedOver: number;
}

interface SweepOptions {
  readonly storage: Pick<EventStorage, "events" | "projection" | "units" | "crosswalk" | "journeys">;
  readonly projector: Pick<Projector, "project">;
  readonly world: () => World;
  readonly now: () => number;
  /** Runs work in the turn of whoever projects. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>;
  /** Long enough for another worker to end what it is about. */
  readonly rest: () => Promise<unknown>;
}

const eventsPerPass = 500;
const lookBackMs = 3_600_000;
/** Declarations reach all workers within 2 s: what is younger may have been judged by others. */
const settledMs = 10_000;
/** Where a writer's events are looked at for the first time: so many of its newest. */
const firstLook = 2_000;
/** A sweep that is farther behind passes over the oldest. */
const mostBehind = 20_000;
/** Kept events of units that have to be made anew. */
const mostKept = 10_000;

const nothing: Swept = { events: 0, mended: 0, passedOver: 0 };

/**
 * Where several workers project, no commit holds units, links and rows of a batch together; the order of their writes does, and whoever takes
 * up after the dead. A sweep is the proof: it goes along with what the workers took in and have projected, looks by id whether it is in
 * everything that is made from it, and projects again what is not.
 */
export function createSweep(options: SweepOptions): () => Promise<Swept> {
  const { storage, world, now } = options;
  const reached = new Map<string, number>();

  /** Everything up to how far its writer had come before it was read; what came later comes by itself. */
  const within = (progress: ReadonlyMap<string, number>) => (each: PositionedEvent) =>
    each.arrival !== undefined && each.arrival.sequence <= (progress.get(each.arrival.writer) ?? 0);

  const mend = async (
    page: readonly PositionedEvent[],
    { events, keys }: Lacking,
    progress: ReadonlyMap<string, number>,
  ): Promise<void> => {
    const kept = keys.length === 0 ? [] : await storage.events.pageByKeys(keys, null, mostKept);
    const lacking = [...page.filter(({ event }) => events.has(event)), ...kept.filter(within(progress))];
    const byWriter = Map.groupBy(lacking, ({ arrival }) => arrival?.writer ?? "");
    for (const all of byWriter.values()) {
      const portion = toPortion(await stillKept(all));
      if (portion !== null) await options.projector.project(portion);
    }
  };
  /** What lacks something for longer than a moment: another worker may have written a link just now and not got to judging. */
  const findTwice = async (page: readonly PositionedEvent[]): Promise<Lacking> => {
    const { events } = await findLacking(page, { storage, world: world() });
    if (events.size === 0) return { events, keys: [] };
    await options.rest();
    return await findLacking(
      page.filter(({ event }) => events.has(event)),
      { storage, world: world() },
    );
  };
  /** Without those that were forgotten meanwhile. */
  const stillKept = async (all: readonly PositionedEvent[]): Promise<readonly PositionedEvent[]> => {
    const found: PositionedEvent[] = [];
    for (const each of all)
      if ((await storage.events.find(each.event.source, each.event.id)) !== null) found.push(each);
    return found;
  };

  return async () => {
    const { arrivals: log } = storage.events;
    const { shared } = storage.projection;
    if (log === undefined || shared === undefined || world().matchingAgain.size > 0) return nothing;
    const progress = new Map((await shared.listProgress()).map(({ writer, sequence }) => [writer, sequence]));
    for (const { writer } of await log.listWriters(now() - lookBackMs)) {
      const done = progress.get(writer) ?? 0;
      const last = reached.get(writer) ?? Math.max(0, done - firstLook);
      const from = Math.max(last, done - mostBehind);
      if (from >= done) continue;
      const found = await log.scanAfter({ writer, sequence: from }, eventsPerPass);
      const settled = found.findIndex((each) => !within(progress)(each) || each.event.ingestedAt > now() - settledMs);
      const page = settled === -1 ? found : found.slice(0, settled);
      const end = page.at(-1)?.arrival?.sequence;
      if (found.length === 0) reached.set(writer, done);
      if (end === undefined) continue;
      const lacking = await findTwice(page);
      if (lacking.events.size > 0) await options.inTurn(async () => mend(page, lacking, progress));
      reached.set(writer, end);
      return { events: page.length, mended: lacking.events.size, passedOver: from - last };
    }
    return nothing;
  };
}

/** Of one writer, each event once and in order, at a place that its progress covers. */
function toPortion(all: readonly PositionedEvent[]): Portion | null {
  const bySequence = new Map(all.map((each) => [each.arrival?.sequence ?? 0, each]));
  const sorted = [...bySequence.values()].toSorted((a, b) => (a.arrival?.sequence ?? 0) - (b.arrival?.sequence ?? 0));
  const last = sorted.at(-1);
  if (last === undefined) return null;
  return {
    events: sorted.map(({ event }) => event),
    arrivals: sorted.flatMap(({ arrival }): readonly Arrival[] => (arrival === undefined ? [] : [arrival])),
    position: last.position,
    again: true,
    isNoted: true,
  };
}
