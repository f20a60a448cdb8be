import { countFacets, isChosen } from "#lib/failure/count-facets.ts";
import type { BarView, FacetChoice, FailuresView, Series } from "#lib/failure/failures-view.ts";
import { sumIntoBars, timeBars, type TimeBars } from "#lib/failure/time-bars.ts";
import { groupTrouble, type CountedGroup } from "#lib/read/group-trouble.ts";
import { journeyNames } from "#lib/read/journey-names.ts";
import { knownFlows } from "#lib/read/known-flows.ts";
import { listSilences } from "#lib/read/list-silences.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { readGroup } from "#lib/read/read-group.ts";
import type { Period } from "#lib/period/period.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

/** Kinds of trouble that are told apart; a message that is another for every record makes a kind each. */
const maxKinds = 5_000;
const maxGroups = 50;
/** With a colour of their own beside the one in focus. */
const coloured = 2;

export interface FailuresQuestion {
  readonly period: Period;
  readonly choice: FacetChoice;
  /** Id of the group whose row is open. */
  readonly open: string | null;
  /** Milliseconds of a clock that only goes forward: of an open group's records as many are read as time allows. */
  readonly elapsed: () => number;
}

/** Everything in trouble that became so within the period: counted over time, by what it has in common, group by group. */
export async function readFailures(
  stores: ReadStores,
  { period, choice, open, elapsed }: FailuresQuestion,
  context: ReadContext,
  language: Language,
): Promise<FailuresView> {
  const known = await knownFlows(stores.definitions);
  const names = journeyNames(known, context.role, language);
  const bars = timeBars(period, context.timeZone);
  const flows = names.flows.map(({ flow }) => flow).filter((flow) => choice.flow === undefined || flow === choice.flow);
  const counts = await stores.journeys.countTrouble({ flows, ...period }, bars.bucketMs, maxKinds);
  const chosen = counts.filter(({ kind }) => isChosen(kind, choice));
  const naming = { known, names, language };
  const groups = await groupTrouble(stores, chosen, { period, choice, naming, now: context.now });
  const opened = groups.find(({ line }) => line.id === open);
  const shown = groups.filter((group, index) => index < maxGroups || group === opened);
  const series = seriesOf(groups, opened);
  return {
    period,
    broken: sumOf(groups.filter(({ line }) => line.state !== "unknown")),
    unknown: sumOf(groups.filter(({ line }) => line.state === "unknown")),
    widthMs: bars.widthMs,
    series: series.map(({ groups: own, ...each }) => ({ ...each, groups: own.length, total: sumOf(own) })),
    bars: toBars(bars, series, period),
    facets: countFacets(counts, choice, (facet, value) =>
      facet === "system" ? names.system(value) : facet === "step" ? stepNames(chosen, names.step, value) : value,
    ),
    groups: shown.map(({ line }) => line),
    silences: await listSilences(stores, groups, period, context),
    omittedGroups: groups.length - shown.length,
    flows: names.flows.map(({ flow }) => ({ id: flow, name: names.flow(flow) })),
    open:
      opened === undefined
        ? null
        : { group: opened.line, detail: await readGroup(stores, opened, naming, { context, elapsed }) },
    isCut: counts.length >= maxKinds,
  };
}

const sumOf = (groups: readonly CountedGroup[]): number => groups.reduce((sum, { line }) => sum + line.count, 0);

/** A step's id may stand in several flows. */
const stepNames = (
  counts: readonly { readonly kind: { readonly flow: string; readonly step: string | null } }[],
  nameOf: (flow: string, step: string) => string,
  step: string,
): string => {
  const flows = new Set(counts.filter(({ kind }) => kind.step === step).map(({ kind }) => kind.flow));
  return flows.size === 0 ? step : [...new Set([...flows].map((flow) => nameOf(flow, step)))].join(" / ");
};

interface GroupedSeries extends Pick<Series, "kind" | "group"> {
  readonly groups: readonly CountedGroup[];
}

/** The open group, or else the largest, has the colour of its state; two more a grey each; what can't be judged stands apart. */
function seriesOf(groups: readonly CountedGroup[], opened: CountedGroup | undefined): readonly GroupedSeries[] {
  const broken = groups.filter(({ line }) => line.state !== "unknown");
  const focus = opened !== undefined && opened.line.state !== "unknown" ? opened : broken[0];
  const others = broken.filter((group) => group !== focus);
  const own = (kind: Series["kind"], group: CountedGroup | undefined): readonly GroupedSeries[] =>
    group === undefined ? [] : [{ kind, group: group.line, groups: [group] }];
  const rest = (kind: Series["kind"], members: readonly CountedGroup[]): readonly GroupedSeries[] =>
    members.length === 0 ? [] : [{ kind, group: null, groups: members }];
  const lone = others.length === coloured + 1 ? coloured + 1 : coloured;
  return [
    ...own("focus", focus),
    ...others.slice(0, lone).flatMap((group) => own("group", group)),
    ...rest("others", others.slice(lone)),
    ...rest(
      "unknown",
      groups.filter(({ line }) => line.state === "unknown"),
    ),
  ];
}

function toBars(bars: TimeBars, series: readonly GroupedSeries[], { to }: Period): readonly BarView[] {
  const sums = series.map(({ groups }) =>
    sumIntoBars(
      bars,
      groups.flatMap(({ counts }) => counts.flatMap(({ buckets }) => buckets)),
    ),
  );
  return bars.starts.map((at, index) => ({
    at,
    to: Math.min(bars.starts[index + 1] ?? to, to),
    counts: sums.map((each) => each[index] ?? 0),
  }));
}
