import type { FailuresView } from "#lib/failure/failures-view.ts";
import type { Period } from "#lib/period/period.ts";
import type { CountedGroup } from "#lib/read/group-trouble.ts";
import { listSources } from "#lib/read/list-sources.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";

const most = 2;

/** Sources that fell silent within the period and are why records can't be judged, the latest first. */
export async function listSilences(
  stores: ReadStores,
  groups: readonly CountedGroup[],
  { from, to }: Period,
  context: ReadContext,
): Promise<FailuresView["silences"]> {
  const unjudged = groups.filter(({ line }) => line.reason === "source_silent");
  if (unjudged.length === 0) return [];
  const { items } = await listSources(stores, context);
  return items
    .flatMap(({ source, watermark, steps }) => {
      const since = watermark === null ? Number.NaN : Date.parse(watermark);
      const isWhy = unjudged.some(({ line, flow }) => {
        const declared = flow.newest.declaration.steps.find(({ id }) => id === line.step)?.sources ?? [];
        const reports =
          declared.length > 0
            ? declared.some((each) => each === source)
            : steps.some((each) => each.flow === line.flow && each.step === line.step);
        return reports && since <= line.lastAt;
      });
      return isWhy && since >= from && since < to ? [{ source, since }] : [];
    })
    .toSorted((a, b) => b.since - a.since)
    .slice(0, most);
}
