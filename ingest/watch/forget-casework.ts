import type { Collector } from "#ingest/collector/collector.ts";
import type { JourneyId } from "#lib/storage/journey-index.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";

const asked = 500;

interface CaseworkOptions {
  readonly collector: Pick<Collector, "call">;
  readonly control: Pick<ControlStorage, "closings" | "notes">;
}

/** Lets go of closings and notes from before `before` whose journeys retention has taken; answers how many. */
export async function forgetCasework({ collector, control }: CaseworkOptions, before: number): Promise<number> {
  const { closings, notes } = control;
  let forgotten = 0;
  const closed = (await closings.list()).filter(({ at }) => at < before);
  for (let first = 0; first < closed.length; first += asked) {
    const gone = await withoutJourney(collector, closed.slice(first, first + asked));
    if (gone.length > 0) forgotten += await closings.forget(gone, before);
  }
  let after: JourneyId | null = null;
  for (;;) {
    const noted: readonly JourneyId[] = await notes.listJourneys(before, after, asked);
    const gone = await withoutJourney(collector, noted);
    if (gone.length > 0) forgotten += await notes.forget(gone, before);
    after = noted.at(-1) ?? null;
    if (noted.length < asked) return forgotten;
  }
}

const withoutJourney = async (
  collector: CaseworkOptions["collector"],
  journeys: readonly JourneyId[],
): Promise<readonly JourneyId[]> =>
  collector.call(
    "withoutJourney",
    journeys.map(({ flow, primary }) => ({ flow, primary })),
  );
