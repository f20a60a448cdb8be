import { type JourneyOptions, rebuildJourneys } from "#ingest/projection/journeys.ts";
import { tryAgain } from "#ingest/projection/try-again.ts";
import { createWalks, tooCommonAt } from "#lib/crosswalk/adjacent.ts";
import type { FlowId } from "#lib/id/id.ts";
import type { JourneyId, JourneyRow } from "#lib/storage/journey-index.ts";
import type { Crosswalk, Unit, UnitId, Units } from "#lib/storage/projection.ts";
import type { SharedProjection } from "#lib/storage/shared-projection.ts";

interface SharedJudgingOptions extends Omit<JourneyOptions, "walks" | "changed"> {
  readonly crosswalk: Crosswalk;
  readonly shared: SharedProjection;
}

/** Journeys that are read, judged and written together: what they are made from is held meanwhile, and the longer it is, the more races are lost. */
const journeysPerRound = 2_000;

/** Judges journeys from what is stored now, and again where somebody else has judged them meanwhile. */
export async function judgeShared(
  dirty: ReadonlyMap<FlowId, readonly string[]>,
  options: SharedJudgingOptions,
): Promise<void> {
  const ids = [...dirty].flatMap(([flow, primaries]) => primaries.map((primary): JourneyId => ({ flow, primary })));
  for (let first = 0; first < ids.length; first += journeysPerRound)
    await tryAgain<ReadonlySet<JourneyId>>(new Set(ids.slice(first, first + journeysPerRound)), (left) =>
      judgeRound(left, options),
    );
}

async function judgeRound(
  left: ReadonlySet<JourneyId>,
  options: SharedJudgingOptions,
): Promise<ReadonlySet<JourneyId>> {
  const { shared, crosswalk } = options;
  const judging = await shared.beginJudging([...left]);
  const units = rememberFirst(options.units);
  const walks = createWalks((keys, types) => crosswalk.neighbours(keys, types, tooCommonAt));
  const changed = new Map<UnitId, Unit>();
  const rows: JourneyRow[] = [];
  const removed: JourneyId[] = [];
  const withoutOwn = new Set<string>();
  for (const [flow, ofFlow] of Map.groupBy(left, (id) => id.flow)) {
    const primaries = ofFlow.map(({ primary }) => primary);
    const rebuilt = await rebuildJourneys(flow, primaries, { ...options, units, walks, changed });
    for (const row of rebuilt.rows) rows.push(row);
    for (const each of rebuilt.removed) removed.push(each);
    for (const primary of rebuilt.withoutOwn) withoutOwn.add(nameOf({ flow, primary }));
  }
  if (changed.size > 0) {
    // Units that have facts under another version now. Where one was changed meanwhile, rows are made of facts that lack something.
    const changes = [...changed.values()].map((unit) => ({ unit, over: units.first(unit.id) }));
    const { conflicts } = await shared.learn({ units: changes, links: [], keys: [], again: false });
    if (conflicts.size > 0) return left;
  }
  const { conflicts, created } = await shared.writeRows(rows, removed, judging);
  // Who moved an alias unit away from a primary that has none of its own, and found no row, has left nothing that ours could conflict with.
  const unsure = created.filter((id) => withoutOwn.has(nameOf(id)));
  return new Set([...conflicts, ...unsure]);
}

const nameOf = ({ flow, primary }: JourneyId): string => `${flow}\u0000${primary}`;

/** A unit read twice may have changed in between: what is made from either is written over the first only. */
function rememberFirst(units: Units): Units & { first(id: UnitId): Unit | null } {
  const first = new Map<UnitId, Unit>();
  const note = (unit: Unit): void => {
    if (!first.has(unit.id)) first.set(unit.id, unit);
  };
  return {
    async load(ids) {
      const found = await units.load(ids);
      for (const unit of found.values()) note(unit);
      return found;
    },
    async listByAliases(flow, aliases, limit) {
      const found = await units.listByAliases(flow, aliases, limit);
      for (const unit of found) note(unit);
      return found;
    },
    scan: (flow, after, limit) => units.scan(flow, after, limit),
    first: (id) => first.get(id) ?? null,
  };
}
