import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import type { WriteOperation } from "#lib/storage/elasticsearch/write.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

export interface Mortal {
  /** A process's way to the cluster; behind it stands the real one. */
  readonly cluster: Cluster;
  /** From now on it reaches nothing, as a process that was killed. */
  kill(): void;
  /** Kills it at the first write that is so, before the cluster hears of it; `after`: when the cluster has done it. */
  killAtWrite(isIt: (operations: readonly WriteOperation[]) => boolean, when?: "before" | "after"): void;
  readonly isDead: boolean;
}

/** A way to the cluster that can be cut, for good, at a chosen moment. */
export function mortal(cluster: Cluster): Mortal {
  let isDead = false;
  let deadly: ((operations: readonly WriteOperation[]) => boolean) | null = null;
  let moment: "before" | "after" = "before";
  const alive = (): void => {
    if (isDead) throw new StorageError("unavailable", "This process was killed.");
  };
  return {
    cluster: {
      ...cluster,
      async get(...asked) {
        alive();
        return cluster.get(...asked);
      },
      async getMany(...asked) {
        alive();
        return cluster.getMany(...asked);
      },
      async search(...asked) {
        alive();
        return cluster.search(...asked);
      },
      async refresh(...asked) {
        alive();
        return cluster.refresh(...asked);
      },
      async call(...asked) {
        alive();
        return cluster.call(...asked);
      },
      async write(operations) {
        alive();
        const isLast = deadly?.(operations) ?? false;
        if (isLast && moment === "before") {
          isDead = true;
          alive();
        }
        const outcomes = await cluster.write(operations);
        if (isLast) isDead = true;
        alive();
        return outcomes;
      },
    },
    kill() {
      isDead = true;
    },
    killAtWrite(isIt, when = "before") {
      deadly = isIt;
      moment = when;
    },
    get isDead() {
      return isDead;
    },
  };
}
