import { setTimeout as pause } from "node:timers/promises";
import { StorageError } from "#lib/storage/storage-error.ts";

/** A document of an event, as a call sent it. */
export interface Sent {
  readonly id: string;
  readonly index: string;
  readonly sequence: number;
}

/** What one call to take events in has sent. Given up by who waits for it, it sends nothing more; what it has sent may yet be written. */
export class IntakeAttempt {
  readonly #sent: Sent[] = [];
  #isGivenUp = false;

  get sent(): readonly Sent[] {
    return this.#sent;
  }

  /** To be told before anything is sent. */
  willSend(documents: readonly Sent[]): void {
    if (this.#isGivenUp) throw givenUp();
    for (const each of documents) this.#sent.push(each);
  }

  /** Rejects with `unavailable` where it takes longer. */
  async within<Result>(durationMs: number | undefined, running: Promise<Result>): Promise<Result> {
    if (durationMs === undefined) return await running;
    const isDone = new AbortController();
    const late = async (): Promise<never> => {
      await pause(durationMs, null, { signal: isDone.signal });
      this.#isGivenUp = true;
      throw givenUp();
    };
    try {
      return await Promise.race([running, late()]);
    } finally {
      isDone.abort();
    }
  }
}

const givenUp = (): StorageError =>
  new StorageError("unavailable", "accept: the cluster has not said in time what became of the events");
