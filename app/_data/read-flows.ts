import "server-only";
import type { FlowDetail, FlowsAnswer, LatencyAnswer, LatencyQuestion } from "#lib/api/flows-schema.ts";
import { listFlows as list, readFlow as read } from "#lib/read/read-flow.ts";
import { readLatency as measure } from "#lib/read/read-latency.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

export async function listFlows(viewer: Viewer): Promise<FlowsAnswer> {
  const { stores, context } = readScope(viewer, "records.read");
  return list(stores, context);
}

export async function readFlow(viewer: Viewer, flow: string): Promise<FlowDetail> {
  const { stores, context } = readScope(viewer, "records.read");
  return read(stores, flow, context);
}

export async function readLatency(viewer: Viewer, flow: string, query: LatencyQuestion): Promise<LatencyAnswer> {
  const { stores, context } = readScope(viewer, "records.read");
  return measure(stores, flow, query, context);
}
