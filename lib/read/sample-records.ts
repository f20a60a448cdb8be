import type { StoredEvent } from "#lib/event/hop-event.ts";
import { matchStep } from "#lib/flow/match-step.ts";
import { toFlowPath } from "#lib/flow/path.ts";
import { toStepId, type StepId } from "#lib/id/id.ts";
import type { KnownFlow } from "#lib/read/known-flows.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { ReadStores } from "#lib/read/read-context.ts";

/** Of one record, the newest. */
const maxEvents = 50;
/** Records whose events are asked for at once: those that broke together stand near each other in the store. */
const together = 25;
/** So many records are read where that is quick; the fewest always. */
const sizes = [100, 250, 500] as const;
export const maxSample = 500;
/** Where more records would take longer than this by what the first took, they are left out: the page has to stay quick. */
const budgetMs = 70;

export interface Sampled {
  readonly row: JourneyRow;
  /** Those above the step where it stopped, and where it failed, of that step too. */
  readonly events: readonly (StoredEvent & { readonly at: StepId })[];
}

export interface Sampling {
  readonly events: Pick<ReadStores["events"], "listByKeys">;
  readonly flow: KnownFlow;
  readonly upTo: string;
  readonly withStep: boolean;
  /** Milliseconds of a clock that only goes forward. */
  readonly elapsed: () => number;
}

/** The events of these records, of as many of the first as fit the time; the page tells how many. */
export async function sampleRecords(rows: readonly JourneyRow[], sampling: Sampling): Promise<readonly Sampled[]> {
  const began = sampling.elapsed();
  const sampled: Sampled[] = [];
  for (const size of sizes) {
    const perRecordMs = sampled.length === 0 ? 0 : (sampling.elapsed() - began) / sampled.length;
    if (perRecordMs * Math.min(size, rows.length) > budgetMs) break;
    while (sampled.length < Math.min(size, rows.length)) {
      const part = rows.slice(sampled.length, Math.min(sampled.length + together, size));
      sampled.push(...(await readPart(part, sampling)));
    }
  }
  return sampled;
}

async function readPart(rows: readonly JourneyRow[], sampling: Sampling): Promise<readonly Sampled[]> {
  const { events, flow, upTo, withStep } = sampling;
  const { primary: type } = flow.types;
  const limit = maxEvents * rows.length;
  const found = await events.listByKeys(
    rows.map(({ primary }) => ({ type, value: primary })),
    limit,
  );
  // one record of very many events would leave none to the others
  if (found.length === limit && rows.length > 1) {
    const alone: Sampled[] = [];
    for (const row of rows) alone.push(...(await readPart([row], sampling)));
    return alone;
  }
  const byPrimary = Map.groupBy(
    found.flatMap((event) => (event.keys[type] ?? []).map((primary) => ({ primary, event }))),
    ({ primary }) => primary,
  );
  return rows.map((row) => {
    const { declaration } = flow.versions.find(({ hash }) => hash === row.versionHash) ?? flow.newest;
    const above = new Set<string>(toFlowPath(declaration).ancestors(toStepId(upTo)));
    if (withStep) above.add(upTo);
    const own = (byPrimary.get(row.primary) ?? []).slice(0, maxEvents);
    return {
      row,
      events: own.flatMap(({ event }) => {
        const at = matchStep(event, declaration);
        return at === null || at === "ambiguous_step" || !above.has(at) ? [] : [{ ...event, at }];
      }),
    };
  });
}
