import { adjacent, type Neighbours } from "#lib/crosswalk/adjacent.ts";
import type { FlowId } from "#lib/id/id.ts";
import { toKeyId, type Key, type KeyId } from "#lib/key/key.ts";
import { keyTypesOf, type KnownFlow } from "#lib/read/known-flows.ts";
import type { JourneyEvent } from "#lib/read/list-journey-events.ts";
import type { LoadedJourney } from "#lib/read/load-journey.ts";
import type { LinkAnswer } from "#lib/record/record-answer.ts";
import type { JourneyIndex } from "#lib/storage/journey-index.ts";

interface JourneyId {
  readonly flow: FlowId;
  readonly primary: string;
}

/** Keys of a journey that are listed; records related over one key that are looked up, and shown. */
const maxLinks = 200;
const maxLookedUp = 100;
const maxShown = 20;

export interface LinkSources {
  /** Flows the role may see. */
  readonly flows: readonly KnownFlow[];
  readonly neighbours: Neighbours;
  readonly journeys: JourneyIndex;
}

export interface Links {
  readonly links: readonly LinkAnswer[];
  /** Keys that stand beside more than 1,000 records and therefore link nothing. */
  readonly tooCommon: readonly Key[];
}

/** The keys of a journey, the primary first, each with the other records that share it. `primary` is null for waiting events. */
export async function listLinks(
  own: KnownFlow,
  loaded: LoadedJourney,
  primary: string | null,
  events: readonly JourneyEvent[],
  sources: LinkSources,
): Promise<Links> {
  const keys = await keysOfJourney(own, loaded, primary, sources.neighbours);
  const tooCommon: Key[] = [];
  const links: LinkAnswer[] = [];
  for (const key of keys.slice(0, maxLinks)) {
    const { others, isTooCommon } = await recordsSharing(key, { flow: own.flow, primary }, sources);
    if (isTooCommon) tooCommon.push(key);
    const rows = await sources.journeys.findMany(others.slice(0, maxLookedUp));
    links.push({
      type: key.type,
      value: key.value,
      masked: false,
      related: rows.slice(0, maxShown).map(({ flow, primary, state }) => ({ flow, primary, state })),
      relatedTotal: others.length > maxLookedUp ? others.length : rows.length,
    });
  }
  return { links: [...links, ...searchableLinks(events)], tooCommon };
}

/** The primary, what was seen beside it in one event, and what the alias units that lead to it carry. */
async function keysOfJourney(
  { types }: KnownFlow,
  { units }: LoadedJourney,
  primary: string | null,
  neighbours: Neighbours,
): Promise<readonly Key[]> {
  const own: readonly Key[] = primary === null ? [] : [{ type: types.primary, value: primary }];
  const beside = await adjacent(own, types, neighbours);
  const aliases = new Map<KeyId, Key>([...beside.values()].flatMap((each) => [...each.aliases]));
  for (const unit of units) if (!unit.isPrimary) for (const key of unit.keys) aliases.set(toKeyId(key), key);
  return [...own, ...[...aliases.values()].toSorted((a, b) => (toKeyId(a) < toKeyId(b) ? -1 : 1))];
}

async function recordsSharing(
  key: Key,
  self: { readonly flow: FlowId; readonly primary: string | null },
  { flows, neighbours }: LinkSources,
): Promise<{ readonly others: readonly JourneyId[]; readonly isTooCommon: boolean }> {
  const others: JourneyId[] = [];
  let isTooCommon = false;
  for (const flow of flows) {
    if (!keyTypesOf(flow).includes(key.type)) continue;
    if (key.type === flow.types.primary) {
      if (flow.flow !== self.flow || key.value !== self.primary) others.push({ flow: flow.flow, primary: key.value });
      continue;
    }
    const beside = (await adjacent([key], flow.types, neighbours)).get(toKeyId(key));
    if (beside === undefined) continue;
    isTooCommon ||= beside.isTooCommon && flow.flow === self.flow;
    for (const { value } of beside.primaries.values()) {
      if (flow.flow !== self.flow || value !== self.primary) others.push({ flow: flow.flow, primary: value });
    }
  }
  return { others, isTooCommon };
}

/** Values that are found whole and shown masked; they link nothing. */
function searchableLinks(events: readonly JourneyEvent[]): readonly LinkAnswer[] {
  const found = new Map<string, LinkAnswer>();
  for (const { event } of events) {
    for (const [type, values] of Object.entries(event.searchable ?? {})) {
      for (const { token, shown } of values) {
        found.set(`${type} ${token}`, { type, value: shown, masked: true, related: [], relatedTotal: 0 });
      }
    }
  }
  return [...found.values()].slice(0, maxLinks);
}
