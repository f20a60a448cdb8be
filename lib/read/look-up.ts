import { createWalks, tooCommonAt, type Walks } from "#lib/crosswalk/adjacent.ts";
import { unitsOf } from "#lib/crosswalk/unit.ts";
import { toKeyType } from "#lib/id/id.ts";
import type { Key } from "#lib/key/key.ts";
import { toKeyValue } from "#lib/key/key-value.ts";
import type { People } from "#lib/people/people.ts";
import { createJudging, type Judging } from "#lib/read/judge-now.ts";
import type { KnownFlow, KnownFlows } from "#lib/read/known-flows.ts";
import { keysOfAnyType, searchableTypes } from "#lib/read/known-keys.ts";
import { assembleJourney, loadJourneys, type LoadedJourney } from "#lib/read/load-journey.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { rememberEvents, type ListEvents } from "#lib/read/read-events.ts";
import { resolveKey, type Resolution } from "#lib/read/resolve-key.ts";
import type { Unit } from "#lib/storage/projection.ts";

export interface RecordQuestion {
  /** `_` searches every type. */
  readonly type: string;
  readonly value: string;
  /** Whether values of searchable types are looked for as well: only where the value did not travel in an address. */
  readonly searchable: boolean;
  /** Journeys of one flow that are loaded at most; all that a business key can lead to where left out. */
  readonly most?: number;
}

export interface FoundJourney {
  readonly flow: KnownFlow;
  readonly loaded: LoadedJourney;
}

export interface FoundJourneys {
  /** What the question came to; searchable values as their tokens. */
  readonly keys: readonly Key[];
  readonly journeys: readonly FoundJourney[];
  /** By flow: events of the key that lead to no record. */
  readonly waiting: readonly FoundJourney[];
  /** Records a too common key leads to; then it leads to none in that flow. */
  readonly tooCommon: number | null;
}

/** One reader's questions at one moment; what was read for one is not read again for the next. */
export interface LookUp {
  readonly known: KnownFlows;
  readonly people: People;
  /** Flows the role may see. */
  readonly flows: readonly KnownFlow[];
  readonly walks: Walks;
  readonly listEvents: ListEvents;
  readonly judging: Judging;
  find(question: RecordQuestion): Promise<FoundJourneys>;
}

/** `judging`: of the same moment, where several look-ups share what it has read. */
export function createLookUp(
  stores: ReadStores,
  known: KnownFlows,
  flows: readonly KnownFlow[],
  context: ReadContext,
  judging: Judging = createJudging(stores, known, context),
): LookUp {
  const walks = createWalks(async (keys, types) => stores.crosswalk.neighbours(keys, types, tooCommonAt));
  const listEvents = rememberEvents(stores.events);
  const { crosswalk, units, events } = stores;
  const sources = { units, walks, crosswalk, events };
  const hidden = searchableTypes(flows);

  /** The events that carry a searchable value say which records it is about. */
  const resolveToken = async (token: Key, flow: KnownFlow): Promise<readonly Resolution[]> => {
    const found: Key[] = (await listEvents([token])).flatMap((event) =>
      unitsOf(event, flow.newest.declaration).flatMap(({ keys }) => keys),
    );
    const distinct = new Map(found.map((key) => [JSON.stringify(key), key]));
    return Promise.all([...distinct.values()].map(async (key) => resolveKey(key, flow, sources)));
  };

  const assembleWaiting = async (flow: KnownFlow, value: string, resolutions: readonly Resolution[]) => {
    const waiting = new Map<string, Unit>();
    for (const resolution of resolutions) for (const unit of resolution.waiting) waiting.set(unit.id, unit);
    const loaded = await assembleJourney(flow, value, [...waiting.values()], sources);
    return loaded === null ? [] : [{ flow, loaded }];
  };

  return {
    known,
    people: known.people,
    flows,
    walks,
    listEvents,
    judging,
    async find({ type, value: given, searchable, most = Infinity }) {
      const value = toKeyValue(given);
      const plain =
        type === "_" ? await keysOfAnyType(value, flows, stores.keySearch) : [{ type: toKeyType(type), value }];
      const tokens = searchable
        ? hidden
            .filter((each) => type === "_" || each === type)
            .map((each): Key => ({ type: each, value: context.searchToken(each, value) }))
        : [];
      const journeys: FoundJourney[] = [];
      const waiting: FoundJourney[] = [];
      let tooCommon: number | null = null;
      const ofFlow = async (flow: KnownFlow) => {
        const direct = await Promise.all(plain.map(async (key) => resolveKey(key, flow, sources)));
        const hashed = await Promise.all(tokens.map(async (token) => resolveToken(token, flow)));
        const resolutions = [...direct, ...hashed.flat()];
        const primaries = [...new Set(resolutions.flatMap((each) => each.primaries))].slice(0, most);
        const loaded = await loadJourneys(flow, primaries, sources);
        const found = loaded.map((each) => ({ flow, loaded: each }));
        return { direct, found, waits: found.length === 0 ? await assembleWaiting(flow, value, resolutions) : [] };
      };
      for (const { direct, found, waits } of await Promise.all(flows.map(ofFlow))) {
        for (const each of direct) if (each.tooCommon !== null) tooCommon = Math.max(tooCommon ?? 0, each.tooCommon);
        journeys.push(...found);
        waiting.push(...waits);
      }
      return { keys: [...plain, ...tokens], journeys, waiting, tooCommon };
    },
  };
}
