import type { FlowId } from "#lib/id/id.ts";
import type { Judgement, Reason } from "#lib/journey/judgement.ts";
import { isInOutage, type createPopulations } from "#lib/read/outage.ts";
import type { AlikeGroup } from "#lib/record/alike-path.ts";
import type { AlikeQuery, JourneyIndex, JourneyRow } from "#lib/storage/journey-index.ts";

export interface Alike {
  /** This one included, unless a person closed it. */
  readonly count: number;
  /** Smallest `since` of all of them, epoch ms. */
  readonly since: number;
  readonly group: AlikeGroup;
}

type Populations = ReturnType<typeof createPopulations>;

/** Up to so many, journeys of which nothing more was seen are told apart by whether all around them is missing too. */
const maxToldApart = 100;

/** `outage` is never stored: journeys in one are stored as `not_seen`. */
const storedReason = (reason: Reason): Reason => (reason === "outage" ? "not_seen" : reason);

/** The open journeys with the same flow, step, reason, class and field; null where nothing is broken. */
export async function countAlike(
  journeys: JourneyIndex,
  { flow, primary }: { readonly flow: FlowId; readonly primary: string },
  { verdict }: Judgement,
  populations: Populations,
  isClosed: boolean,
): Promise<Alike | null> {
  const { step, reason, since, errorClass = null, field = null } = verdict;
  if (step === null || reason === null) return null;
  const query: AlikeQuery = { flow, step, reason: storedReason(reason), errorClass, field };
  const group = { flow, step, reason, errorClass, field };
  const [counted, own] = await Promise.all([journeys.countAlike(query), journeys.find(flow, primary)]);
  if (query.reason === "not_seen" && counted.count <= maxToldApart) {
    const rows = (await listUnseen(journeys, query)).filter((row) => row.primary !== primary);
    const told = await Promise.all(
      rows.map(async (row) => (await isInOutage(row, populations)) === (reason === "outage")),
    );
    const alike = rows.filter((_, index) => told[index]);
    const count = alike.length + (isClosed ? 0 : 1);
    return count === 0 ? null : { count, since: Math.min(since, ...alike.map((row) => row.since)), group };
  }
  // Rows lag by a moment: this journey may be broken already and its row not yet so, and is counted all the same.
  const isCounted =
    !isClosed &&
    own !== null &&
    own.step === step &&
    own.reason === query.reason &&
    own.errorClass === errorClass &&
    own.field === field;
  const count = counted.count + (isCounted || isClosed ? 0 : 1);
  return count === 0 ? null : { count, since: Math.min(counted.since ?? since, since), group };
}

async function listUnseen(journeys: JourneyIndex, { flow, step, reason }: AlikeQuery): Promise<readonly JourneyRow[]> {
  const { items } = await journeys.list({ flows: [flow], step, reason }, { cursor: null, limit: maxToldApart });
  return items;
}
