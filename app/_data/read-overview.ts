import "server-only";
import { sparkLine, type SparkLine } from "#components/charts/spark-line.ts";
import { readOverview as read } from "#lib/read/read-overview.ts";
import type { FlowOverview, Overview } from "#lib/search/overview.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

/** The overview with its trends drawn: what draws them weighs too much for a browser. */
export interface HomeOverview extends Overview {
  readonly flows: readonly (FlowOverview & { readonly spark: SparkLine | null })[];
}

export async function readOverview(viewer: Viewer): Promise<HomeOverview> {
  const { stores, context } = readScope(viewer, "records.read");
  const overview = await read(stores, context, viewer.language);
  return {
    ...overview,
    flows: overview.flows.map((flow) => ({
      ...flow,
      spark: flow.health === null ? null : sparkLine(flow.health.hours, flow.health.limitMs),
    })),
  };
}
