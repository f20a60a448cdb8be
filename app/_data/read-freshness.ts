import "server-only";
import type { Freshness } from "#lib/source/freshness.ts";
import { currentConsole } from "#app/_data/console.ts";
import { listSources } from "#app/_data/list-intake.ts";
import type { Viewer } from "#app/_data/session.ts";
import { readWorkerState } from "#app/_data/worker-address.ts";

/** How new what the console shows is: newest arrival, sources that are silent, and whether the worker runs. */
export const readFreshness = async (viewer: Viewer): Promise<Freshness> => {
  const [{ items }, worker] = await Promise.all([listSources(viewer), readWorkerState()]);
  const newest = items.flatMap(({ lastSeenAt }) => (lastSeenAt === null ? [] : [Date.parse(lastSeenAt)]));
  return {
    asOf: currentConsole().now(),
    newestAt: newest.length === 0 ? null : Math.max(...newest),
    silent: items.filter(({ silent }) => silent).map(({ source }) => source),
    workerUp: worker?.isUp ?? null,
    spooled: worker?.spooled ?? null,
  };
};
