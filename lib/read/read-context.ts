import type { Role } from "#lib/access/role.ts";
import { openJourneys } from "#lib/read/open-journeys.ts";
import type { ControlStorage, EventStorage } from "#lib/storage/storage.ts";

/** The ports that reads ask. */
export type ReadStores = Pick<
  EventStorage,
  "events" | "units" | "crosswalk" | "keySearch" | "journeys" | "measures" | "deadLetters" | "sources"
> &
  Pick<ControlStorage, "definitions" | "closings" | "notes">;

/** The ports as reads ask them: journeys without those that people closed. */
export const toReadStores = (events: EventStorage, control: ControlStorage): ReadStores => ({
  events: events.events,
  units: events.units,
  crosswalk: events.crosswalk,
  keySearch: events.keySearch,
  journeys: openJourneys(events.journeys, control.closings),
  measures: events.measures,
  deadLetters: events.deadLetters,
  sources: events.sources,
  definitions: control.definitions,
  closings: control.closings,
  notes: control.notes,
});

/** Who asks, and when. */
export interface ReadContext {
  /** Epoch ms. */
  readonly now: number;
  readonly role: Role;
  /** Of days and of times in sentences, e.g. `Asia/Shanghai`. */
  readonly timeZone: string;
  /** HMAC of type and normalised value of a searchable key, as `StoredEvent.searchable` holds it (lib/privacy). */
  readonly searchToken: (type: string, value: string) => string;
}
