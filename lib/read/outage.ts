import type { FlowId, StepId } from "#lib/id/id.ts";
import { isOutage } from "#lib/journey/cause.ts";
import type { JourneyIndex, JourneyRow } from "#lib/storage/journey-index.ts";

export interface Population {
  readonly due: number;
  readonly missing: number;
}

const windowMs = 5 * 60_000;

/** How many journeys were due at a step around a deadline and how many of them are missing, as `outage` asks; each question once. */
export function createPopulations(
  journeys: JourneyIndex,
  now: number,
): (flow: FlowId, step: StepId, dueAt: number) => Promise<Population> {
  const asked = new Map<string, Promise<Population>>();
  return (flow, step, dueAt) => {
    const question = JSON.stringify([flow, step, dueAt]);
    const known = asked.get(question);
    if (known !== undefined) return known;
    const answer = journeys.countDue(flow, step, dueAt - windowMs, dueAt + windowMs, now);
    asked.set(question, answer);
    return answer;
  };
}

/** Whether a row that nothing more was seen of is missing together with (almost) all that were due around its deadline. */
export async function isInOutage(row: JourneyRow, populations: ReturnType<typeof createPopulations>): Promise<boolean> {
  if (row.reason !== "not_seen" || row.step === null || row.dueAt === null) return false;
  return isOutage(await populations(row.flow, row.step, row.dueAt));
}
