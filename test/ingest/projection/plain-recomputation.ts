import { createWorld } from "#ingest/collector/world.ts";
import type { DeclaredWorld } from "#ingest/collector/call.ts";
import { toJourneyRow } from "#ingest/projection/journey-row.ts";
import { checkKept } from "#lib/contract/check-kept.ts";
import { createAdjacent } from "#lib/crosswalk/adjacent.ts";
import { linksOf } from "#lib/crosswalk/links-of.ts";
import { unitsOf } from "#lib/crosswalk/unit.ts";
import { nearestPrimaries } from "#lib/crosswalk/walk.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import { matchStep } from "#lib/flow/match-step.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import { assess } from "#lib/journey/assess.ts";
import { emptyFacts, isEmpty, mergeFacts, toFacts } from "#lib/journey/facts.ts";
import { type Key, toKeyId } from "#lib/key/key.ts";
import type { SourceId } from "#lib/id/id.ts";
import { stepSources, type StepReport } from "#lib/source/step-sources.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { Unit } from "#lib/storage/projection.ts";

/**
 * Every journey there is, worked out from all events at once: no batches, no stored units, nothing remembered. What the projector has
 * to end in, whatever the order in which events came.
 */
export async function recompute(
  events: readonly StoredEvent[],
  declared: DeclaredWorld,
  now: number,
): Promise<readonly JourneyRow[]> {
  const world = createWorld({ ...declared, matchingAgain: [] });
  const beside = besideOf(events);
  const neighbours = (keys: readonly Key[], types: readonly string[]): Promise<ReadonlyMap<string, readonly Key[]>> =>
    Promise.resolve(
      new Map(
        keys.map((key) => [
          toKeyId(key),
          [...(beside.get(toKeyId(key))?.values() ?? [])].filter(({ type }) => types.includes(type)),
        ]),
      ),
    );
  const rows: JourneyRow[] = [];
  for (const flow of world.flows) {
    const versions = world.versionsOf(flow);
    const newest = versions.at(-1);
    if (newest === undefined) continue;
    const ofFlow = events.filter((event) => versions.some((version) => isAt(event, version)));
    const byPrimary = new Map<string, StoredEvent[]>();
    for (const event of ofFlow) {
      for (const place of unitsOf(event, newest.declaration)) {
        const primaries = place.isPrimary
          ? place.keys
          : (await nearestPrimaries(place.keys, createAdjacent(newest.declaration, neighbours))).primaries;
        for (const { value } of primaries) byPrimary.set(value, [...(byPrimary.get(value) ?? []), event]);
      }
    }
    for (const [primary, mine] of byPrimary) {
      const version = world.versionAt(flow, Math.min(...mine.map((event) => event.eventTime)));
      if (version === null) continue;
      const facts = mine
        .map((event) => toFacts(event, version, { matchStep, checkKept }))
        .reduce(mergeFacts, emptyFacts);
      if (isEmpty(facts)) continue;
      const assessment = assess(facts, version, {
        now,
        calendars: world.calendars,
        eyes: (id) => {
          const step = version.declaration.steps.find((each) => each.id === id);
          return step === undefined
            ? []
            : stepSources(step, reportsOf(events, versions, id)).map((source) => ({ ...seenOf(events, source) }));
        },
      });
      rows.push(toJourneyRow(assessment, { flow, primary, versionHash: version.hash, tally: unitOf(mine) }));
    }
  }
  return rows;
}

const isAt = (event: StoredEvent, version: FlowVersion): boolean => {
  const step = matchStep(event, version.declaration);
  return step !== null && step !== "ambiguous_step";
};

function besideOf(events: readonly StoredEvent[]): ReadonlyMap<string, ReadonlyMap<string, Key>> {
  const beside = new Map<string, Map<string, Key>>();
  for (const event of events) {
    for (const { a, b } of linksOf(event)) {
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const)
        beside.set(toKeyId(from), (beside.get(toKeyId(from)) ?? new Map()).set(toKeyId(to), to));
    }
  }
  return beside;
}

const reportsOf = (
  events: readonly StoredEvent[],
  versions: readonly FlowVersion[],
  step: string,
): readonly StepReport[] =>
  events
    .filter((event) => versions.some((version) => matchStep(event, version.declaration) === step))
    .map(({ source, eventTime }) => ({ source, newestEventAt: eventTime }));

const seenOf = (events: readonly StoredEvent[], source: SourceId) => {
  const times = events
    .filter((event) => event.source === source)
    .map((event) => Math.min(event.eventTime, event.ingestedAt));
  const newestAt = Math.max(...times);
  return times.length === 0 ? { source, watermark: -Infinity } : { source, watermark: newestAt, newestAt };
};

/** Times and counts of all events of a journey, as one unit would have them. */
function unitOf(events: readonly StoredEvent[]): Unit {
  const [first] = events;
  if (first === undefined) throw new Error("A journey has an event");
  const times = events.map((event) => event.eventTime);
  return {
    id: "" as Unit["id"],
    flow: "" as Unit["flow"],
    keys: [],
    isPrimary: true,
    startedAt: Math.min(...times),
    lastEventAt: Math.max(...times),
    newestIngestedAt: Math.max(...events.map((event) => event.ingestedAt)),
    eventsTotal: events.length,
    ...(events.every((event) => event.backfill === true) ? { backfill: true as const } : {}),
    facts: {},
  };
}
