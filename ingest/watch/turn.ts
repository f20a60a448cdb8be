import type { Logger } from "pino";
import { pause } from "#ingest/pause.ts";
import type { Lease, Leases } from "#lib/storage/leases.ts";

/** Asked so often; a holder that did not for so long has lost it: another has it within 10 s of its end. */
const askEveryMs = 1_000;
const lostAfterMs = 6_000;
/** Its holder stops believing in it sooner than others may take it: how long a slice of work may go on. */
const believedMs = 4_000;

/** Whose turn it is to do what one worker does for all. */
export interface Turn {
  isMine(): boolean;
  /** Lets go, so that another has it at once. */
  stop(): Promise<void>;
}

interface TurnOptions {
  readonly leases: Leases;
  readonly name: string;
  /** This worker, among all. */
  readonly holder: string;
  readonly log: Logger;
  /** A clock that never goes back, ms. */
  readonly elapsed: () => number;
}

/** Asks for the turn, and goes on asking until stopped; where the store does not answer, a turn that was had is believed in for a few seconds. */
export async function takeTurns({ leases, name, holder, log, elapsed }: TurnOptions): Promise<Turn> {
  const stopping = new AbortController();
  let lease: Lease | null = null;
  let heldAt = -Infinity;
  const ask = async (): Promise<void> => {
    const at = elapsed();
    const had = lease;
    try {
      lease = await leases.hold(name, holder, lostAfterMs);
      heldAt = at;
      if (lease?.fence !== had?.fence)
        log.info({ turn: name, fence: lease?.fence ?? null }, lease === null ? "another has the turn" : "has the turn");
    } catch (error) {
      log.warn({ err: error, turn: name }, "could not ask for the turn; asking again");
    }
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await pause(askEveryMs, stopping.signal);
      if (!stopping.signal.aborted) await ask();
    }
  };
  await ask();
  const loop = run();
  return {
    isMine: () => lease !== null && elapsed() - heldAt < believedMs,
    async stop() {
      stopping.abort();
      await loop;
      if (lease === null) return;
      try {
        await leases.release(lease);
      } catch (error) {
        log.warn({ err: error, turn: name }, "could not let go of the turn; it ends by itself");
      }
      lease = null;
    },
  };
}
