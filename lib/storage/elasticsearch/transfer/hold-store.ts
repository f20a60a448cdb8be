import { setTimeout as pause } from "node:timers/promises";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { Lease, Leases } from "#lib/storage/leases.ts";

/** The turn that one of the workers always has: while a copy has it, none is at work or takes it up. */
const turn = "watch";
const durationMs = 10_000;
const askAgainMs = 500;
const keepEveryMs = 3_000;

/** Takes the workers' turn, or rejects with StorageError `locked` where one has it: that takes as long as a dead one is believed in. */
export async function holdStore(leases: Leases, holder: string, where: string): Promise<() => Promise<void>> {
  const until = performance.now() + durationMs + 2 * askAgainMs;
  let lease: Lease | null = await leases.hold(turn, holder, durationMs);
  while (lease === null && performance.now() < until) {
    await pause(askAgainMs);
    lease = await leases.hold(turn, holder, durationMs);
  }
  const held = lease;
  if (held === null)
    throw new StorageError("locked", `A Hopline worker is at work on ${where}. Stop every worker of it first.`);
  const timer = setInterval(() => {
    // One that fails is followed by the next, long before anybody else may take the turn.
    void leases.hold(turn, holder, durationMs).catch(() => undefined);
  }, keepEveryMs).unref();
  return async () => {
    clearInterval(timer);
    await leases.release(held);
  };
}
