import { keysOf } from "#lib/crosswalk/keys-of.ts";
import type { HopEvent } from "#lib/event/hop-event.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { FlowId } from "#lib/id/id.ts";
import type { Key } from "#lib/key/key.ts";

/** Equal ids are the same unit. */
export type UnitId = string & { readonly __unit: true };

/** Whose events a unit holds: those of one flow that name one primary, or that name no primary and exactly these aliases. */
export interface UnitKeys {
  readonly id: UnitId;
  readonly flow: FlowId;
  /** One primary, or the sorted aliases. */
  readonly keys: readonly Key[];
  readonly isPrimary: boolean;
}

/** A JSON list: no value can imitate the end of another. */
const toUnitId = (flow: FlowId, keys: readonly Key[]): UnitId =>
  JSON.stringify([flow, ...keys.flatMap(({ type, value }) => [type, value])]) as UnitId;

export const primaryUnit = (flow: FlowId, primary: Key): UnitKeys => ({
  id: toUnitId(flow, [primary]),
  flow,
  keys: [primary],
  isPrimary: true,
});

/**
 * The units an event belongs to in a flow: one per primary it names; else the one of its aliases; none where it carries no key type of
 * the flow. An event that names a primary is never spread through its aliases.
 */
export function unitsOf(
  event: Pick<HopEvent, "keys">,
  { flow, declaration }: Pick<FlowVersion, "flow" | "declaration">,
): readonly UnitKeys[] {
  const primaries = keysOf(event.keys, [declaration.primary]);
  if (primaries.length > 0) return primaries.map((primary) => primaryUnit(flow, primary));
  const aliases = keysOf(event.keys, declaration.aliases);
  return aliases.length === 0 ? [] : [{ id: toUnitId(flow, aliases), flow, keys: aliases, isPrimary: false }];
}
