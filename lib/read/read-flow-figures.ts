import type { FlowFigures, FlowHop, FlowStop } from "#lib/flow/flow-figures.ts";
import type { Flow } from "#lib/flow/flow-version.ts";
import { lineDiff } from "#lib/flow/line-diff.ts";
import { predecessorsOf, toFlowPath } from "#lib/flow/path.ts";
import { namesOf } from "#lib/journey/names.ts";
import { titleIn } from "#lib/people/title-in.ts";
import type { Period } from "#lib/period/period.ts";
import { fileOfFlows } from "#lib/read/declaration-files.ts";
import { knownFlows } from "#lib/read/known-flows.ts";
import { noCounts } from "#lib/read/list-flow-lines.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { findVisibleFlow } from "#lib/read/read-flow.ts";
import type { LatencyBucket } from "#lib/storage/measures.ts";
import type { TroubleCount } from "#lib/storage/journey-index.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

const maxKinds = 10_000;

interface FlowQuestion {
  readonly period: Period;
  /** Content hash, or its beginning; absent or unknown: the newest. */
  readonly version?: string;
  readonly language: Language;
  readonly mayReadFiles: boolean;
}

/** A flow's path with what runs along it, its versions and their difference. ReadError `flow_not_found`. */
export async function readFlowFigures(
  stores: ReadStores,
  id: string,
  { period, version, language, mayReadFiles }: FlowQuestion,
  context: ReadContext,
): Promise<FlowFigures> {
  const flow = await findVisibleFlow(stores, id, context);
  const { newest } = flow;
  const flows = [flow.flow];
  const [{ people }, counts, latencies, trouble, files, problems] = await Promise.all([
    knownFlows(stores.definitions),
    stores.journeys.countByState(flows),
    stores.measures.latency({ flow: flow.flow, ...period }),
    // who is in trouble now, since whenever
    stores.journeys.countTrouble({ flows, from: -8.64e15, to: context.now + 1 }, null, maxKinds),
    fileOfFlows(stores.definitions),
    mayReadFiles ? stores.definitions.listProblems() : [],
  ]);
  const file = files.get(flow.flow) ?? null;
  const bySaving = flow.versions.toSorted((a, b) => a.savedAt - b.savedAt);
  const at = version === undefined ? -1 : bySaving.findIndex(({ hash }) => hash.startsWith(version));
  const shown = bySaving[at] ?? newest;
  const before = bySaving[bySaving.indexOf(shown) - 1];
  const names = namesOf(newest.declaration, people, language);
  const systemName = (system: string): string =>
    titleIn(Object.hasOwn(people.systems, system) ? people.systems[system]?.title : undefined, language, system);
  const endToEnd = latencies.find(({ hop }) => hop === "end_to_end");
  return {
    flow: flow.flow,
    name: titleIn(newest.declaration.title, language, flow.flow),
    primary: newest.declaration.primary,
    visibleTo: newest.declaration.visibleTo ?? null,
    declaredIn: newest.declaredIn,
    file: mayReadFiles ? file : null,
    active: flow.active,
    counts: counts.get(flow.flow) ?? noCounts,
    endToEnd: { count: endToEnd?.count ?? 0, p50Ms: endToEnd?.p50Ms ?? null, p95Ms: endToEnd?.p95Ms ?? null },
    stops: stopsOf(newest.declaration, { ...names, system: systemName }, trouble),
    hops: hopsOf(newest.declaration, latencies),
    versions: bySaving.toReversed().map((each) => ({
      version: each.hash,
      from: Number.isFinite(each.from) ? each.from : null,
      savedAt: each.savedAt,
      isNewest: each === newest,
    })),
    shown: {
      version: shown.hash,
      text: shown.text,
      changes: before === undefined ? null : lineDiff(before.text, shown.text),
    },
    problems: problems.filter((problem) => problem.file === file),
  };
}

function stopsOf(
  flow: Flow,
  names: { readonly step: (id: Flow["steps"][number]["id"]) => string; readonly system: (id: string) => string },
  trouble: readonly TroubleCount[],
): readonly FlowStop[] {
  const path = toFlowPath(flow);
  return path.order.flatMap((id): FlowStop[] => {
    const step = path.step(id);
    if (step === undefined) return [];
    const own = trouble.filter(({ kind }) => kind.step === id);
    const count = (state: "overdue" | "failed" | "unknown"): number =>
      own.filter(({ kind }) => kind.state === state).reduce((sum, each) => sum + each.count, 0);
    const { system, optional, ends } = step;
    const stand = { overdue: count("overdue"), failed: count("failed"), unknown: count("unknown") };
    const name = names.step(id);
    const place = names.system(system);
    return [{ id, name, place: name.startsWith(place) ? "" : place, ...stand, optional, ends }];
  });
}

function hopsOf(flow: Flow, latencies: readonly LatencyBucket[]): readonly FlowHop[] {
  const measured = new Map(latencies.map((each) => [each.hop, each]));
  return flow.steps.flatMap((step) =>
    predecessorsOf(step).map((from): FlowHop => {
      const found = measured.get(`${from}..${step.id}`);
      return {
        from,
        to: step.id,
        count: found?.count ?? 0,
        skewed: found?.skewedCount ?? 0,
        p50Ms: found?.p50Ms ?? null,
        p95Ms: found?.p95Ms ?? null,
        allowedMs: step.within?.ms ?? null,
      };
    }),
  );
}
