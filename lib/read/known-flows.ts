import type { Role } from "#lib/access/role.ts";
import type { KeyTypes } from "#lib/crosswalk/adjacent.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { FlowId, KeyType } from "#lib/id/id.ts";
import type { Calendars } from "#lib/journey/deadline.ts";
import { readCalendars } from "#lib/read/read-calendars.ts";
import type { Definitions, Surroundings } from "#lib/storage/definitions.ts";

/** A flow with all its versions; its key types, and who may see it, are what its newest version says. */
export interface KnownFlow {
  readonly flow: FlowId;
  readonly types: KeyTypes;
  /** By `from`. */
  readonly versions: readonly FlowVersion[];
  /** The one saved last. */
  readonly newest: FlowVersion;
  /** Whether a file or the console still declares it. */
  readonly active: boolean;
}

export interface KnownFlows extends Surroundings {
  readonly revision: number;
  readonly flows: readonly KnownFlow[];
  readonly calendars: Calendars;
}

interface Remembered {
  readonly revision: number;
  readonly flows: Promise<KnownFlows>;
}

/** Definitions change seldom and are asked with every read: kept per port until its revision grows. */
const remembered = new WeakMap<Definitions, Remembered>();

export async function knownFlows(definitions: Definitions): Promise<KnownFlows> {
  const revision = await definitions.revision();
  const known = remembered.get(definitions);
  if (known !== undefined && known.revision === revision) return known.flows;
  const flows = load(definitions, revision);
  remembered.set(definitions, { revision, flows });
  flows.catch(() => {
    if (remembered.get(definitions)?.flows === flows) remembered.delete(definitions);
  });
  return flows;
}

async function load(definitions: Definitions, revision: number): Promise<KnownFlows> {
  const [versions, active, surroundings, calendars] = await Promise.all([
    definitions.listVersions(),
    definitions.listActive(),
    definitions.surroundings(),
    readCalendars(definitions),
  ]);
  const flows = [...Map.groupBy(versions, (version) => version.flow)].flatMap(([flow, own]): KnownFlow[] => {
    const newest = own.reduce((last, version) => (version.savedAt >= last.savedAt ? version : last));
    const types = { primary: newest.declaration.primary, aliases: newest.declaration.aliases };
    return [{ flow, types, versions: own.toSorted((a, b) => a.from - b.from), newest, active: active.includes(flow) }];
  });
  return { ...surroundings, revision, flows, calendars };
}

export const isVisible = ({ newest }: KnownFlow, role: Role): boolean =>
  newest.declaration.visibleTo?.includes(role) ?? true;

export const visibleFlows = (known: KnownFlows, role: Role): readonly KnownFlow[] =>
  known.flows.filter((flow) => isVisible(flow, role));

export const keyTypesOf = ({ types }: KnownFlow): readonly KeyType[] => [types.primary, ...types.aliases];

/** Types that are searchable in any version: values once kept as tokens stay found by them. */
export const searchableTypesOf = ({ versions }: KnownFlow): readonly KeyType[] => [
  ...new Set(versions.flatMap(({ declaration }) => declaration.searchable)),
];
