import type { Walks } from "#lib/crosswalk/adjacent.ts";
import type { FlowId } from "#lib/id/id.ts";
import { compareTexts } from "#lib/journey/compare-texts.ts";
import { toKeyId, type Key, type KeyId } from "#lib/key/key.ts";
import type { JourneyEvent } from "#lib/read/gather-events.ts";
import { keyTypesOf, type KnownFlow } from "#lib/read/known-flows.ts";
import type { LoadedJourney } from "#lib/read/load-journey.ts";
import type { LinkAnswer } from "#lib/record/record-answer.ts";
import type { JourneyIndex, JourneyRow } from "#lib/storage/journey-index.ts";
import type { Unit } from "#lib/storage/projection.ts";

interface JourneyId {
  readonly flow: FlowId;
  readonly primary: string;
}

/** Records related over one key that are looked up. */
const maxLookedUp = 100;

export interface LinkSources {
  /** Flows the role may see. */
  readonly flows: readonly KnownFlow[];
  readonly walks: Walks;
  readonly journeys: JourneyIndex;
}

/** Keys of one journey that are listed, and records that are shown of those related over one key. */
export interface LinkLimits {
  readonly keys: number;
  readonly related: number;
}

export interface Links {
  readonly links: readonly LinkAnswer[];
  /** Keys that stand beside more than 1,000 records and therefore link nothing. */
  readonly tooCommon: readonly Key[];
}

export type ListLinks = (
  own: KnownFlow,
  loaded: LoadedJourney,
  /** null for waiting events. */
  primary: string | null,
) => Promise<Links>;

/** Lists the keys of a journey, the primary first, each with the other records that share it. What journeys share is looked up once. */
export function createLinks({ flows, walks, journeys }: LinkSources, limits: LinkLimits): ListLinks {
  const sharing = new Map<KeyId, Promise<Sharing>>();
  const found = new Map<string, Promise<readonly JourneyRow[]>>();
  /** The keys of one record mostly lead to just that. */
  const findMany = (ids: readonly JourneyId[]): Promise<readonly JourneyRow[]> => {
    const name = JSON.stringify(ids.map(idOf));
    const known = found.get(name) ?? journeys.findMany(ids);
    found.set(name, known);
    return known;
  };
  const sorted = new WeakMap<readonly Unit[], readonly Key[]>();

  /** What the alias units of a list carry; of more than are ever listed the first. */
  const keysOfUnits = (units: readonly Unit[]): readonly Key[] => {
    const known =
      sorted.get(units) ??
      sortedKeys(
        units.flatMap((unit) => (unit.isPrimary ? [] : unit.keys)),
        limits.keys,
      );
    sorted.set(units, known);
    return known;
  };

  const sharingOf = (key: Key): Promise<Sharing> => {
    const id = toKeyId(key);
    const known = sharing.get(id) ?? readSharing(key, { flows, walks, findMany });
    sharing.set(id, known);
    return known;
  };

  return async (own, loaded, primary) => {
    const start: readonly Key[] = primary === null ? [] : [{ type: own.types.primary, value: primary }];
    const beside = [...(await walks(own.types)(start)).values()].flatMap((each) => [...each.aliases.values()]);
    const aliases = sortedKeys([...beside, ...loaded.lists.flatMap(keysOfUnits)], limits.keys);
    const tooCommon: Key[] = [];
    const links: LinkAnswer[] = [];
    const listed = [...start, ...aliases].slice(0, limits.keys);
    const shared = await Promise.all(listed.map(async (key) => ({ key, ...(await sharingOf(key)) })));
    for (const { key, ids, commonIn, rows } of shared) {
      if (commonIn.has(own.flow)) tooCommon.push(key);
      const self = idOf({ flow: own.flow, primary: primary ?? "" });
      const isSelfIn = primary !== null && ids.has(self);
      const others = rows.filter((row) => primary === null || idOf(row) !== self).slice(0, maxLookedUp);
      const total = ids.size - (isSelfIn ? 1 : 0);
      links.push({
        type: key.type,
        value: key.value,
        masked: false,
        related: others
          .slice(0, limits.related)
          .map((row) => ({ flow: row.flow, primary: row.primary, state: row.state })),
        relatedTotal: total > maxLookedUp ? total : others.length,
      });
    }
    return { links, tooCommon };
  };
}

interface Sharing {
  /** All records that the key leads to directly. */
  readonly ids: ReadonlyMap<string, JourneyId>;
  /** Flows in which it stands beside more than 1,000. */
  readonly commonIn: ReadonlySet<FlowId>;
  /** The first of them that are known; one more than are looked up, since the asking one is left out. */
  readonly rows: readonly JourneyRow[];
}

async function readSharing(
  key: Key,
  { flows, walks, findMany }: Pick<LinkSources, "flows" | "walks"> & Pick<JourneyIndex, "findMany">,
): Promise<Sharing> {
  const ids = new Map<string, JourneyId>();
  const commonIn = new Set<FlowId>();
  const add = (each: JourneyId): unknown => ids.set(idOf(each), each);
  for (const known of flows) {
    const { flow, types } = known;
    if (!keyTypesOf(known).includes(key.type)) continue;
    if (key.type === types.primary) {
      add({ flow, primary: key.value });
      continue;
    }
    const beside = (await walks(types)([key])).get(toKeyId(key));
    if (beside === undefined) continue;
    if (beside.isTooCommon) commonIn.add(flow);
    for (const { value } of beside.primaries.values()) add({ flow, primary: value });
  }
  const rows = await findMany([...ids.values()].slice(0, maxLookedUp + 1));
  return { ids, commonIn, rows };
}

const idOf = ({ flow, primary }: JourneyId): string => `${flow}\u0000${primary}`;

const sortedKeys = (keys: readonly Key[], limit: number): readonly Key[] =>
  [...new Map(keys.map((key) => [toKeyId(key), key])).values()]
    .toSorted((a, b) => compareTexts(toKeyId(a), toKeyId(b)))
    .slice(0, limit);

/** Values that are found whole and shown masked; they link nothing. */
export function searchableLinks(events: readonly JourneyEvent[], limit: number): readonly LinkAnswer[] {
  const found = new Map<string, LinkAnswer>();
  for (const { event } of events) {
    for (const [type, values] of Object.entries(event.searchable ?? {})) {
      for (const { token, shown } of values) {
        found.set(`${type} ${token}`, { type, value: shown, masked: true, related: [], relatedTotal: 0 });
      }
    }
  }
  return [...found.values()].slice(0, limit);
}
