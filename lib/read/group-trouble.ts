import { groupId } from "#lib/failure/trouble-group.ts";
import type { FacetChoice, GroupLine, OwnerRole } from "#lib/failure/failures-view.ts";
import { predecessorsOf } from "#lib/flow/path.ts";
import type { Reason, TroubleState } from "#lib/journey/judgement.ts";
import { ownersOf } from "#lib/journey/owners.ts";
import { teamName } from "#lib/journey/names.ts";
import type { Period } from "#lib/period/period.ts";
import type { JourneyNames } from "#lib/read/journey-names.ts";
import type { KnownFlow, KnownFlows } from "#lib/read/known-flows.ts";
import { createPopulations, isInOutage } from "#lib/read/outage.ts";
import type { ReadStores } from "#lib/read/read-context.ts";
import type { TroubleCount, TroubleKind, TroubleQuery } from "#lib/storage/journey-index.ts";
import { troublePath } from "#lib/record/trouble-path.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

export interface Naming {
  readonly known: KnownFlows;
  readonly names: JourneyNames;
  readonly language: Language;
}

/** Kinds that only states, systems and points tell apart, as one line. */
export interface CountedGroup {
  readonly line: GroupLine;
  readonly flow: KnownFlow;
  readonly counts: readonly TroubleCount[];
  /** Asks the store for exactly these. */
  readonly query: TroubleQuery;
}

/** Of a group that nothing more was seen of, so many are asked whether all around them is missing too. */
const maxToldApart = 50;

const worst: readonly TroubleState[] = ["failed", "overdue", "unknown"];

/** Groups of what failed alike, most first; those that can't be judged last. */
export async function groupTrouble(
  stores: Pick<ReadStores, "journeys">,
  counts: readonly TroubleCount[],
  asked: { readonly period: Period; readonly choice: FacetChoice; readonly naming: Naming; readonly now: number },
): Promise<readonly CountedGroup[]> {
  const { period, naming } = asked;
  const flows = new Map(naming.names.flows.map((flow) => [flow.flow, flow]));
  const populations = createPopulations(stores.journeys, asked.now);
  const grouped = Map.groupBy(counts, ({ kind }) => JSON.stringify(identityOf(kind)));
  const groups = await Promise.all(
    [...grouped.values()].map(async (own): Promise<readonly CountedGroup[]> => {
      const [first] = own;
      const flow = first && flows.get(first.kind.flow);
      if (first === undefined || flow === undefined) return [];
      const query = queryOf(first.kind, own, period);
      let { reason } = first.kind;
      if (reason === "not_seen") {
        const rows = await stores.journeys.listTrouble(query, "newest", maxToldApart);
        const told = await Promise.all(rows.map(async (row) => isInOutage(row, populations)));
        // told when read, never stored; a group is called what most of its newest are
        if (told.filter(Boolean).length * 2 > told.length) reason = "outage";
      }
      return [{ line: toLine(own, reason, flow, asked), flow, counts: own, query }];
    }),
  );
  const rank = ({ line }: CountedGroup): number => (line.state === "unknown" ? 1 : 0);
  return groups
    .flat()
    .toSorted((a, b) => rank(a) - rank(b) || b.line.count - a.line.count || b.line.lastAt - a.line.lastAt);
}

const identityOf = ({ flow, state, step, reason, errorClass, field, signature }: TroubleKind) => ({
  flow,
  isUnknown: state === "unknown",
  step,
  reason,
  errorClass,
  field,
  signature,
});

const queryOf = (
  { flow, step, reason, errorClass, field, signature }: TroubleKind,
  counts: readonly TroubleCount[],
  period: Period,
): TroubleQuery => ({
  flows: [flow],
  states: [...new Set(counts.map(({ kind }) => kind.state))],
  ...(step !== null && { step }),
  reason,
  errorClass,
  field,
  signature,
  ...period,
});

function toLine(
  counts: readonly TroubleCount[],
  reason: Reason,
  flow: KnownFlow,
  { period, choice, naming }: { readonly period: Period; readonly choice: FacetChoice; readonly naming: Naming },
): GroupLine {
  const states = new Set(counts.map(({ kind }) => kind.state));
  const state = worst.find((each) => states.has(each)) ?? "unknown";
  const { step, errorClass, field, signature, reason: stored = reason } = counts[0]?.kind ?? {};
  const { declaration } = flow.newest;
  const declared = declaration.steps.find(({ id }) => id === step);
  const [from] = declared === undefined ? [] : predecessorsOf(declared);
  const identity = {
    flow: flow.flow,
    step: step ?? null,
    reason,
    errorClass: errorClass ?? null,
    field: field ?? null,
    signature: signature ?? null,
  };
  return {
    ...identity,
    // by the stored reason: an outage that ends is the same line
    id: groupId({ ...identity, reason: stored }),
    state,
    flowName: naming.names.flow(flow.flow),
    stepName: step === undefined || step === null ? null : naming.names.step(flow.flow, step),
    fromName: from === undefined ? null : naming.names.step(flow.flow, from),
    count: counts.reduce((sum, each) => sum + each.count, 0),
    firstAt: Math.min(...counts.map(({ firstAt }) => firstAt)),
    lastAt: Math.max(...counts.map(({ lastAt }) => lastAt)),
    // who processes there comes first; of what can't be judged, nobody but who watches over it
    owner: ownerOf(flow, step, state === "unknown" ? ["monitors"] : ["processes", "monitors", "provides"], naming),
    href: troublePath(identity, [...states], period, choice),
  };
}

/** The first of the roles that is somebody's there. */
function ownerOf(
  flow: KnownFlow,
  step: TroubleKind["step"] | undefined,
  roles: readonly OwnerRole[],
  { known, language }: Naming,
): GroupLine["owner"] {
  if (step === null || step === undefined) return null;
  const owners = ownersOf(flow.newest.declaration, step);
  const role = roles.find((each) => owners[each] !== undefined);
  const team = role && owners[role];
  return role === undefined || team === undefined ? null : { role, team: teamName(team, known.people, language) };
}
