import { toFlowId } from "#lib/id/id.ts";
import type { JourneyIndex, JourneyRow } from "#lib/storage/journey-index.ts";

/** Candidates looked at on either side. */
const maxBefore = 20;
const maxAfter = 100;
const hourMs = 3_600_000;

export interface Compared {
  readonly flow: string;
  readonly primary: string;
  readonly startedAt: number;
  readonly versionHash: string;
}

/**
 * The completed record of the same flow and version whose start is nearest; one on time is preferred to a late one. Null where there is
 * none nearby. Looks at a few before it, and at those after it that may be nearer.
 */
export async function findHealthy(
  journeys: Pick<JourneyIndex, "list">,
  { flow, primary, startedAt, versionHash }: Compared,
): Promise<JourneyRow | null> {
  const flows = [toFlowId(flow)];
  for (const state of ["completed", "completed_late"] as const) {
    const fits = (row: JourneyRow): boolean => row.primary !== primary && row.versionHash === versionHash;
    const page = async (from: number, to: number, limit: number): Promise<readonly JourneyRow[]> =>
      (await journeys.list({ flows, states: [state], from, to }, { cursor: null, limit })).items.filter(fits);
    const before = await page(0, startedAt + 1, maxBefore);
    const gapMs = before[0] === undefined ? Infinity : startedAt - before[0].startedAt;
    const after = await nearestAfter(page, startedAt + 1, gapMs);
    const nearest = [...before, ...after].toSorted(
      (a, b) => Math.abs(a.startedAt - startedAt) - Math.abs(b.startedAt - startedAt),
    )[0];
    if (nearest !== undefined) return nearest;
  }
  return null;
}

/** The list is newest first, so what follows a moment is found in spans that grow from it. */
async function nearestAfter(
  page: (from: number, to: number, limit: number) => Promise<readonly JourneyRow[]>,
  from: number,
  gapMs: number,
): Promise<readonly JourneyRow[]> {
  for (let spanMs = 1_000; spanMs < 24 * 365 * hourMs; spanMs *= 8) {
    const found = await page(from, from + Math.min(spanMs, gapMs), maxAfter);
    if (found.length > 0 || spanMs >= gapMs) return found;
  }
  return [];
}
