import type { ListedJourney } from "#lib/api/journeys-schema.ts";
import type { Role } from "#lib/access/role.ts";
import { toStepId } from "#lib/id/id.ts";
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
      const from = item.hop?.split("..", 1)[0];
      return {
        flow: item.flow,
        flowName: flow(item.flow),
        primaryType: flows.get(item.flow)?.types.primary ?? "_",
        primary: item.primary,
        state: item.state,
        reason: item.reason,
        field: item.field ?? null,
        fromName: from === undefined || from === "" ? null : step(item.flow, from),
        stepName: item.step === null ? null : step(item.flow, item.step),
        since: Date.parse(item.since),
        startedAt: Date.parse(item.startedAt),
        lateByMs: item.lateByMs ?? null,
      };
    },
  };
}
