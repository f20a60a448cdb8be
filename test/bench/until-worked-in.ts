import type { TestWorker } from "#test/support/worker.ts";

const pollMs = 25;

/** Resolves when everything that the worker was sent is in the journeys. */
export const untilWorkedIn = async (worker: Pick<TestWorker, "url">): Promise<void> => {
  for (;;) {
    const text = await (await fetch(`${worker.url}/metrics`)).text();
    if (/^hopline_projection_pending_events 0$/mu.test(text)) return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
};
