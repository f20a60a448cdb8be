import { type Key, type KeyId, toKeyId } from "#lib/key/key.ts";
import type { EventPosition } from "#lib/storage/event-log.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { Link, ProjectionChange, Reporter, Unit, UnitId } from "#lib/storage/projection.ts";
import type { SourceProgress } from "#lib/source/source.ts";

export const journeyIdOf = (flow: string, primary: string): string => `${flow}\u0000${primary}`;

/**
 * Changes that are committed but not on disk yet: the newest row of each id, so that a journey whose events arrive together is
 * written once. They stay until the transaction that writes them has gone through, whatever fails in between.
 */
export class Pending {
  readonly units = new Map<UnitId, Unit>();
  /** null: removed. */
  readonly journeys = new Map<
    string,
    { readonly flow: string; readonly primary: string; readonly row: JourneyRow | null }
  >();
  readonly links = new Map<string, Link>();
  readonly keys = new Map<KeyId, Key>();
  readonly sources = new Map<string, SourceProgress>();
  readonly reporters = new Map<string, Reporter>();
  /** Alias units by flow and alias. */
  readonly aliasUnits = new Map<string, Set<UnitId>>();
  readonly #neighbours = new Map<KeyId, Map<KeyId, Key>>();
  position: EventPosition | null = null;
  /** Newest arrival among the changes. */
  arrivedAt = 0;
  #rows = 0;

  /** Rows held back, counting each replacement: a measure of age and memory. */
  get rows(): number {
    return this.#rows;
  }

  get isEmpty(): boolean {
    return this.#rows === 0;
  }

  neighboursOf(key: Key): Iterable<Key> {
    return this.#neighbours.get(toKeyId(key))?.values() ?? [];
  }

  addUnit(unit: Unit): void {
    this.#rows += 1;
    this.units.set(unit.id, unit);
    this.arrivedAt = Math.max(this.arrivedAt, unit.newestIngestedAt);
    if (unit.isPrimary) return;
    for (const key of unit.keys) {
      const place = journeyIdOf(unit.flow, toKeyId(key));
      const units = this.aliasUnits.get(place) ?? new Set();
      this.aliasUnits.set(place, units.add(unit.id));
    }
  }

  addLink(id: string, link: Link): void {
    this.#rows += 1;
    this.links.set(id, link);
    this.#addNeighbour(link.a, link.b);
    this.#addNeighbour(link.b, link.a);
  }

  addKey(id: KeyId, key: Key): void {
    this.#rows += 1;
    this.keys.set(id, key);
  }

  /** The rest of a change: rows that replace rows, and the position. */
  addRows(change: ProjectionChange): void {
    this.#rows += 1 + change.journeys.length + change.removed.length;
    for (const { flow, primary } of change.removed) {
      this.journeys.set(journeyIdOf(flow, primary), { flow, primary, row: null });
    }
    for (const row of change.journeys) {
      this.journeys.set(journeyIdOf(row.flow, row.primary), { flow: row.flow, primary: row.primary, row });
    }
    for (const source of change.sources) this.sources.set(source.source, source);
    for (const reporter of change.reporters) {
      this.reporters.set(`${reporter.flow}\u0000${reporter.step}\u0000${reporter.source}`, reporter);
    }
    this.position = change.position ?? this.position;
  }

  #addNeighbour(key: Key, other: Key): void {
    const id = toKeyId(key);
    const others = this.#neighbours.get(id) ?? new Map<KeyId, Key>();
    this.#neighbours.set(id, others.set(toKeyId(other), other));
  }
}
