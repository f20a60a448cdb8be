import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

export interface Mortal {
  /** A process's way to the cluster; behind it stands the real one. */
  readonly cluster: Cluster;
  /** From now on it reaches nothing, as a process that was killed. */
  kill(): void;
  /** Kills it at its next write but `skipped`: before the cluster hears of it, or when the cluster has done it. */
  killAtWrite(skipped: number, moment: "before" | "after"): void;
  /** It lives on, where such a write has not come. */
  spare(): void;
  readonly isDead: boolean;
}

/** A way to the cluster that can be cut, for good, at a chosen moment. */
export function mortal(cluster: Cluster): Mortal {
  let isDead = false;
  let left: number | null = null;
  let deadly: "before" | "after" = "before";
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
        const isLast = left === 0;
        if (left !== null) left -= 1;
        if (isLast && deadly === "before") {
          isDead = true;
          alive();
        }
        const outcomes = await cluster.write(operations);
        if (isLast) isDead = true;
        alive();
        return outcomes;
      },
    },
    spare() {
      left = null;
    },
    kill() {
      isDead = true;
    },
    killAtWrite(skipped, moment) {
      left = skipped;
      deadly = moment;
    },
    get isDead() {
      return isDead;
    },
  };
}
