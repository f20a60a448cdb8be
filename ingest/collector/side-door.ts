import type { DoorQueue } from "#ingest/collector/door-queue.ts";

interface SideDoorOptions {
  readonly door: Pick<DoorQueue, "size" | "step">;
  /** Puts a group where the store is not asked. */
  readonly pass: NonNullable<Parameters<DoorQueue["step"]>[0]>;
  /** How long the store has kept everybody waiting, ms. */
  readonly silentMs: () => number;
  /** Something waits in the spool: everything that comes goes behind it anyway. */
  readonly isSpooling: () => boolean;
  readonly wake: () => void;
}

export interface SideDoor {
  /** A request waits in front of the door. */
  watch(): void;
}

const lookEveryMs = 100;
/** A healthy cluster answers something or other much sooner, however much it has to do. */
const patienceMs = 2_000;
/** Once it is known to be in trouble. */
const shortPatienceMs = 250;

/**
 * Everything in the collector's thread has its turn, and a cluster that answers nothing would hold up whoever comes behind the one that asks
 * it, for as long as a call may take. So requests are let aside, into the spool, while it is silent. One that is slow but answers keeps its
 * senders waiting, as it should: that slows them down.
 */
export function createSideDoor({ door, pass, silentMs, isSpooling, wake }: SideDoorOptions): SideDoor {
  let timer: NodeJS.Timeout | null = null;
  let isPassing = false;
  const isNeeded = (): boolean => silentMs() >= (isSpooling() ? shortPatienceMs : patienceMs);
  const look = async (): Promise<void> => {
    if (isPassing) return;
    isPassing = true;
    while (isNeeded() && (await door.step(pass))) wake();
    isPassing = false;
    if (door.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
  return {
    watch() {
      timer ??= setInterval(() => void look(), lookEveryMs);
    },
  };
}
