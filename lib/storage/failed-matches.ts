import type { FailedEvent, StepMatch } from "#lib/storage/event-log.ts";

/** The steps at which a failed event was, from what is counted of it; by flow. */
export const toStepMatches = (failed: readonly FailedEvent[]): readonly StepMatch[] =>
  failed
    .map(({ flow, step, primary, signature }) => ({
      flow,
      step,
      ...(primary === undefined ? {} : { primary }),
      ...(signature === "" ? {} : { signature }),
    }))
    .toSorted((a, b) => (a.flow < b.flow ? -1 : 1));
