import type { World } from "#ingest/collector/world.ts";
import { toJourneyRow } from "#ingest/projection/journey-row.ts";
import { createUnitMerger, type UnitMerger } from "#ingest/projection/merged-units.ts";
import type { SourceBoard } from "#ingest/projection/source-board.ts";
import type { UnitFactsOptions } from "#ingest/projection/unit-facts.ts";
import type { KeyTypes, Walks } from "#lib/crosswalk/adjacent.ts";
import { type AliasGroup, type ListByAliases, unitsLeadingTo } from "#lib/crosswalk/alias-units.ts";
import { primaryUnit } from "#lib/crosswalk/unit.ts";
import { tallyOf, type UnitTally } from "#lib/crosswalk/unit-tally.ts";
import type { Step } from "#lib/flow/flow-version.ts";
import type { FlowId } from "#lib/id/id.ts";
import { assess } from "#lib/journey/assess.ts";
import type { Calendars } from "#lib/journey/deadline.ts";
import { type Facts, isEmpty } from "#lib/journey/facts.ts";
import { mergeAllFacts } from "#lib/journey/merge-all-facts.ts";
import { type KeyId, toKeyId } from "#lib/key/key.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { Unit, UnitId, Units } from "#lib/storage/projection.ts";

export interface JourneyOptions {
  readonly units: Units;
  readonly world: World;
  readonly board: SourceBoard;
  readonly calendars: Calendars;
  readonly now: number;
  readonly facts: UnitFactsOptions;
  /** The crosswalk with everything the batch at hand adds. */
  readonly walks: Walks;
  /** Units the batch at hand has changed; what is changed here is put in. */
  readonly changed: Map<UnitId, Unit>;
  /** Whether any unit of the flow is known by aliases only; where none is, no walk is needed. */
  readonly hasAliasUnits: (flow: FlowId) => Promise<boolean>;
}

export interface Rebuilt {
  readonly rows: readonly JourneyRow[];
  readonly removed: readonly { readonly flow: FlowId; readonly primary: string }[];
  /** Primaries without a unit of their own, whose rows are made of alias units only. */
  readonly withoutOwn: ReadonlySet<string>;
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
  if (types === null) return { rows: [], removed: [], withoutOwn: new Set() };
  const ids = new Map(primaries.map((value) => [value, primaryUnit({ flow, primary: types.primary }, value).id]));
  const kept = await options.units.load([...ids.values()].filter((id) => !changed.has(id)));
  const merger = createUnitMerger(options.facts, changed);
  const judging = createJudging(flow, options);
  const rows: JourneyRow[] = [];
  const removed: { readonly flow: FlowId; readonly primary: string }[] = [];
  const withoutOwn = new Set<string>();
  const judge = async (primary: string, groups: readonly AliasGroup<Unit>[]): Promise<void> => {
    const id = ids.get(primary);
    const own = id === undefined ? undefined : (changed.get(id) ?? kept.get(id));
    if (own === undefined) withoutOwn.add(primary);
    const lists = groups.map(({ units }) => units);
    const row = await judging(primary, own === undefined ? lists : [[own], ...lists], merger);
    if (row === null) removed.push({ flow, primary });
    else rows.push(row);
  };
  const walksNeeded = types.aliases.length > 0 && (await options.hasAliasUnits(flow));
  if (walksNeeded) {
    const keys = primaries.map((value) => ({ type: types.primary, value }));
    const parts = unitsLeadingTo(keys, options.walks(types), listWithChanged(flow, options));
    for await (const part of parts) for (const { value } of part.primaries) await judge(value, part.groupsOf(value));
  } else for (const primary of primaries) await judge(primary, []);
  return { rows, removed, withoutOwn };
}

/** Alias units as the store has them, and over them those that the batch at hand has changed or made. */
export function listWithChanged(
  flow: FlowId,
  { units, changed }: Pick<JourneyOptions, "units"> & { readonly changed: ReadonlyMap<UnitId, Unit> },
): ListByAliases<Unit> {
  const byAlias = new Map<KeyId, Set<UnitId>>();
  for (const unit of changed.values()) {
    if (unit.flow !== flow || unit.isPrimary) continue;
    for (const key of unit.keys) byAlias.set(toKeyId(key), (byAlias.get(toKeyId(key)) ?? new Set()).add(unit.id));
  }
  return async (aliases, limit) => {
    const found = new Map<UnitId, Unit>();
    for (const unit of await units.listByAliases(flow, aliases, limit))
      found.set(unit.id, changed.get(unit.id) ?? unit);
    for (const alias of aliases) {
      for (const id of byAlias.get(toKeyId(alias)) ?? []) {
        const unit = changed.get(id);
        if (unit !== undefined) found.set(id, unit);
      }
    }
    return [...found.values()];
  };
}

type Judging = (
  primary: string,
  /** Its own unit, and the alias units that lead to it: lists that are shared with other journeys. */
  lists: readonly (readonly Unit[])[],
  merger: UnitMerger,
) => Promise<JourneyRow | null>;

function createJudging(flow: FlowId, { world, board, calendars, now }: JourneyOptions): Judging {
  /** For one moment: asked for every journey. */
  const eyes = new Map<Step, ReturnType<SourceBoard["eyes"]>>();
  const eyesOf = (step: Step): ReturnType<SourceBoard["eyes"]> => {
    const known = eyes.get(step) ?? board.eyes(flow, step, now);
    eyes.set(step, known);
    return known;
  };
  return async (primary, lists, merger) => {
    if (lists.length === 0) return null;
    const startedAt = lists.reduce((first, list) => Math.min(first, merger.startedAt(list)), Infinity);
    const version = world.versionAt(flow, startedAt);
    if (version === null) return null;
    const tallies: UnitTally[] = [];
    const merged: Facts[] = [];
    for (const list of lists) {
      const { facts, tally } = await merger.merge(list, version);
      tallies.push(tally);
      merged.push(facts);
    }
    const facts = mergeAllFacts(merged);
    // Its events are at no step of the version that judges it: they are shown as unmatched.
    if (isEmpty(facts)) return null;
    const { steps } = version.declaration;
    const assessment = assess(facts, version, {
      now,
      calendars,
      eyes(id) {
        const step = steps.find((each) => each.id === id);
        return step === undefined ? [] : eyesOf(step);
      },
    });
    return toJourneyRow(assessment, { flow, primary, versionHash: version.hash, tally: tallyOf(tallies) });
  };
}
