import { unitsOf } from "#lib/crosswalk/unit.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import { matchStep } from "#lib/flow/match-step.ts";
import type { StepId } from "#lib/id/id.ts";
import { type Key, toKeyId } from "#lib/key/key.ts";
import type { LoadedJourney } from "#lib/read/load-journey.ts";
import { createNewestEvents, type NewestEvents } from "#lib/read/newest-events.ts";
import type { EventLog, EventPosition } from "#lib/storage/event-log.ts";
import type { Unit, UnitId } from "#lib/storage/projection.ts";

/** Events that one look-up reads at most, newest arrival first; more belong to no business record. */
const mostRead = 50_000;
const pageEvents = 1_000;

/** A kept event of a journey with the step it is at. */
export interface JourneyEvent {
  readonly event: StoredEvent;
  readonly step: StepId;
}

/** The first page of the events of one key, asked for before it is known whether just that is needed. */
export interface ReadAhead {
  readonly key: Key;
  readonly page: ReturnType<EventLog["pageByKeys"]>;
}

export function readAhead(log: Pick<EventLog, "pageByKeys">, key: Key): ReadAhead {
  const page = log.pageByKeys([key], null, pageEvents);
  // Whoever needs it hears of its failure.
  page.catch(() => undefined);
  return { key, page };
}

interface Gathering {
  /** Events of one journey that are kept in mind: the newest by event time. */
  readonly perJourney: number;
  /** Keys whose events are told to `visit` as well. */
  readonly keys: readonly Key[];
  readonly visit: (event: StoredEvent) => void;
  readonly ahead?: ReadAhead | null;
}

/**
 * The newest events of each of the journeys, by event time. Everything is read once, page by page, and what many journeys share is kept
 * once for all of them.
 */
export async function gatherEvents(
  log: Pick<EventLog, "pageByKeys">,
  journeys: readonly LoadedJourney[],
  { perJourney, keys, visit, ahead = null }: Gathering,
): Promise<(journey: LoadedJourney) => readonly JourneyEvent[]> {
  const lists = new Map<readonly Unit[], Map<FlowVersion, NewestEvents<JourneyEvent>>>();
  const units = new Map<FlowVersion, Map<UnitId, NewestEvents<JourneyEvent>>>();
  const wanted = new Map(keys.map((key) => [toKeyId(key), key]));
  for (const journey of journeys) {
    const { version } = journey;
    const ofVersion = units.get(version) ?? new Map<UnitId, NewestEvents<JourneyEvent>>();
    units.set(version, ofVersion);
    for (const list of journey.lists) {
      const ofList = lists.get(list) ?? new Map<FlowVersion, NewestEvents<JourneyEvent>>();
      lists.set(list, ofList);
      if (ofList.has(version)) continue;
      const newest = createNewestEvents<JourneyEvent>(perJourney);
      ofList.set(version, newest);
      for (const unit of list) {
        ofVersion.set(unit.id, newest);
        for (const key of unit.keys) wanted.set(toKeyId(key), key);
      }
    }
  }
  const take = (event: StoredEvent): void => {
    for (const [version, ofVersion] of units) {
      const step = matchStep(event, version.declaration);
      if (step === null || step === "ambiguous_step") continue;
      const found = { event, step };
      for (const place of unitsOf(event, version.declaration)) ofVersion.get(place.id)?.add(found);
    }
    visit(event);
  };
  const only = wanted.size === 1 && ahead !== null && wanted.has(toKeyId(ahead.key));
  await readEach(log, [...wanted.values()], take, only ? ahead.page : null);
  return (journey) => {
    const newest = createNewestEvents<JourneyEvent>(perJourney);
    for (const list of journey.lists)
      for (const each of lists.get(list)?.get(journey.version)?.list() ?? []) newest.add(each);
    return newest.list();
  };
}

async function readEach(
  log: Pick<EventLog, "pageByKeys">,
  keys: readonly Key[],
  take: (event: StoredEvent) => void,
  first: ReadAhead["page"] | null,
): Promise<void> {
  if (keys.length === 0) return;
  let before: EventPosition | null = null;
  for (let read = 0; read < mostRead;) {
    const page: Awaited<ReadAhead["page"]> = await (before === null && first !== null
      ? first
      : log.pageByKeys(keys, before, pageEvents));
    for (const { event } of page) take(event);
    read += page.length;
    before = page.at(-1)?.position ?? null;
    if (before === null || page.length < pageEvents) return;
  }
}
