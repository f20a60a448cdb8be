/** Work of the collector's thread by urgency: requests at the door, then what was accepted but not projected, then everything else. */
export interface WorkQueue {
  /** Runs `work` when nothing more urgent waits; one thing at a time. */
  enqueue<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Tells that one of the sources below has something to do. */
  wake(): void;
  /** Resolves when everything that waits has been done; nothing is taken afterwards. */
  drain(): Promise<void>;
}

interface UrgentWork {
  /** Does one bounded piece; false where there was nothing to do. */
  step(): Promise<boolean>;
}

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** How many urgent steps may pass while something less urgent waits, and for how long: steps are larger the more there is to do. */
const patience = 8;
const patienceMs = 200;

/**
 * One loop that runs one piece of work at a time, so that nothing in the thread needs locks. `urgent` come in order of urgency; what is
 * enqueued runs when they rest, and after every few of their steps in any case.
 */
export function createWorkQueue(urgent: readonly UrgentWork[], onError: (error: unknown) => void): WorkQueue {
  const waiting: (() => Promise<void>)[] = [];
  let running = false;
  /** Something came while the loop looked elsewhere. */
  let again = false;
  let passed = 0;
  /** When something less urgent last had its turn, or began to wait. */
  let waitingSince = 0;

  const runUrgent = async (): Promise<boolean> => {
    for (const work of urgent) if (await work.step()) return true;
    return false;
  };

  const runOne = async (): Promise<boolean> => {
    const isPatient = passed < patience && performance.now() - waitingSince < patienceMs;
    const mayRunUrgent = waiting.length === 0 || isPatient;
    if (mayRunUrgent && (await runUrgent())) {
      passed += 1;
      return true;
    }
    passed = 0;
    const next = waiting.shift();
    if (next) {
      await next();
      waitingSince = performance.now();
      return true;
    }
    return mayRunUrgent ? false : await runUrgent();
  };

  /** A mistake of ours: told, and the next piece is tried. */
  const report = (error: unknown): false => {
    onError(error);
    return false;
  };

  const loop = async (): Promise<void> => {
    again = true;
    if (running) return;
    running = true;
    try {
      while (again) {
        again = false;
        if (await runOne().catch(report)) again = true;
        // Messages from the other thread are delivered between turns of the event loop only.
        await nextTurn();
      }
    } finally {
      running = false;
    }
  };

  return {
    enqueue(work) {
      if (waiting.length === 0) waitingSince = performance.now();
      return new Promise((resolve, reject) => {
        waiting.push(async () => {
          try {
            resolve(await work());
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
        void loop();
      });
    },
    wake() {
      void loop();
    },
    async drain() {
      void loop();
      while (running) await nextTurn();
    },
  };
}
