import { isJsonObject } from "#lib/event/json-object.ts";

/** How often a rule masked a field. */
export interface MaskCount {
  /** `phone`, or several that were found in one text: `phone+email`. */
  readonly rule: string;
  /** As the payload names it; of a value under a masked name that name. */
  readonly field: string;
  /** By the field's name; otherwise by what was found in its text. */
  readonly byName: boolean;
  readonly count: number;
}

/** What was masked since the worker started, as it is kept for the console. */
export interface MaskCounts {
  /** Epoch ms. */
  readonly since: number;
  readonly counts: readonly MaskCount[];
  /** Of fields beyond those that are told apart. */
  readonly others: number;
}

/** Where it is kept among the settings. */
export const maskCountsSetting = "mask-counts";

const isCount = (value: unknown): value is MaskCount =>
  isJsonObject(value) &&
  typeof value["rule"] === "string" &&
  typeof value["field"] === "string" &&
  typeof value["byName"] === "boolean" &&
  typeof value["count"] === "number";

/** As a worker kept it; null where none has yet. */
export const readMaskCounts = (setting: unknown): MaskCounts | null => {
  if (!isJsonObject(setting)) return null;
  const { since, counts, others } = setting;
  if (typeof since !== "number" || !Array.isArray(counts)) return null;
  return { since, counts: counts.filter(isCount), others: typeof others === "number" ? others : 0 };
};
