import { setTimeout as pause } from "node:timers/promises";
import { errors } from "@elastic/elasticsearch";
import { refusalOf } from "#lib/storage/elasticsearch/cluster-error.ts";

/** Of a read: a shard that is away for longer is told of. */
const patienceMs = 2_000;
const firstPauseMs = 50;

/** One document of several could not be asked for; the others were. */
export class ShardAwayError extends Error {}

/**
 * Reads again while a shard is on its way: a day's or month's first document makes its index, which stands behind the alias some moments
 * before its shard answers, and whoever reads in these must not hear that something is broken.
 */
export async function whenReady<Result>(read: () => Promise<Result>): Promise<Result> {
  const until = performance.now() + patienceMs;
  for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
    try {
      return await read();
    } catch (error) {
      if (!isShardAway(error) || performance.now() + pauseMs > until) throw error;
      await pause(pauseMs);
    }
  }
}

export const shardAway = "no_shard_available_action_exception";

function isShardAway(error: unknown): boolean {
  if (error instanceof ShardAwayError) return true;
  if (!(error instanceof errors.ResponseError) || error.statusCode !== 503) return false;
  const { type } = refusalOf(error);
  return type === shardAway || type === "search_phase_execution_exception";
}
