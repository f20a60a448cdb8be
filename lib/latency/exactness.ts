import { END_TO_END } from "#lib/latency/journey-latencies.ts";

/** Up to so many values percentiles are counted value by value; above, from sketches, within 1 %. */
const exactEndToEnd = 100_000;
const exactHop = 20_000;

/** Whether a hop's percentiles over so many values, negative ones included, are exact. Every store draws the line here. */
export const isExactFor = (hop: string, values: number): boolean =>
  values <= (hop === END_TO_END ? exactEndToEnd : exactHop);

/** Over so many of a hop's newest latencies its clock skew is estimated (DESIGN 5). */
export const skewWindow = 1_000;
