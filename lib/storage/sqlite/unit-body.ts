import type { FlowId, KeyType } from "#lib/id/id.ts";
import type { Key } from "#lib/key/key.ts";
import type { Unit, UnitId } from "#lib/storage/projection.ts";

/** A unit as it stands on disk beside its id: values without their names, in this order for ever; new ones are added at the end. */
type Body = readonly [
  flow: FlowId,
  keys: readonly (readonly [type: KeyType, value: string])[],
  isPrimary: 0 | 1,
  startedAt: number,
  lastEventAt: number,
  newestIngestedAt: number,
  eventsTotal: number,
  facts: Unit["facts"],
  backfill?: 1,
];

export const toUnitBody = (unit: Unit): string => {
  const body: Body = [
    unit.flow,
    unit.keys.map((key) => [key.type, key.value]),
    unit.isPrimary ? 1 : 0,
    unit.startedAt,
    unit.lastEventAt,
    unit.newestIngestedAt,
    unit.eventsTotal,
    unit.facts,
  ];
  return JSON.stringify(unit.backfill === true ? [...body, 1] : body);
};

/** Bodies were written by `toUnitBody`. */
const parseBody = (text: string): Body => JSON.parse(text) as Body;

export const unitFrom = (id: UnitId, text: string): Unit => {
  const [flow, keys, isPrimary, startedAt, lastEventAt, newestIngestedAt, eventsTotal, facts, backfill] =
    parseBody(text);
  return {
    id,
    flow,
    keys: keys.map(([type, value]): Key => ({ type, value })),
    isPrimary: isPrimary === 1,
    startedAt,
    lastEventAt,
    newestIngestedAt,
    eventsTotal,
    ...(backfill === 1 ? { backfill: true } : {}),
    facts,
  };
};
