import type { BatchInput, BatchOutput, Passage } from "#ingest/collector/door.ts";

interface Waiting {
  readonly input: BatchInput;
  resolve(output: BatchOutput): void;
  reject(error: unknown): void;
}

/** Requests in front of the door. Those that wait together pass together, so that they share one wait for the disk. */
export interface DoorQueue {
  readonly size: number;
  add(input: BatchInput): Promise<BatchOutput>;
  /** Lets the next group through, by this way or the usual one; false where nobody waits. Never rejects: who waits is told. */
  step(by?: Pass): Promise<boolean>;
}

type Pass = (inputs: readonly BatchInput[]) => Promise<Passage>;

/** About 1,000 events of a kilobyte; a single larger request passes alone. */
const groupBytes = 2 ** 20;

export function createDoorQueue(pass: Pass): DoorQueue {
  const waiting: Waiting[] = [];
  const takeGroup = (): Waiting[] => {
    const group: Waiting[] = [];
    let bytes = 0;
    for (
      let next = waiting[0];
      next !== undefined && (group.length === 0 || bytes + next.input.body.length <= groupBytes);
      next = waiting[0]
    ) {
      bytes += next.input.body.length;
      group.push(next);
      waiting.shift();
    }
    return group;
  };
  return {
    get size() {
      return waiting.length;
    },
    add(input) {
      return new Promise((resolve, reject) => {
        waiting.push({ input, resolve, reject });
      });
    },
    async step(by = pass) {
      const group = takeGroup();
      if (group.length === 0) return false;
      try {
        const { answers } = await by(group.map(({ input }) => input));
        for (const [at, { resolve, reject }] of group.entries()) {
          const answer = answers[at];
          if (answer === undefined) reject(new Error("A request was not answered."));
          else resolve(answer);
        }
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
      return true;
    },
  };
}
