import type { World } from "#ingest/collector/world.ts";
import { keyTypesOf } from "#ingest/projection/journeys.ts";
import { unitsOf } from "#lib/crosswalk/unit.ts";
import type { FlowId, KeyType } from "#lib/id/id.ts";
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
    const types = keyTypesOf(world(), flow);
    for (const type of types?.aliases ?? []) {
      const [first] = await units.scan(flow, beforeFirst(flow, types?.primary ?? type, type), 1);
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

/** Sorts before every unit whose first key has this type: nothing sorts before the empty value, which no key has. */
function beforeFirst(flow: FlowId, primary: KeyType, type: KeyType): UnitId | null {
  const [place] = unitsOf({ keys: { [type]: [""] } }, { flow, primary, aliases: [type] });
  return place?.id ?? null;
}
