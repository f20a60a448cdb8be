import type { FlowVersion } from "#lib/flow/flow-version.ts";

/**
 * The version that judges a journey: the one whose `from` is the last at or before its earliest event time (over all versions of the flow).
 * Of two with the same `from`, the one saved later. `versions` are of one flow; null where none begins so early.
 */
export function versionFor(versions: readonly FlowVersion[], earliestEventTime: number): FlowVersion | null {
  return versions
    .filter(({ from }) => from <= earliestEventTime)
    .reduce<FlowVersion | null>((a, b) => (a === null || compareVersions(b, a) > 0 ? b : a), null);
}

function compareVersions(a: FlowVersion, b: FlowVersion): number {
  if (a.from !== b.from) return a.from < b.from ? -1 : 1;
  return a.savedAt - b.savedAt || (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0);
}
