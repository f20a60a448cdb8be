import type { LatencyAnswer, LatencyQuestion } from "#lib/api/flows-schema.ts";
import { ReadError } from "#lib/api/problem.ts";
import type { KnownFlow } from "#lib/read/known-flows.ts";
import { findVisibleFlow } from "#lib/read/read-flow.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { readPeriod } from "#lib/read/read-period.ts";
import { toTime } from "#lib/record/to-time.ts";

const maxBuckets = 2000;

/** Percentiles of each hop and end to end (`end_to_end`), by when the hop ended. */
export async function readLatency(
  stores: ReadStores,
  id: string,
  query: LatencyQuestion,
  context: ReadContext,
): Promise<LatencyAnswer> {
  const flow = await findVisibleFlow(stores, id, context);
  const { from, to } = readPeriod(query, context.now);
  const { hop, bucket } = query;
  if (hop !== undefined && !isHop(flow, hop)) {
    throw new ReadError("invalid_parameter", "Write two steps of the flow as `from..to`, or `end_to_end`.", "hop");
  }
  if (bucket !== undefined && (to - from) / bucket > maxBuckets) {
    throw new ReadError("invalid_parameter", `More than ${maxBuckets} buckets; take a wider one.`, "bucket");
  }
  const buckets = await stores.measures.latency({
    flow: flow.flow,
    from,
    to,
    ...(hop !== undefined && { hop }),
    ...(bucket !== undefined && { bucketMs: bucket }),
  });
  return {
    flow: flow.flow,
    from: toTime(from),
    to: toTime(to),
    bucketMs: bucket ?? null,
    hops: [...Map.groupBy(buckets, (each) => each.hop)].map(([name, own]) => ({
      hop: name,
      buckets: own.map(({ hop: _hop, at, ...measured }) => ({ at: toTime(at), ...measured })),
    })),
  };
}

function isHop({ versions }: KnownFlow, hop: string): boolean {
  if (hop === "end_to_end") return true;
  const [from, to, ...rest] = hop.split("..");
  const steps = new Set<string>(versions.flatMap(({ declaration }) => declaration.steps.map((step) => step.id)));
  return from !== undefined && to !== undefined && rest.length === 0 && steps.has(from) && steps.has(to);
}
