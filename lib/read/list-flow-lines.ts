import type { FlowLine } from "#lib/flow/flow-figures.ts";
import { journeyStates, type JourneyState } from "#lib/journey/judgement.ts";
import { titleIn } from "#lib/people/title-in.ts";
import { presetPeriod } from "#lib/period/period.ts";
import { fileOfFlows } from "#lib/read/declaration-files.ts";
import { knownFlows, visibleFlows } from "#lib/read/known-flows.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

const dayMs = 86_400_000;
type Counts = Readonly<Record<JourneyState, number>>;

export const noCounts: Counts = {
  in_progress: 0,
  completed: 0,
  completed_late: 0,
  overdue: 0,
  failed: 0,
  unknown: 0,
};

/** Every flow the role may see, with how it stands now. `mayReadFiles`: also where it is declared and what is wrong there. */
export async function listFlowLines(
  stores: ReadStores,
  context: ReadContext,
  { language, mayReadFiles }: { readonly language: Language; readonly mayReadFiles: boolean },
): Promise<readonly FlowLine[]> {
  const flows = visibleFlows(await knownFlows(stores.definitions), context.role);
  const ids = flows.map(({ flow }) => flow);
  const today = presetPeriod("today", context);
  const [counts, started, files, problems, latencies] = await Promise.all([
    stores.journeys.countByState(ids),
    stores.journeys.countStarted(ids, today.from, today.to),
    fileOfFlows(stores.definitions),
    mayReadFiles ? stores.definitions.listProblems() : [],
    Promise.all(
      ids.map((flow) =>
        stores.measures.latency({ flow, hop: "end_to_end", from: context.now - dayMs, to: context.now + 1 }),
      ),
    ),
  ]);
  return flows.map(({ flow, newest, active }, index): FlowLine => {
    const file = files.get(flow) ?? null;
    const [latency] = latencies[index] ?? [];
    const ofToday = started.get(flow) ?? noCounts;
    return {
      flow,
      name: titleIn(newest.declaration.title, language, flow),
      declaredIn: newest.declaredIn,
      file: mayReadFiles ? file : null,
      active,
      today: journeyStates.reduce((sum, state) => sum + ofToday[state], 0),
      counts: counts.get(flow) ?? noCounts,
      p95Ms: latency?.p95Ms ?? null,
      completed: latency?.count ?? 0,
      version: newest.hash,
      savedAt: newest.savedAt,
      problems: problems.filter((problem) => problem.file === file).length,
    };
  });
}
