import type { FlowId } from "#lib/id/id.ts";
import { hopSkewMs } from "#lib/journey/hop-skew.ts";
import type { Measures } from "#lib/storage/measures.ts";

/** Asked once for look-ups that come closer together than this. */
const freshForMs = 1_000;
const maxRemembered = 10_000;

interface Known {
  readonly at: number;
  readonly skewMs: number | null;
}

interface Remembered {
  readonly known: Map<string, Known>;
  /** What is being asked at this moment. */
  readonly asked: Map<string, Promise<number | null>>;
}

const newRemembered = (): Remembered => ({ known: new Map(), asked: new Map() });

/** How far clocks differ costs a thousand latencies to find out: look-ups that come close together ask once. */
const remembered = new WeakMap<Measures, Remembered>();

/**
 * The skew to show of each of the hops (`from..to`), ms; null where there is none. Of a store whose answers may lag, what it said a moment
 * ago is taken while it is asked anew: nobody waits for a thousand latencies but who comes first.
 */
export async function hopSkews(
  measures: Measures,
  flow: FlowId,
  hops: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, number | null>> {
  const own = remembered.get(measures) ?? newRemembered();
  remembered.set(measures, own);
  if (own.known.size > maxRemembered) own.known.clear();
  const found = await Promise.all(
    hops.map(async (hop): Promise<readonly [string, number | null]> => {
      const id = JSON.stringify([flow, hop]);
      const last = own.known.get(id);
      const age = last === undefined ? Infinity : Math.abs(now - last.at);
      if (last !== undefined && age < freshForMs) return [hop, last.skewMs];
      const asked = own.asked.get(id) ?? ask(own, id, () => measures.negativeLatencies(flow, hop), now);
      if (last === undefined || age >= measures.lagMs) return [hop, await asked];
      // Where it fails, the next one who asks hears of it.
      asked.catch(() => undefined);
      return [hop, last.skewMs];
    }),
  );
  return new Map(found);
}

function ask(own: Remembered, id: string, read: () => Promise<readonly number[]>, now: number): Promise<number | null> {
  const asked = read()
    .then((negatives) => {
      const skewMs = hopSkewMs(negatives);
      own.known.set(id, { at: now, skewMs });
      return skewMs;
    })
    .finally(() => own.asked.delete(id));
  own.asked.set(id, asked);
  return asked;
}
