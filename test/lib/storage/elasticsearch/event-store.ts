import { afterEach } from "vitest";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { openEventStorage } from "#lib/storage/elasticsearch/event-storage.ts";
import type { WriteOperation } from "#lib/storage/elasticsearch/write.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { emptyEventIndices } from "#test/conformance/events/elasticsearch-bed.ts";
import { TEN } from "#test/conformance/events/make.ts";
import type { TestCluster } from "#test/support/open-test-cluster.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

export type OpenedEvents = Awaited<ReturnType<typeof openEventStorage>>;

export interface EventStore extends TestCluster {
  /** Another process on the same indices. */
  open(options?: { readonly cluster?: Cluster; readonly now?: () => number }): Promise<OpenedEvents>;
}

/** An empty event store for every test of a file. */
export function setUpEventStore(): EventStore {
  const bed = setUpTestCluster();
  afterEach(async () => {
    await emptyEventIndices(bed);
  });
  return {
    ...bed,
    open: async ({ cluster = bed.openAnother(), now = () => TEN } = {}) => openEventStorage({ cluster, now }),
  };
}

export interface Faulty {
  readonly cluster: Cluster;
  /** Of the next write so many operations reach the cluster; then the call fails, as where a node dies with an answer unsent. */
  failAfter(operations: number): void;
  /** The next write is done, but answered only when what this returns is called. */
  answerLate(): () => void;
  /** The next write is sent twice, as by a client that heard no answer to the first. */
  sendTwice(): void;
}

/** A way to the real cluster that can be made to fail. */
export function faulty(cluster: Cluster): Faulty {
  let next: ((operations: readonly WriteOperation[]) => ReturnType<Cluster["write"]>) | null = null;
  return {
    cluster: {
      ...cluster,
      async write(operations) {
        const write = next ?? cluster.write;
        if (operations.length > 0) next = null;
        return await write(operations);
      },
    },
    failAfter(count) {
      next = async (operations) => {
        await cluster.write(operations.slice(0, count));
        throw new StorageError("unavailable", "The node died.");
      };
    },
    answerLate() {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      next = async (operations) => {
        const outcomes = await cluster.write(operations);
        await promise;
        return outcomes;
      };
      return () => resolve(undefined);
    },
    sendTwice() {
      next = async (operations) => {
        await cluster.write(operations);
        return await cluster.write(operations);
      };
    },
  };
}
