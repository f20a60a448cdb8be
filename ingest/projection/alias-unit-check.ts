import type { World } from "#ingest/collector/world.ts";
import { keyTypesOf } from "#ingest/projection/journeys.ts";
import type { FlowId } from "#lib/id/id.ts";
import type { Unit, UnitId, Units } from "#lib/storage/projection.ts";

/** Knows of each flow whether any event of it named no primary: where none did, no journey needs a walk through the crosswalk. */
export interface AliasUnitCheck {
  ask(flow: FlowId): Promise<boolean>;
  /** Units that are about to be committed. */
  note(units: Iterable<Unit>): void;
}

export function createAliasUnitCheck(units: Pick<Units, "scan">, world: () => World): AliasUnitCheck {
  const known = new Map<FlowId, boolean>();

  /** Ids sort by flow and first key, and a unit of aliases begins with an alias: one look an alias type. */
  const look = async (flow: FlowId): Promise<boolean> => {
    for (const type of keyTypesOf(world(), flow)?.aliases ?? []) {
      const [first] = await units.scan(flow, beforeFirst(flow, type), 1);
      if (first !== undefined && first.keys[0]?.type === type) return true;
    }
    return false;
  };

  return {
    async ask(flow) {
      const found = known.get(flow) ?? (await look(flow));
      known.set(flow, found);
      return found;
    },
    note(changed) {
      for (const { flow, isPrimary } of changed) if (!isPrimary) known.set(flow, true);
    },
  };
}

/** Sorts before every unit whose first key has this type (lib/crosswalk/unit.ts). */
const beforeFirst = (flow: FlowId, type: string): UnitId => `${flow}\u0001${type}\u0000` as UnitId;
