import type { FlowId } from "#lib/id/id.ts";
import { knownFlows, visibleFlows } from "#lib/read/known-flows.ts";
import { createLookUp, type RecordQuestion } from "#lib/read/look-up.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";

/** A text that is another when the record would be answered differently. */
export interface RecordSignature {
  /** What the key leads to: journeys, waiting and unmatched events, and the flows in force. */
  readonly thorough: string;
  readonly journeys: readonly { readonly flow: FlowId; readonly primary: string }[];
}

/** Resolves the key anew: new journeys, events that wait or match nothing, changed flows. */
export async function resolveSignature(
  stores: ReadStores,
  question: RecordQuestion,
  context: ReadContext,
): Promise<RecordSignature> {
  const known = await knownFlows(stores.definitions);
  const lookUp = createLookUp(stores, known, visibleFlows(known, context.role), context);
  const found = await lookUp.find(question);
  const events = await lookUp.listEvents(found.keys);
  const places = [...found.journeys, ...found.waiting].map(({ loaded }) => [
    loaded.flow,
    loaded.primary,
    loaded.version.hash,
    loaded.eventsTotal,
  ]);
  return {
    thorough: JSON.stringify([known.revision, places, events.length, found.tooCommon]),
    journeys: found.journeys.map(({ loaded: { flow, primary } }) => ({ flow, primary })),
  };
}

/** Only the rows of the journeys found before, their closings and notes: one cheap read. Rows follow events and deadlines within 2 s. */
export async function rowSignature(
  stores: Pick<ReadStores, "journeys" | "closings" | "notes">,
  journeys: RecordSignature["journeys"],
): Promise<string> {
  if (journeys.length === 0) return "";
  const rows = await stores.journeys.findMany(journeys);
  const casework = await Promise.all(
    journeys.map(async (journey) => [
      await stores.closings.find(journey),
      (await stores.notes.list(journey)).map(({ id }) => id),
    ]),
  );
  return JSON.stringify([
    casework,
    rows.map(
      ({ flow, primary, state, reason, step, field, since, dueAt, eventsTotal, newestIngestedAt, versionHash }) => [
        flow,
        primary,
        state,
        reason,
        step,
        field,
        since,
        dueAt,
        eventsTotal,
        newestIngestedAt,
        versionHash,
      ],
    ),
  ]);
}
