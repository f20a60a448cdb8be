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

type CountAlike = (
  journey: { readonly flow: FlowId; readonly primary: string },
  judgement: Judgement,
  isClosed: boolean,
) => Promise<Alike | null>;

interface Told {
  readonly row: JourneyRow;
  readonly inOutage: boolean;
}

/** Counts the open journeys with the same flow, step, reason, class and field; null where nothing is broken. Each group is counted once. */
export function createCountAlike(journeys: JourneyIndex, populations: Populations): CountAlike {
  const counts = new Map<string, ReturnType<JourneyIndex["countAlike"]>>();
  const told = new Map<string, Promise<readonly Told[]>>();
  const count = (query: AlikeQuery): ReturnType<JourneyIndex["countAlike"]> => {
    const known = counts.get(JSON.stringify(query)) ?? journeys.countAlike(query);
    counts.set(JSON.stringify(query), known);
    return known;
  };
  const tell = async (query: AlikeQuery): Promise<readonly Told[]> =>
    Promise.all(
      (await listUnseen(journeys, query)).map(async (row) => ({ row, inOutage: await isInOutage(row, populations) })),
    );
  const tellOnce = (query: AlikeQuery): Promise<readonly Told[]> => {
    const known = told.get(JSON.stringify(query)) ?? tell(query);
    told.set(JSON.stringify(query), known);
    return known;
  };

  return async ({ flow, primary }, { verdict }, isClosed) => {
    const { step, reason, since, errorClass = null, field = null } = verdict;
    if (step === null || reason === null) return null;
    const query: AlikeQuery = { flow, step, reason: storedReason(reason), errorClass, field };
    const group = { flow, step, reason, errorClass, field };
    const all = await count(query);
    if (query.reason === "not_seen" && all.count <= maxToldApart) {
      const alike = (await tellOnce(query))
        .filter(({ row, inOutage }) => row.primary !== primary && inOutage === (reason === "outage"))
        .map(({ row }) => row);
      const counted = alike.length + (isClosed ? 0 : 1);
      const first = Math.min(since, ...alike.map((row) => row.since));
      return counted === 0 ? null : { count: counted, since: first, group };
    }
    // Rows lag by a moment: this journey may be broken already and its row not yet so, and is counted all the same.
    const own = await journeys.find(flow, primary);
    const isCounted =
      !isClosed &&
      own !== null &&
      own.step === step &&
      own.reason === query.reason &&
      own.errorClass === errorClass &&
      own.field === field;
    const counted = all.count + (isCounted || isClosed ? 0 : 1);
    return counted === 0 ? null : { count: counted, since: Math.min(all.since ?? since, since), group };
  };
}

async function listUnseen(journeys: JourneyIndex, { flow, step, reason }: AlikeQuery): Promise<readonly JourneyRow[]> {
  const { items } = await journeys.list({ flows: [flow], step, reason }, { cursor: null, limit: maxToldApart });
  return items;
}
