import { mayDo } from "#lib/access/permission.ts";
import { compareSamples } from "#lib/failure/compare-samples.ts";
import type { GroupDetail, OwnerRole } from "#lib/failure/failures-view.ts";
import { changeWindowMs, findChange, type Seen } from "#lib/failure/find-change.ts";
import { attributesOf, traitsOf } from "#lib/failure/traits-of.ts";
import { toStepId } from "#lib/id/id.ts";
import { namesOf } from "#lib/journey/names.ts";
import { troubleStates } from "#lib/journey/judgement.ts";
import { ownersOf } from "#lib/journey/owners.ts";
import type { CountedGroup, Naming } from "#lib/read/group-trouble.ts";
import type { KnownFlow } from "#lib/read/known-flows.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { maxSample, sampleRecords, type Sampled } from "#lib/read/sample-records.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";

/** Records that started shortly before the group began, to see what came up then. */
const beforeSize = 40;
/** The first that broke. */
const earliestSize = 10;
const shown = 5;
const hourMs = 3_600_000;

type Stores = Pick<ReadStores, "journeys" | "events">;

/** What is told of a group when its row is open. Bounded, however many there are. */
export async function readGroup(
  stores: Stores,
  group: CountedGroup,
  naming: Naming,
  { context, elapsed }: { readonly context: ReadContext; readonly elapsed: () => number },
): Promise<GroupDetail> {
  const { line, flow } = group;
  const newest = await stores.journeys.listTrouble(group.query, "newest", maxSample);
  const ever = { ...group.query, from: -8.64e15, to: context.now + 1 };
  const earliest = await stores.journeys.listTrouble(ever, "oldest", earliestSize);
  const firstEverAt = earliest[0]?.since ?? line.firstAt;
  const common = {
    owners: ownersIn(group, naming),
    samples: newest.slice(0, shown).flatMap((row) => toSample(row, flow)),
    firstEverAt,
    mayCompare: mayDo(context.role, "payloads.read"),
  };
  // what can't be judged is nobody's fault that could be looked for
  if (line.state === "unknown" || line.step === null || !common.mayCompare) {
    return { ...common, comparison: null, change: null };
  }
  const sampling = { events: stores.events, elapsed, flow, upTo: line.step, withStep: line.state === "failed" };
  const broken = await sampleRecords(newest, sampling);
  const through = await sampleRecords(
    await listThrough(stores, group, spanOf(broken.map(({ row }) => row)), maxSample),
    sampling,
  );
  const first = await sampleRecords(earliest, sampling);
  const begunAt = Math.min(...first.map(reachedAt));
  const before = await listThrough(stores, group, { from: begunAt - 2 * changeWindowMs, to: begunAt + 1 }, beforeSize);
  const change = findChange(
    [
      ...[...first, ...broken].flatMap((one) => seenOn(one, true)),
      ...[...(await sampleRecords(before, sampling)), ...through].flatMap((one) => seenOn(one, false)),
    ],
    begunAt,
  );
  const stepName = namesOf(flow.newest.declaration, naming.known.people, naming.language).step;
  return {
    ...common,
    comparison: compareSamples(
      broken.map(({ events }) => traitsOf(events)),
      through.map(({ events }) => traitsOf(events)),
    ),
    change: change && { ...change, stepName: stepName(toStepId(change.step)) },
  };
}

function ownersIn({ line, flow }: CountedGroup, { known, language }: Naming): GroupDetail["owners"] {
  const { declaration } = flow.newest;
  const step = declaration.steps.find(({ id }) => id === line.step);
  if (step === undefined) return [];
  const owners = ownersOf(declaration, step.id);
  const names = namesOf(declaration, known.people, language);
  // where nothing can be told, only who watches over it is named
  const roles: readonly OwnerRole[] = line.state === "unknown" ? ["monitors"] : ["provides", "processes", "monitors"];
  return roles.flatMap((role) => {
    const team = owners[role];
    if (team === undefined) return [];
    const { teams } = known.people;
    return [{ role, team: names.team(team), contacts: (Object.hasOwn(teams, team) && teams[team]?.contacts) || {} }];
  });
}

function toSample({ primary, state, since }: JourneyRow, { types }: KnownFlow): GroupDetail["samples"] {
  const trouble = troubleStates.find((each) => each === state);
  return trouble === undefined ? [] : [{ primaryType: types.primary, primary, state: trouble, since }];
}

/** When the records started, widened so that few of them have company. */
const spanOf = (rows: readonly JourneyRow[]): { readonly from: number; readonly to: number } => ({
  from: Math.min(...rows.map(({ startedAt }) => startedAt)) - hourMs,
  to: Math.max(...rows.map(({ startedAt }) => startedAt)) + hourMs,
});

/** Records of the same flow that got past the step where these stopped, newest start first. */
async function listThrough(
  { journeys }: Stores,
  { line, flow }: CountedGroup,
  { from, to }: { readonly from: number; readonly to: number },
  limit: number,
): Promise<readonly JourneyRow[]> {
  const states = ["completed", "completed_late", "in_progress"] as const;
  const { items } = await journeys.list({ flows: [flow.flow], states, from, to }, { cursor: null, limit: limit * 2 });
  return items
    .filter(({ state, dues, endedBy }) => {
      const due = dues.find(({ step }) => step === line.step);
      return due === undefined ? state !== "in_progress" && endedBy === null : due.arrived;
    })
    .slice(0, limit);
}

/** When a record came to where it stopped: its failure, or the last that was seen above where it never came. */
const reachedAt = ({ row, events }: Sampled): number =>
  row.state === "failed" || events.length === 0
    ? row.since
    : Math.min(row.since, Math.max(...events.map(({ eventTime }) => eventTime)));

const seenOn = ({ events }: Sampled, isBroken: boolean): readonly Seen[] =>
  events.flatMap((event) =>
    attributesOf(event).map(([name, value]) => ({ at: event.eventTime, step: event.at, name, value, isBroken })),
  );
