import type { SourcesAnswer } from "#lib/api/intake-schema.ts";
import { knownFlows, visibleFlows } from "#lib/read/known-flows.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { toTime } from "#lib/record/to-time.ts";
import { ratePerMinute, type SourceProgress } from "#lib/source/source.ts";
import { watermarkOf } from "#lib/source/watermark.ts";

/** Everything that has sent something or is declared to, with how far it is believed to have been seen. */
export async function listSources(stores: ReadStores, context: ReadContext): Promise<SourcesAnswer> {
  const known = await knownFlows(stores.definitions);
  const flows = visibleFlows(known, context.role);
  const [progress, ...reports] = await Promise.all([
    stores.sources.list(),
    ...flows.map(({ flow }) => stores.sources.listReporters(flow)),
  ]);
  const seen = new Set(progress.map(({ source }) => source));
  const silent = known.sources.filter(({ source }) => !seen.has(source)).map(({ source }) => ({ source }));
  const reporters = Map.groupBy(reports.flat(), ({ source }) => source);
  const items = [...progress, ...silent].map((each): SourcesAnswer["items"][number] => {
    const { source } = each;
    const declared = known.sources.find((declaration) => declaration.source === source);
    const heard: SourceProgress | null = "lastSeenAt" in each ? each : null;
    const watermark = heard === null ? -Infinity : watermarkOf(heard, declared, context.now).watermark;
    const newestAt = Math.max(heard?.newestEventAt ?? -Infinity, heard?.heartbeatAt ?? -Infinity);
    return {
      source,
      watermark: toTimeOrNull(watermark),
      silent: declared?.silentAfterMs === undefined ? false : context.now - newestAt >= declared.silentAfterMs,
      newestEventAt: toTimeOrNull(heard?.newestEventAt),
      heartbeatAt: toTimeOrNull(heard?.heartbeatAt),
      lastSeenAt: toTimeOrNull(heard?.lastSeenAt),
      acceptedTotal: heard?.acceptedTotal ?? 0,
      duplicateTotal: heard?.duplicateTotal ?? 0,
      rejectedTotal: heard?.rejectedTotal ?? 0,
      unmatchedTotal: heard?.unmatchedTotal ?? 0,
      ratePerMinute: ratePerMinute(heard?.arrivals, context.now),
      ...(declared?.silentAfterMs !== undefined && { silentAfterMs: declared.silentAfterMs }),
      ...(declared !== undefined && { delayMs: declared.delayMs }),
      steps: (reporters.get(source) ?? []).map(({ flow, step, newestEventAt }) => ({
        flow,
        step,
        newestEventAt: toTime(newestEventAt),
      })),
    };
  });
  return { items: items.toSorted((a, b) => (a.source < b.source ? -1 : 1)) };
}

const toTimeOrNull = (ms: number | undefined): string | null =>
  ms === undefined || !Number.isFinite(ms) ? null : toTime(ms);
