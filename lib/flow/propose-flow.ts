import type { FlowDraft, StepDraft } from "#lib/flow/flow-draft.ts";
import { commonest, seenPlaces, type SeenEvent, type SeenPlace } from "#lib/flow/seen-places.ts";
import { seenKeys, seenRecords, type SeenRecord } from "#lib/flow/seen-records.ts";
import { percentileOf } from "#lib/latency/percentile.ts";

/** A flow that would take the events in, and what it was read from. */
export interface FlowProposal {
  readonly draft: FlowDraft;
  readonly events: number;
  readonly records: number;
}

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];
/** Limits as people set them. */
const limits: readonly (readonly [text: string, ms: number])[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => [`${count}s`, count * second] as const),
  ...[1, 2, 5, 10, 15, 30].map((count) => [`${count}m`, count * minute] as const),
  ...[1, 2, 4, 8, 12].map((count) => [`${count}h`, count * hour] as const),
  ...[1, 2, 3, 5, 7, 14, 30, 60, 90, 365].map((count) => [`${count}d`, count * day] as const),
];
/** Steps in both orders at least this often stand beside each other. */
const mixedShare = 0.2;
const fewestMixed = 5;
/** A step that fewer of the records that went on had need not be. */
const optionalShare = 0.9;
const fewestForOptional = 5;
const endingWord = /cancel|refund|void|abort|reject|取消|退款|作废/iu;

/** The 99th percentile of what was observed, rounded up to a limit people would set; empty where nothing was. */
export const limitOf = (latenciesMs: readonly number[]): string => {
  const p99 = percentileOf(
    latenciesMs.filter((ms) => ms >= 0).toSorted((a, b) => a - b),
    0.99,
  );
  return p99 === null ? "" : (limits.find(([, ms]) => ms >= p99)?.[0] ?? "");
};

/** Of the flows that events name, or of key types that were seen together where they name none: the one with the most events. */
const mainEvents = (events: readonly SeenEvent[]): readonly SeenEvent[] => {
  const named = commonest(events.flatMap(({ flow }) => flow ?? []));
  const own = named === undefined ? events : events.filter(({ flow }) => flow === undefined || flow === named);
  const groups: { readonly types: Set<string>; readonly events: SeenEvent[] }[] = [];
  for (const event of own) {
    const types = Object.keys(event.keys);
    const joined = groups.filter((group) => types.some((type) => group.types.has(type)));
    const [into = { types: new Set<string>(), events: [] }, ...others] = joined;
    for (const type of [...types, ...others.flatMap((other) => [...other.types])]) into.types.add(type);
    into.events.push(event, ...others.flatMap((other) => other.events));
    for (const other of others) groups.splice(groups.indexOf(other), 1);
    if (joined.length === 0) groups.push(into);
  }
  const isNamed = ({ events: all }: (typeof groups)[number]): number =>
    all.some(({ flow }) => flow !== undefined) ? 1 : 0;
  const nameOf = ({ types }: (typeof groups)[number]): string => [...types].toSorted().join(" ");
  return (
    groups.toSorted(
      (a, b) => isNamed(b) - isNamed(a) || b.events.length - a.events.length || (nameOf(a) < nameOf(b) ? -1 : 1),
    )[0]?.events ?? []
  );
};

/** How often records were at one place before the other. */
const before = (records: readonly SeenRecord[], one: string, other: string): number =>
  records.filter((record) => (record.get(one)?.at ?? Infinity) < (record.get(other)?.at ?? -Infinity)).length;
const together = (records: readonly SeenRecord[], one: string, other: string): number =>
  records.filter((record) => record.has(one) && record.has(other)).length;

/** Places in the order in which most records went through them; those without an order among themselves share a level. */
const levelsOf = (places: readonly SeenPlace[], records: readonly SeenRecord[]): readonly (readonly SeenPlace[])[] => {
  const lead = new Map(
    places.map(({ id }) => {
      const others = places.filter((other) => other.id !== id);
      const score = others.reduce((sum, other) => {
        const count = together(records, id, other.id);
        return count === 0 ? sum : sum + (before(records, id, other.id) - before(records, other.id, id)) / count;
      }, 0);
      return [id, score];
    }),
  );
  const levels: SeenPlace[][] = [];
  for (const place of places.toSorted(
    (a, b) => (lead.get(b.id) ?? 0) - (lead.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1),
  )) {
    const level = levels.at(-1);
    if (level?.every((other) => areBeside(records, place.id, other.id)) === true) level.push(place);
    else levels.push([place]);
  }
  return levels;
};

/** Seen in either order, or one instead of the other. */
const areBeside = (records: readonly SeenRecord[], one: string, other: string): boolean => {
  const count = together(records, one, other);
  if (count === 0) return records.length >= fewestMixed;
  const [there, back] = [before(records, one, other), before(records, other, one)];
  return count >= fewestMixed && Math.min(there, back) / count >= mixedShare;
};

const stepsOf = (levels: readonly (readonly SeenPlace[])[], records: readonly SeenRecord[]): readonly StepDraft[] =>
  levels.flatMap((level, at) => {
    const above = levels[at - 1]?.map(({ id }) => id) ?? [];
    const [one, other] = above;
    const isAny = one !== undefined && other !== undefined && together(records, one, other) === 0;
    const later = new Set(levels.slice(at + 1).flatMap((below) => below.map(({ id }) => id)));
    const wentOn = records.filter((record) => [...record.keys()].some((id) => later.has(id)));
    return level.map(({ id, system, point }): StepDraft => {
      const passed = wentOn.filter((record) => record.has(id)).length;
      const latencies = records.flatMap((record) => {
        const times = above.flatMap((each) => record.get(each) ?? []).map(({ at: time }) => time);
        const here = record.get(id);
        if (times.length === 0 || here === undefined || !here.isSettled) return [];
        return [here.at - (isAny ? Math.min(...times) : Math.max(...times))];
      });
      return {
        id,
        system,
        ...(point !== undefined && { point }),
        after: above,
        isAny,
        within: limitOf(latencies),
        isOptional: wentOn.length >= fewestForOptional && passed / wentOn.length < optionalShare,
        isEnd: false,
      };
    });
  });

const endOf = ({ id, system, point }: SeenPlace): StepDraft => ({
  id,
  system,
  ...(point !== undefined && { point }),
  after: [],
  isAny: false,
  within: "",
  isOptional: false,
  isEnd: true,
});

/**
 * Proposes a flow for events that no flow takes in yet: a step for each place they were seen at, in the order most records went through
 * them, limits from what was observed. The order of the events does not matter. null: nothing that could identify a record was seen.
 */
export const proposeFlow = (all: readonly SeenEvent[]): FlowProposal | null => {
  const events = mainEvents(all);
  const places = seenPlaces(events);
  const keys = seenKeys(places);
  if (keys === null) return null;
  const linking = new Set([keys.primary, ...keys.aliases]);
  const carrying = places.flatMap((place): readonly SeenPlace[] => {
    const own = place.events.filter((event) => Object.keys(event.keys).some((type) => linking.has(type)));
    return own.length === 0 ? [] : [{ ...place, events: own }];
  });
  const records = seenRecords(carrying, keys);
  const ends = carrying.filter(({ id }) => endingWord.test(id));
  const ways = ends.length === carrying.length ? carrying : carrying.filter((place) => !ends.includes(place));
  const closing = ways === carrying ? [] : ends;
  const name = commonest(events.flatMap(({ flow }) => flow ?? []));
  return {
    draft: {
      flow: name ?? `${keys.primary.replace(/_(?:no|id|number|code)$/, "").replaceAll("_", "-")}-flow`,
      title: "",
      ...keys,
      steps: [...stepsOf(levelsOf(ways, records), records), ...closing.map(endOf)],
    },
    events: carrying.reduce((sum, place) => sum + place.events.length, 0),
    records: records.length,
  };
};
