import { StorageError } from "#lib/storage/storage-error.ts";

/** What many workers write at the same moment is tried so often, for some seconds in all. */
const mostAttempts = 40;
const firstPauseMs = 5;
const longestPauseMs = 400;

/**
 * Runs until nothing is left that somebody else wrote meanwhile: `run` is given what is left and answers with what was lost in a race.
 * Pauses grow, and differ from worker to worker. Rejects with StorageError `unavailable` where it never comes to an end.
 */
export async function tryAgain<Left extends { readonly size: number }>(
  left: Left,
  run: (left: Left) => Promise<Left>,
): Promise<void> {
  let lost = left;
  for (let attempt = 1; lost.size > 0; attempt += 1) {
    if (attempt > mostAttempts)
      throw new StorageError("unavailable", "Other workers write the same journeys all the time.");
    if (attempt > 1) await pause(Math.min(longestPauseMs, firstPauseMs * 2 ** attempt) * Math.random());
    lost = await run(lost);
  }
}

const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));
