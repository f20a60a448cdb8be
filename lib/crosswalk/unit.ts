import type { Flow } from "#lib/flow/flow-version.ts";
import type { HopEvent } from "#lib/event/hop-event.ts";
import type { FlowId } from "#lib/id/id.ts";
import { toKeyId, type Key } from "#lib/key/key.ts";

/** `flow` + key ids; equal ids are the same unit. */
export type UnitId = string & { readonly __unit: true };

/** Which facts an event's facts are merged into: those of a primary it names, or those of its aliases together. */
export interface UnitPlace {
  readonly id: UnitId;
  readonly flow: FlowId;
  /** One primary, or the sorted aliases. */
  readonly keys: readonly Key[];
  readonly isPrimary: boolean;
}

/**
 * Units of one flow sort together, the flow first: adapters keep them near each other. The separator is doubled inside values, and a
 * key type never begins with it: so no value can imitate two keys.
 */
const toUnitId = (flow: FlowId, keys: readonly Key[]): UnitId =>
  `${flow}\u0001${keys.map((key) => escape(toKeyId(key))).join("\u0001")}` as UnitId;

const escape = (key: string): string => (key.includes("\u0001") ? key.replaceAll("\u0001", "\u0001\u0001") : key);

export const primaryUnit = (flow: Pick<Flow, "flow" | "primary">, value: string): UnitPlace => {
  const keys = [{ type: flow.primary, value }];
  return { id: toUnitId(flow.flow, keys), flow: flow.flow, keys, isPrimary: true };
};

/**
 * The units an event belongs to in a flow: one for each primary it names; if it names none, the one of its aliases.
 * None where it carries no key type of the flow. An event that names a primary is never spread through its aliases.
 */
export const unitsOf = (
  event: Pick<HopEvent, "keys">,
  flow: Pick<Flow, "flow" | "primary" | "aliases">,
): readonly UnitPlace[] => {
  const named = event.keys[flow.primary] ?? [];
  const primaries = named.length > 1 ? [...new Set(named)] : named;
  if (primaries.length > 0) return primaries.map((value) => primaryUnit(flow, value));
  const keys = flow.aliases
    .flatMap((type) => [...new Set(event.keys[type] ?? [])].map((value) => ({ type, value })))
    .toSorted((a, b) => (toKeyId(a) < toKeyId(b) ? -1 : 1));
  return keys.length === 0 ? [] : [{ id: toUnitId(flow.flow, keys), flow: flow.flow, keys, isPrimary: false }];
};
