import type { DeclaredWorld } from "#ingest/collector/call.ts";
import { type DownstreamSchemas, toDownstreamSchemas } from "#lib/flow/downstream-schemas.ts";
import { createFlowMatcher, type FlowMatch } from "#lib/flow/flow-matcher.ts";
import { createCnWorkdays } from "#lib/calendar/cn-workdays.ts";
import { parseCalendar } from "#lib/calendar/parse-calendar.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import { linkTypesOf, type MatchableEvent } from "#lib/flow/match-step.ts";
import type { FlowId, KeyType, SourceId, StepId } from "#lib/id/id.ts";
import type { Calendars } from "#lib/journey/deadline.ts";
import { versionFor } from "#lib/journey/version-for.ts";
import { defaultMaskingPolicy, type MaskingPolicy } from "#lib/privacy/masking-policy.ts";
import type { SourceDeclaration } from "#lib/source/source.ts";

/** All declarations in force, made ready to be asked for every event. Never changed: a new declaration makes a new world. */
export interface World {
  readonly declared: DeclaredWorld;
  /** Every flow there ever was a version of. */
  readonly flows: readonly FlowId[];
  /** Where every version of every active flow puts an event, `ambiguous_step` left in. */
  match(event: MatchableEvent): readonly FlowMatch<FlowVersion>[];
  /** By order of saving; empty for a flow that is not known. */
  versionsOf(flow: FlowId): readonly FlowVersion[];
  /** The version that judges a journey with this earliest event time. */
  versionAt(flow: FlowId, earliestEventTime: number): FlowVersion | null;
  findVersion(flow: FlowId, hash: string): FlowVersion | null;
  schemasAt(version: FlowVersion, step: StepId): DownstreamSchemas;
  sourceDeclaration(source: SourceId): SourceDeclaration | undefined;
  readonly masking: MaskingPolicy;
  /** Key types that are primary or alias in some flow: their values are never masked. */
  readonly linkTypes: ReadonlySet<KeyType>;
  /** Key types that are searchable in some flow, and primary or alias in none. */
  readonly searchableTypes: ReadonlySet<KeyType>;
  readonly calendars: Calendars;
  /** Hashes of versions for which kept events have not all been matched again yet. */
  readonly matchingAgain: ReadonlySet<string>;
}

export function createWorld(declared: DeclaredWorld): World {
  const active = new Set(declared.active);
  const byFlow = Map.groupBy(
    declared.versions.toSorted((a, b) => a.savedAt - b.savedAt),
    (version) => version.flow,
  );
  const schemas = new Map<string, (step: StepId) => DownstreamSchemas>();
  const flows = declared.versions.map((version) => version.declaration);
  const linkTypes = new Set(flows.flatMap(linkTypesOf));
  const declarations = new Map(declared.surroundings.sources.map((each) => [each.source, each]));
  const versionsOf = (flow: FlowId): readonly FlowVersion[] => byFlow.get(flow) ?? [];
  return {
    declared,
    flows: [...byFlow.keys()],
    match: createFlowMatcher(declared.versions.filter(({ flow }) => active.has(flow))),
    versionsOf,
    versionAt(flow, earliestEventTime) {
      const versions = versionsOf(flow);
      return versionFor(versions, earliestEventTime) ?? versions[0] ?? null;
    },
    findVersion: (flow, hash) => versionsOf(flow).find((version) => version.hash === hash) ?? null,
    schemasAt(version, step) {
      const known = schemas.get(version.hash) ?? toDownstreamSchemas(version.declaration);
      schemas.set(version.hash, known);
      return known(step);
    },
    sourceDeclaration: (source) => declarations.get(source),
    masking: declared.privacy ?? defaultMaskingPolicy,
    linkTypes,
    searchableTypes: new Set(flows.flatMap((flow) => flow.searchable).filter((type) => !linkTypes.has(type))),
    calendars: toCalendars(declared.calendars),
    matchingAgain: new Set(declared.matchingAgain),
  };
}

/** Those that come with Hopline, and over them those of the flows folder. */
function toCalendars(raw: readonly unknown[]): Calendars {
  const byName = new Map([createCnWorkdays()].map((calendar) => [calendar.id, calendar]));
  for (const each of raw) {
    const { calendar } = parseCalendar(each);
    if (calendar !== undefined) byName.set(calendar.id, calendar);
  }
  return byName;
}

export const emptyWorld = (): World =>
  createWorld({
    versions: [],
    active: [],
    surroundings: { people: { systems: {}, teams: {} }, sources: [] },
    privacy: null,
    calendars: [],
    matchingAgain: [],
  });
