import type { FlowId } from "#lib/id/id.ts";
import { hopSkewMs } from "#lib/journey/hop-skew.ts";
import type { Measures } from "#lib/storage/measures.ts";

/** An answer may lag two seconds, and the latencies are kept a moment after the events. */
const freshForMs = 1_000;
const maxRemembered = 10_000;

interface Known {
  readonly at: number;
  readonly skewMs: number | null;
}

/** How far clocks differ costs a thousand latencies to find out: look-ups that come close together ask once. */
const remembered = new WeakMap<Measures, Map<string, Known>>();

/** The skew to show of each of the hops (`from..to`), ms; null where there is none. */
export async function hopSkews(
  measures: Measures,
  flow: FlowId,
  hops: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, number | null>> {
  const known = remembered.get(measures) ?? new Map<string, Known>();
  remembered.set(measures, known);
  if (known.size > maxRemembered) known.clear();
  const found = await Promise.all(
    hops.map(async (hop): Promise<readonly [string, number | null]> => {
      const id = JSON.stringify([flow, hop]);
      const last = known.get(id);
      if (last !== undefined && Math.abs(now - last.at) < freshForMs) return [hop, last.skewMs];
      const skewMs = hopSkewMs(await measures.negativeLatencies(flow, hop));
      known.set(id, { at: now, skewMs });
      return [hop, skewMs];
    }),
  );
  return new Map(found);
}
