import type { DeclaredWorld } from "#ingest/collector/call.ts";
import { isJsonObject } from "#lib/event/json-object.ts";
import type { FlowId } from "#lib/id/id.ts";
import type { Definitions } from "#lib/storage/definitions.ts";

/** What of a world decides how journeys are judged and events are matched, as texts that can be compared and kept. */
export interface InForce {
  /** Flow, hash and `from` of every version. */
  readonly versions: readonly string[];
  readonly active: readonly string[];
  /** Sources and calendars, as one text: a change moves watermarks and deadlines of the flows that ask for them. */
  readonly clocks: string;
  /** The rest: people, masking. It changes what is told and kept from now on, but no judgement. */
  readonly rest: string;
}

/** What has to be done over again because other declarations are in force now than before. */
export interface Aftermath {
  readonly judged: readonly FlowId[];
  /** Every journey of them, not only those that another version judges now. */
  readonly all: boolean;
  /** Versions of flows that were out of force: events that came meanwhile have not been matched with them. */
  readonly returned: readonly string[];
}

const settingName = "in-force";

export const toInForce = ({ versions, active, surroundings, privacy, calendars }: DeclaredWorld): InForce => ({
  versions: versions.map(({ flow, hash, from }) => versionKey(flow, hash, from)),
  active,
  clocks: JSON.stringify([surroundings.sources, calendars]),
  rest: JSON.stringify([surroundings.people, privacy]),
});

export const isSame = (a: InForce | null, b: InForce): boolean => a !== null && JSON.stringify(a) === JSON.stringify(b);

/** `last`: null where nothing was ever in force. */
export function aftermathOf(last: InForce | null, world: DeclaredWorld): Aftermath {
  if (last === null) return { judged: [], all: false, returned: [] };
  const isNew = ({ flow, hash, from }: DeclaredWorld["versions"][number]): boolean =>
    !last.versions.includes(versionKey(flow, hash, from));
  const isMoved = movedBy(last.clocks, world);
  const moved = world.versions.filter(isMoved).map(({ flow }) => flow);
  const all = moved.length > 0;
  const judged = new Set([...moved, ...world.versions.filter(isNew).map(({ flow }) => flow)]);
  const returned = world.active.filter((flow) => !last.active.includes(flow));
  const hashes = world.versions.filter(({ flow }) => returned.includes(flow)).map(({ hash }) => hash);
  return { judged: [...judged], all, returned: hashes };
}

type Version = DeclaredWorld["versions"][number];

/** Whether journeys of a version may be judged otherwise since sources and calendars were as the text says. */
function movedBy(clocks: string, world: DeclaredWorld): (version: Version) => boolean {
  if (clocks === toInForce(world).clocks) return () => false;
  const [sources, calendars] = parseClocks(clocks) ?? [null, null];
  if (sources === null || calendars === null) return () => true;
  const movedSources = changedNames("source", sources, world.surroundings.sources);
  const movedCalendars = changedNames("id", calendars, world.calendars);
  return ({ declaration }) =>
    declaration.steps.some(
      ({ within, calendar, sources: own }) =>
        (calendar !== undefined && movedCalendars.has(calendar)) ||
        // A step that names no sources has those that reported it, which may be any.
        (within !== undefined &&
          (own.length === 0 ? movedSources.size > 0 : own.some((each) => movedSources.has(each)))),
    );
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function parseClocks(text: string): readonly [sources: readonly unknown[], calendars: readonly unknown[]] | null {
  try {
    const parsed: unknown = JSON.parse(text);
    const [sources, calendars] = isList(parsed) ? parsed : [];
    return isList(sources) && isList(calendars) ? [sources, calendars] : null;
  } catch {
    return null;
  }
}

/** Names of what came, went or became another. */
function changedNames(member: string, before: readonly unknown[], after: readonly unknown[]): ReadonlySet<unknown> {
  const textsOf = (list: readonly unknown[]): ReadonlyMap<unknown, string> =>
    new Map(list.map((each) => [isJsonObject(each) ? each[member] : undefined, JSON.stringify(each)]));
  const [old, now] = [textsOf(before), textsOf(after)];
  return new Set([...old.keys(), ...now.keys()].filter((name) => old.get(name) !== now.get(name)));
}

/** What the last worker had in force, so that what changed while none ran is noticed. */
export async function readInForce(definitions: Definitions): Promise<InForce | null> {
  const saved = await definitions.findSetting(settingName);
  if (!isJsonObject(saved)) return null;
  const texts = (value: unknown): readonly string[] =>
    Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return {
    versions: texts(saved["versions"]),
    active: texts(saved["active"]),
    clocks: text(saved["clocks"]),
    rest: text(saved["rest"]),
  };
}

export const saveInForce = (definitions: Definitions, inForce: InForce): Promise<void> =>
  definitions.saveSetting(settingName, inForce);

const versionKey = (flow: string, hash: string, from: number): string => `${flow} ${hash} ${from}`;
