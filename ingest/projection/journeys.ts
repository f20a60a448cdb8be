import type { World } from "#ingest/collector/world.ts";
import { toJourneyRow } from "#ingest/projection/journey-row.ts";
import type { SourceBoard } from "#ingest/projection/source-board.ts";
import { type UnitFactsOptions, withVersion } from "#ingest/projection/unit-facts.ts";
import { type KeyTypes, type Neighbours } from "#lib/crosswalk/adjacent.ts";
import { aliasesAround } from "#lib/crosswalk/aliases-around.ts";
import { primaryUnit } from "#lib/crosswalk/unit.ts";
import { nearestPrimaries } from "#lib/crosswalk/walk.ts";
import type { FlowId } from "#lib/id/id.ts";
import { assess } from "#lib/journey/assess.ts";
import type { Calendars } from "#lib/journey/deadline.ts";
import { emptyFacts, isEmpty, mergeFacts } from "#lib/journey/facts.ts";
import type { Step } from "#lib/flow/flow-version.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { Unit, UnitId, Units } from "#lib/storage/projection.ts";

/** Alias units that may lead to one primary; more belong to no business record. */
export const aliasUnitLimit = 2_000;

export interface JourneyOptions {
  readonly units: Units;
  readonly world: World;
  readonly board: SourceBoard;
  readonly calendars: Calendars;
  readonly now: number;
  readonly facts: UnitFactsOptions;
  /** The crosswalk with everything the batch at hand adds. */
  readonly neighbours: Neighbours;
  /** Units the batch at hand has changed; what is changed here is put in. */
  readonly changed: Map<UnitId, Unit>;
  /** Whether any unit of the flow is known by aliases only; where none is, no walk is needed. */
  readonly hasAliasUnits: (flow: FlowId) => Promise<boolean>;
}

export interface Rebuilt {
  readonly rows: readonly JourneyRow[];
  readonly removed: readonly { readonly flow: FlowId; readonly primary: string }[];
}

/** The key types a flow walks; those of its newest version. */
export function keyTypesOf(world: World, flow: FlowId): KeyTypes | null {
  const newest = world.versionsOf(flow).at(-1)?.declaration;
  return newest === undefined ? null : { primary: newest.primary, aliases: newest.aliases };
}

/** Judges journeys from their units as they are now: merge, choose the version, assess. A primary without any event is removed. */
export async function rebuildJourneys(
  flow: FlowId,
  primaries: readonly string[],
  options: JourneyOptions,
): Promise<Rebuilt> {
  const { world, changed } = options;
  const types = keyTypesOf(world, flow);
  if (types === null) return { rows: [], removed: [] };
  const ids = primaries.map((value) => primaryUnit({ flow, primary: types.primary }, value).id);
  const kept = await options.units.load(ids.filter((id) => !changed.has(id)));
  const walksNeeded = types.aliases.length > 0 && (await options.hasAliasUnits(flow));
  const rows: JourneyRow[] = [];
  const removed: { readonly flow: FlowId; readonly primary: string }[] = [];
  for (const [at, primary] of primaries.entries()) {
    const id = ids[at];
    const own = id === undefined ? undefined : (changed.get(id) ?? kept.get(id));
    const others = walksNeeded ? await aliasUnitsOf(flow, primary, types, options) : [];
    const row = await judgeUnits(flow, primary, own === undefined ? others : [own, ...others], options);
    if (row === null) removed.push({ flow, primary });
    else rows.push(row);
  }
  return { rows, removed };
}

/** Units known by aliases only whose nearest primaries include this one. */
async function aliasUnitsOf(
  flow: FlowId,
  primary: string,
  types: KeyTypes,
  options: JourneyOptions,
): Promise<readonly Unit[]> {
  const aliases = await aliasesAround({ type: types.primary, value: primary }, types, options.neighbours);
  if (aliases.length === 0) return [];
  const found: Unit[] = [];
  const candidates = new Map<UnitId, Unit>();
  for (const unit of await options.units.listByAliases(flow, aliases, aliasUnitLimit)) candidates.set(unit.id, unit);
  const wanted = new Set(aliases.map(({ type, value }) => `${type}\u0000${value}`));
  for (const unit of options.changed.values()) {
    if (unit.flow !== flow || unit.isPrimary) continue;
    if (unit.keys.some(({ type, value }) => wanted.has(`${type}\u0000${value}`))) candidates.set(unit.id, unit);
  }
  for (const unit of candidates.values()) {
    const nearest = await nearestPrimaries(unit.keys, types, options.neighbours);
    if (nearest.primaries.some(({ value }) => value === primary)) found.push(options.changed.get(unit.id) ?? unit);
  }
  return found;
}

async function judgeUnits(
  flow: FlowId,
  primary: string,
  units: readonly Unit[],
  options: JourneyOptions,
): Promise<JourneyRow | null> {
  if (units.length === 0) return null;
  const startedAt = units.reduce((first, unit) => Math.min(first, unit.startedAt), Infinity);
  const version = options.world.versionAt(flow, startedAt);
  if (version === null) return null;
  let facts = emptyFacts;
  const complete: Unit[] = [];
  for (const unit of units) {
    // The unit alone may begin under another version than the journey does.
    const ready = await withVersion(unit, version, options.facts);
    if (ready !== unit) options.changed.set(ready.id, ready);
    complete.push(ready);
    facts = mergeFacts(facts, ready.facts[version.hash] ?? emptyFacts);
  }
  // Its events are at no step of the version that judges it: they are shown as unmatched.
  if (isEmpty(facts)) return null;
  const steps = new Map<string, Step>(version.declaration.steps.map((step) => [step.id, step]));
  const assessment = assess(facts, version, {
    now: options.now,
    calendars: options.calendars,
    eyes(id) {
      const step = steps.get(id);
      return step === undefined ? [] : options.board.eyes(flow, step, options.now);
    },
  });
  return toJourneyRow(assessment, { flow, primary, versionHash: version.hash, units: complete });
}
