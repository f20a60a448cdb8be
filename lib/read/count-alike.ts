import type { FlowId } from "#lib/id/id.ts";
import type { Judgement, Reason } from "#lib/journey/judgement.ts";
import type { AlikeQuery, JourneyIndex } from "#lib/storage/journey-index.ts";

export interface Alike {
  /** This one included. */
  readonly count: number;
  /** Smallest `since` of all of them, epoch ms. */
  readonly since: number;
  readonly query: AlikeQuery;
}

/** `outage` is never stored: journeys in one are stored as `not_seen`. */
const storedReason = (reason: Reason): Reason => (reason === "outage" ? "not_seen" : reason);

/** The open journeys with the same flow, step, reason, class and field; null where nothing is broken. */
export async function countAlike(
  journeys: JourneyIndex,
  flow: FlowId,
  primary: string,
  { verdict }: Judgement,
): Promise<Alike | null> {
  const { step, reason, since } = verdict;
  if (step === null || reason === null) return null;
  const query: AlikeQuery = {
    flow,
    step,
    reason: storedReason(reason),
    errorClass: verdict.errorClass ?? null,
    field: verdict.field ?? null,
  };
  const [counted, own] = await Promise.all([journeys.countAlike(query), journeys.find(flow, primary)]);
  // Rows lag by a moment: this journey may be broken already and its row not yet so, and is counted all the same.
  const isCounted =
    own !== null &&
    own.step === step &&
    own.reason === query.reason &&
    own.errorClass === query.errorClass &&
    own.field === query.field;
  return { count: counted.count + (isCounted ? 0 : 1), since: Math.min(counted.since ?? since, since), query };
}
