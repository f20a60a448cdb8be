import { detect } from "#lib/privacy/detect.ts";
import type { SeenEvent, SeenPlace } from "#lib/flow/seen-places.ts";

/** How the key types of a flow that is not declared yet are best used. */
export interface SeenKeys {
  readonly primary: string;
  readonly aliases: readonly string[];
  readonly searchable: readonly string[];
}

/** When a record was at each place: by place id, epoch ms. Attempts that failed there count only where nothing else was seen. */
export type SeenRecord = ReadonlyMap<string, { readonly at: number; readonly isSettled: boolean }>;

/** An alias that leads to more records than this is no way to one. */
const mostRecordsOfAlias = 100;
const allDetectors = { phone: true, id_card: true, bank_card: true, email: true };
const privateName = /(?:^|_)(?:phone|mobile|tel|email|mail|id_card|bank_card|card_no|passport)(?:_no|_number)?$/;

const keysOf = (event: SeenEvent): readonly (readonly [type: string, value: string])[] =>
  Object.entries(event.keys).flatMap(([type, values]) => values.map((value) => [type, value] as const));
const keyId = (type: string, value: string): string => `${type}\u0000${value}`;

const isPrivate = (type: string, values: readonly string[]): boolean => {
  if (privateName.test(type)) return true;
  const proven = values.filter((value) => detect(value, allDetectors).length > 0).length;
  return values.length > 0 && proven / values.length > 0.5;
};

/** Values that were seen together, directly or over others, and when the first of them was. */
const groupsOf = (events: readonly SeenEvent[]): ReadonlyMap<string, string> => {
  const parent = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    parent.set(id, root);
    return root;
  };
  for (const event of events) {
    const ids = keysOf(event).map(([type, value]) => keyId(type, value));
    const [first] = ids;
    if (first === undefined) continue;
    for (const id of ids) parent.set(rootOf(id), rootOf(first));
  }
  return new Map([...parent.keys()].map((id) => [id, rootOf(id)]));
};

/**
 * The primary is the type that records begin with and that has the most values: several orders in one payment and several parcels of one
 * order both leave the order. Lists of values (order lines) are no primary. Private values are searchable only.
 */
export const seenKeys = (places: readonly SeenPlace[]): SeenKeys | null => {
  const events = places.flatMap((place) => place.events);
  const values = new Map<string, Set<string>>();
  const single = new Map<string, { carrying: number; alone: number }>();
  for (const event of events) {
    for (const [type, own] of Object.entries(event.keys)) {
      const known = values.get(type) ?? new Set<string>();
      for (const value of own) known.add(value);
      values.set(type, known);
      const count = single.get(type) ?? { carrying: 0, alone: 0 };
      single.set(type, { carrying: count.carrying + 1, alone: count.alone + (own.length === 1 ? 1 : 0) });
    }
  }
  const tokens = events.flatMap(({ searchable }) => Object.keys(searchable ?? {}));
  const hidden = new Set([
    ...tokens,
    ...[...values].flatMap(([type, own]) => (isPrivate(type, [...own]) ? [type] : [])),
  ]);
  const types = [...values.keys()].filter((type) => !hidden.has(type));
  if (types.length === 0) return null;

  const groups = groupsOf(events);
  const first = new Map<string, SeenEvent>();
  for (const event of events) {
    const [key] = keysOf(event);
    const group = key === undefined ? undefined : groups.get(keyId(...key));
    if (group === undefined) continue;
    const earliest = first.get(group);
    if (earliest === undefined || event.eventTime < earliest.eventTime) first.set(group, event);
  }
  const begins = (type: string): number =>
    [...first.values()].filter((event) => Object.hasOwn(event.keys, type)).length / Math.max(1, first.size);
  const isMostlyOne = (type: string): number => {
    const { carrying = 1, alone = 0 } = single.get(type) ?? {};
    return alone / carrying >= 0.5 ? 1 : 0;
  };
  const rank = (type: string): readonly number[] => [
    isMostlyOne(type),
    Math.round(begins(type) * 10),
    values.get(type)?.size ?? 0,
  ];
  const ranked = types
    .map((type) => ({ type, rank: rank(type) }))
    .toSorted((a, b) => {
      const place = a.rank.findIndex((each, at) => each !== b.rank[at]);
      return place < 0 ? (a.type < b.type ? -1 : 1) : (b.rank[place] ?? 0) - (a.rank[place] ?? 0);
    });
  const primary = ranked[0]?.type ?? "";
  const lead = leadsTo(events, primary);
  const widest = (type: string): number =>
    Math.max(0, ...[...(values.get(type) ?? [])].map((value) => lead.get(keyId(type, value))?.size ?? 0));
  const aliases = types.filter((type) => {
    const most = type === primary ? 0 : widest(type);
    return most > 0 && most <= mostRecordsOfAlias;
  });
  return { primary, aliases: aliases.toSorted(), searchable: [...hidden].toSorted() };
};

/** By key: the primaries it was seen beside, or is reached over another key; a nearer way counts, however the events are ordered. */
const leadsTo = (events: readonly SeenEvent[], primary: string): ReadonlyMap<string, ReadonlySet<string>> => {
  const lead = new Map<string, Set<string>>();
  const linkless = events.filter(({ keys }) => !Object.hasOwn(keys, primary));
  const add = (id: string, primaries: Iterable<string>): void => {
    const known = lead.get(id) ?? new Set<string>();
    for (const each of primaries) known.add(each);
    lead.set(id, known);
  };
  for (const event of events) {
    const own = keysOf(event).filter(([type]) => type === primary);
    for (const [type, value] of keysOf(event)) {
      if (type === primary) add(keyId(type, value), [value]);
      else if (own.length > 0)
        add(
          keyId(type, value),
          own.map(([, each]) => each),
        );
    }
  }
  for (let round = 0; round < 3; round += 1) {
    const learned = linkless.flatMap((event) => {
      const ids = keysOf(event).map(([type, value]) => keyId(type, value));
      const primaries = ids.flatMap((id) => [...(lead.get(id) ?? [])]);
      return primaries.length === 0 ? [] : ids.filter((id) => !lead.has(id)).map((id) => ({ id, primaries }));
    });
    for (const { id, primaries } of learned) add(id, primaries);
  }
  return lead;
};

/** Every record with the time it was at each place. */
export const seenRecords = (places: readonly SeenPlace[], { primary }: SeenKeys): readonly SeenRecord[] => {
  const lead = leadsTo(
    places.flatMap(({ events }) => events),
    primary,
  );
  const records = new Map<string, Map<string, { at: number; isSettled: boolean }>>();
  for (const { id, events } of places) {
    for (const event of events) {
      const own = event.keys[primary as keyof typeof event.keys];
      const primaries = own ?? keysOf(event).flatMap(([type, value]) => [...(lead.get(keyId(type, value)) ?? [])]);
      const isSettled = (event.outcome === "ok" || event.outcome === "skipped") && event.operation !== "receive";
      for (const each of new Set(primaries)) {
        const record = records.get(each) ?? new Map<string, { at: number; isSettled: boolean }>();
        records.set(each, record);
        const known = record.get(id);
        const isBetter =
          known === undefined ||
          (isSettled && !known.isSettled) ||
          (isSettled === known.isSettled && event.eventTime < known.at);
        if (isBetter) record.set(id, { at: event.eventTime, isSettled });
      }
    }
  }
  return [...records.values()];
};
