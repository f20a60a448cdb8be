import type { FieldNeed } from "#lib/record/record-answer.ts";
import type { MaskFact, Outcome } from "#lib/event/hop-event.ts";

/**
 * What one field was at one step.
 * - `same`: as at the step before that shows a value.
 * - `empty`: there, but null, blank or white space.
 * - `missing`: not in the payload.
 * - `malformed`: there, and not as the contract wants it.
 * - `masked`: kept only as facts; `same` wins where the keyed hashes agree.
 */
export type FieldCell =
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "same" }
  | { readonly kind: "empty" }
  | { readonly kind: "missing" }
  | { readonly kind: "malformed"; readonly text: string; readonly expected?: string }
  | { readonly kind: "masked"; readonly text: string; readonly fact: MaskFact; readonly malformed: boolean };

/** A step of the path that was seen with a payload; the newest of its events (by event time) that carries one. */
export interface FieldColumn {
  readonly step: string;
  readonly system: string;
  readonly time: string;
  readonly outcome: Outcome;
  readonly event: { readonly source: string; readonly id: string };
  /** How many fields of the payload are not listed because it has too many. */
  readonly omitted: number;
}

export interface FieldRow {
  /** `tax_no`, `lines[2].sku`; `""` for a payload that is not an object. */
  readonly field: string;
  readonly title?: string;
  readonly kind: "problem" | "changed" | "unchanged";
  /** One a column. */
  readonly cells: readonly FieldCell[];
  /** What the contract of `needsOf` wants of it; absent where it is not needed. */
  readonly need?: FieldNeed;
  /** Place of the first column from which on a problem field is missing, empty or malformed. */
  readonly brokenAt?: number;
}

/** Payloads along the path to the broken step (or along the whole flow, where nothing is broken), field by field. */
export interface FieldTable {
  /** In the order of the path. */
  readonly columns: readonly FieldColumn[];
  /** Problem fields first (in the contract's order), then changed, then unchanged ones. */
  readonly rows: readonly FieldRow[];
  readonly problemCount: number;
  readonly changedCount: number;
  readonly unchangedCount: number;
  /** The step whose contract the last column shows; null where no step on the path has one. */
  readonly needsOf: string | null;
  /** Place of the column to mark as the first broken hop: the smallest `brokenAt`; null where no field is the problem. */
  readonly firstBroken: number | null;
}
