import type { FlowId, KeyType } from "#lib/id/id.ts";
import type { Key } from "#lib/key/key.ts";
import type { Unit, UnitId } from "#lib/storage/projection.ts";

/** A unit as stores keep it beside its id: values without their names, in this order for ever; new ones are added at the end. */
type Body = readonly [
  flow: FlowId,
  keys: readonly (readonly [type: KeyType, value: string])[],
  isPrimary: 0 | 1,
  startedAt: number,
  lastEventAt: number,
  newestIngestedAt: number,
  eventsTotal: number,
  facts: Unit["facts"],
  backfill?: 0 | 1,
  counted?: Unit["counted"] | null,
  leadsTo?: readonly [primaries: readonly string[], isExact: 0 | 1] | null,
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
  const { backfill, counted, leadsTo } = unit;
  if (counted === undefined && leadsTo === undefined) return JSON.stringify(backfill === true ? [...body, 1] : body);
  const reach = leadsTo === undefined ? null : [leadsTo.primaries, leadsTo.isExact ? 1 : 0];
  return JSON.stringify([...body, backfill === true ? 1 : 0, counted ?? null, reach]);
};

/** Bodies were written by `toUnitBody`. */
const parseBody = (text: string): Body => JSON.parse(text) as Body;

export const unitFrom = (id: UnitId, text: string): Unit => {
  const body = parseBody(text);
  const [flow, keys, isPrimary, startedAt, lastEventAt, newestIngestedAt, eventsTotal, facts] = body;
  const [, , , , , , , , backfill, counted, leadsTo] = body;
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
    ...(counted === undefined || counted === null ? {} : { counted }),
    ...(leadsTo === undefined || leadsTo === null
      ? {}
      : { leadsTo: { primaries: leadsTo[0], isExact: leadsTo[1] === 1 } }),
  };
};
