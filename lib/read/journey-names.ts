import type { ListedJourney } from "#lib/api/journeys-schema.ts";
import type { Role } from "#lib/access/role.ts";
import { toStepId } from "#lib/id/id.ts";
import { predecessorsOf } from "#lib/flow/path.ts";
import { namesOf, type Names } from "#lib/journey/names.ts";
import { titleIn } from "#lib/people/title-in.ts";
import { visibleFlows, type KnownFlow, type KnownFlows } from "#lib/read/known-flows.ts";
import type { JourneyLine } from "#lib/search/journey-list.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

/** What people call everything a list of journeys names; ids where nothing was declared. */
export interface JourneyNames {
  /** Flows the role may see. */
  readonly flows: readonly KnownFlow[];
  flow(id: string): string;
  step(flow: string, id: string): string;
  system(id: string): string;
  toLine(item: ListedJourney): JourneyLine;
}

export function journeyNames(known: KnownFlows, role: Role, language: Language): JourneyNames {
  const flows = new Map<string, KnownFlow>(visibleFlows(known, role).map((flow) => [flow.flow, flow]));
  const names = new Map<string, Names>(
    [...flows.values()].map(({ flow, newest }) => [flow, namesOf(newest.declaration, known.people, language)]),
  );
  const flow = (id: string): string => titleIn(flows.get(id)?.newest.declaration.title, language, id);
  const step = (of: string, id: string): string => names.get(of)?.step(toStepId(id)) ?? id;
  const { systems } = known.people;
  return {
    flows: [...flows.values()],
    flow,
    step,
    system: (id) => titleIn(Object.hasOwn(systems, id) ? systems[id]?.title : undefined, language, id),
    toLine(item) {
      const { from, to } = placeOf(item, flows.get(item.flow));
      return {
        flow: item.flow,
        flowName: flow(item.flow),
        primaryType: flows.get(item.flow)?.types.primary ?? "_",
        primary: item.primary,
        state: item.state,
        reason: item.reason,
        field: item.field ?? null,
        fromName: from === null ? null : step(item.flow, from),
        stepName: to === null ? null : step(item.flow, to),
        since: Date.parse(item.since),
        startedAt: Date.parse(item.startedAt),
        lateByMs: item.lateByMs ?? null,
      };
    },
  };
}

interface Place {
  readonly from: string | null;
  readonly to: string | null;
}

/** Between which steps a record is: where it is in trouble, or while it is on its way, what it reached last and what is due next. */
function placeOf({ hop, step, reached, awaited }: ListedJourney, flow: KnownFlow | undefined): Place {
  if (step !== null) return { from: hop?.split("..", 1)[0] || null, to: step };
  if (awaited === undefined) return { from: null, to: reached ?? null };
  const before = flow?.newest.declaration.steps.find(({ id }) => id === awaited);
  const [only, ...others] = before === undefined ? [] : predecessorsOf(before);
  return { from: reached ?? (others.length === 0 ? (only ?? null) : null), to: awaited };
}
