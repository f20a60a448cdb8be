import { namesOf } from "#lib/journey/names.ts";
import { titleIn } from "#lib/people/title-in.ts";
import type { Contacts, People } from "#lib/people/people.ts";
import type { KnownFlow, KnownFlows } from "#lib/read/known-flows.ts";
import { createPopulations, isInOutage } from "#lib/read/outage.ts";
import type { ReadStores } from "#lib/read/read-context.ts";
import { alikePath, type AlikeGroup } from "#lib/record/alike-path.ts";
import type { Cause } from "#lib/search/overview.ts";
import { recordPath } from "#lib/search/search-answer.ts";
import type { JourneyRow, TroubleCount } from "#lib/storage/journey-index.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

const maxCauses = 8;
const maxKinds = 500;
/** So many of the newest are asked whether an outage explains them. */
const asked = 5;
const always = -8.64e15;

interface Naming {
  readonly known: KnownFlows;
  readonly flows: readonly KnownFlow[];
  readonly language: Language;
}

/** Why records are in trouble, those that can be told first, then by how many; counted by all that makes them alike. */
export async function readCauses({ journeys }: ReadStores, naming: Naming, now: number): Promise<readonly Cause[]> {
  const flows = naming.flows.map(({ flow }) => flow);
  if (flows.length === 0) return [];
  const kinds = await journeys.countTrouble({ flows, from: always, to: now + 1 }, null, maxKinds);
  const groups = Map.groupBy(kinds, ({ kind: { flow, step, reason, errorClass, field } }) =>
    JSON.stringify([flow, step, reason, errorClass, field]),
  );
  const counted = [...groups.values()].map(sumOf).toSorted((a, b) => rank(a) - rank(b) || b.count - a.count);
  const populations = createPopulations(journeys, now);
  const causes = await Promise.all(
    counted.slice(0, maxCauses).map(async (sum): Promise<readonly Cause[]> => {
      const { flow, step, reason, errorClass, field } = sum.kind;
      if (step === null) return [];
      const query = { flows: [flow], step, reason, errorClass, field, from: always, to: now + 1 };
      const rows = await journeys.listTrouble(query, "newest", asked);
      const inOutage = await Promise.all(rows.map(async (row) => isInOutage(row, populations)));
      const [newest] = rows;
      if (newest === undefined) return [];
      const group = { flow, step, reason: inOutage.every(Boolean) ? "outage" : reason, errorClass, field } as const;
      return toCause(newest, group, sum, naming);
    }),
  );
  return causes.flat();
}

type Sum = Pick<TroubleCount, "kind" | "count" | "firstAt" | "lastAt">;

/** Kinds that differ only in what makes nobody act differently: state, system, point, wording. */
const sumOf = (kinds: readonly TroubleCount[]): Sum =>
  kinds.reduce<Sum>(
    (sum, each) => ({
      kind: each.kind,
      count: sum.count + each.count,
      firstAt: Math.min(sum.firstAt, each.firstAt),
      lastAt: Math.max(sum.lastAt, each.lastAt),
    }),
    { ...firstOf(kinds), count: 0 },
  );

const firstOf = ([first]: readonly TroubleCount[]): TroubleCount => {
  if (first === undefined) throw new Error("A group has a member");
  return first;
};

const rank = ({ kind }: Sum): number => (kind.state === "unknown" ? 1 : 0);

function toCause(row: JourneyRow, group: AlikeGroup, sum: Sum, { known, flows, language }: Naming): readonly Cause[] {
  const flow = flows.find((each) => each.flow === row.flow);
  const { state, step } = row;
  if (flow === undefined || step === null) return [];
  if (state !== "failed" && state !== "overdue" && state !== "unknown") return [];
  const { declaration } = flow.newest;
  const names = namesOf(declaration, known.people, language);
  const owners = declaration.steps.find(({ id }) => id === step)?.owners ?? {};
  const role = (["processes", "monitors", "provides"] as const).find((each) => owners[each] !== undefined);
  const team = role && owners[role];
  const from = declaration.steps.find(({ id }) => row.hop?.split("..", 1)[0] === id);
  return [
    {
      state,
      reason: group.reason,
      field: group.field,
      count: sum.count,
      firstAt: sum.firstAt,
      lastAt: sum.lastAt,
      flowName: titleIn(declaration.title, language, flow.flow),
      stepName: names.step(step),
      fromName: from === undefined ? null : names.step(from.id),
      owner:
        role === undefined || team === undefined
          ? null
          : { role, team: names.team(team), contacts: contactsOf(known.people, team) },
      newest: { primary: row.primary, path: recordPath(declaration.primary, row.primary) },
      href: alikePath(group),
    },
  ];
}

/** Ids come from files: `constructor` is a name like any other. */
const contactsOf = ({ teams }: People, team: string): Contacts =>
  (Object.hasOwn(teams, team) ? teams[team]?.contacts : undefined) ?? {};
