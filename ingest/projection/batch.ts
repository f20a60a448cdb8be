import type { World } from "#ingest/collector/world.ts";
import { keysOf } from "#lib/crosswalk/keys-of.ts";
import { linksOf } from "#lib/crosswalk/links-of.ts";
import { type UnitPlace, unitsOf } from "#lib/crosswalk/unit.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { FlowId, StepId } from "#lib/id/id.ts";
import { type Key, type KeyId, toKeyId } from "#lib/key/key.ts";
import type { Link, UnitId } from "#lib/storage/projection.ts";

/** One event in a unit, and the versions that have a step for it. */
export interface UnitEvent {
  readonly event: StoredEvent;
  readonly versions: readonly FlowVersion[];
}

export interface TouchedUnit {
  readonly place: UnitPlace;
  readonly events: readonly UnitEvent[];
}

/** A step that was reported in the batch. */
export interface Report {
  readonly flow: FlowId;
  readonly step: StepId;
  readonly event: StoredEvent;
}

/** What a batch of events says, sorted for projecting: which units it touches, what it links, which keys it makes known. Pure. */
export interface Batch {
  readonly events: readonly StoredEvent[];
  readonly touched: ReadonlyMap<UnitId, TouchedUnit>;
  readonly links: readonly Link[];
  readonly keys: readonly Key[];
  readonly reports: readonly Report[];
}

export function toBatch(events: readonly StoredEvent[], world: World): Batch {
  const touched = new Map<
    UnitId,
    { readonly place: UnitPlace; readonly events: { readonly event: StoredEvent; readonly versions: FlowVersion[] }[] }
  >();
  const links = new Map<string, Link>();
  const keys = new Map<KeyId, Key>();
  const reports: Report[] = [];
  for (const event of events) {
    const own = keysOf(event.keys);
    for (const key of own) keys.set(toKeyId(key), key);
    if (own.length > 1)
      for (const link of linksOf(event, own)) links.set(`${toKeyId(link.a)}\u0001${toKeyId(link.b)}`, link);
    for (const { version, flow, step } of world.match(event)) {
      if (step === "ambiguous_step") continue;
      reports.push({ flow, step, event });
      for (const place of unitsOf(event, version.declaration)) {
        const unit = touched.get(place.id) ?? { place, events: [] };
        touched.set(place.id, unit);
        const last = unit.events.at(-1);
        // The matches of one event stand next to each other: several versions of its flow make one entry.
        if (last?.event === event) last.versions.push(version);
        else unit.events.push({ event, versions: [version] });
      }
    }
  }
  return { events, touched, links: [...links.values()], keys: [...keys.values()], reports };
}
