import { unitsOf } from "#lib/crosswalk/unit.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import { matchStep } from "#lib/flow/match-step.ts";
import type { StepId } from "#lib/id/id.ts";
import { compareTexts } from "#lib/journey/compare-texts.ts";
import type { LoadedJourney } from "#lib/read/load-journey.ts";
import type { ListEvents } from "#lib/read/read-events.ts";

export interface JourneyEvent {
  readonly event: StoredEvent;
  readonly step: StepId;
}

/** The kept events of a journey with the step each is at, newest event time first. */
export async function listJourneyEvents(
  { version, units }: LoadedJourney,
  listEvents: ListEvents,
): Promise<readonly JourneyEvent[]> {
  const own = new Set(units.map(({ id }) => id));
  const events = await listEvents(units.flatMap(({ keys }) => keys));
  return events
    .flatMap((event): JourneyEvent[] => {
      const step = matchStep(event, version.declaration);
      if (step === null || step === "ambiguous_step") return [];
      return unitsOf(event, version.declaration).some(({ id }) => own.has(id)) ? [{ event, step }] : [];
    })
    .toSorted((a, b) => newestFirst(a.event, b.event));
}

/** Ties go by source and id, never by arrival: any order of arrival shows the same list. */
const newestFirst = (a: StoredEvent, b: StoredEvent): number =>
  b.eventTime - a.eventTime || compareTexts(b.source, a.source) || compareTexts(b.id, a.id);
