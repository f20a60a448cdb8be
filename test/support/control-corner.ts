import { afterAll } from "vitest";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { openControlStorage } from "#lib/storage/elasticsearch/control/open-control-storage.ts";
import { auditSchema, controlSchema } from "#lib/storage/elasticsearch/control/schema.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";
import { mortal, type Mortal } from "#test/support/mortal-cluster.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

export interface Process {
  readonly storage: ControlStorage;
  readonly life: Mortal;
}

interface Birth {
  readonly mode?: "worker" | "console" | "command";
  readonly now?: () => number;
  readonly beatEveryMs?: number;
  /** What stands between this process and the cluster. */
  readonly through?: (cluster: Cluster) => Cluster;
}

/** The control store on a cluster, for one test file: as many processes as a test wants, each with its own view of the indices. */
export interface ControlCorner {
  open(birth?: Birth): Promise<Process>;
  /** Every process finds what any of them has written. */
  seen(): Promise<void>;
  /** Changes what is kept of an audit entry behind the store's back; null takes it out. */
  tamper(entry: { readonly process: string; readonly sequence: number }, object: string | null): Promise<void>;
  /** Closes what is open and lets go of every document. */
  empty(): Promise<void>;
  readonly cluster: Cluster;
}

export function setUpControlCorner(): ControlCorner {
  const corner = setUpTestCluster();
  const { cluster } = corner;
  const audit = cluster.aliasOf(auditSchema);
  let opened: Process[] = [];
  const closeAll = async (): Promise<void> => {
    const closing = opened;
    opened = [];
    await Promise.all(closing.map(async ({ storage, life }) => (life.isDead ? undefined : storage.close())));
  };
  // before the indices are removed: hooks of a file run from the last to the first
  afterAll(closeAll);
  const seen = async (): Promise<void> => {
    await Promise.all([audit, cluster.aliasOf(controlSchema)].map(async (alias) => cluster.refresh(alias)));
  };
  return {
    cluster,
    seen,
    async open({ mode = "console", now = Date.now, beatEveryMs, through = (each: Cluster) => each } = {}) {
      const life = mortal(through(corner.openAnother()));
      const storage = await openControlStorage({
        cluster: life.cluster,
        mode,
        now,
        elapsed: now,
        ...(beatEveryMs === undefined ? {} : { beatEveryMs }),
      });
      const born = { storage, life };
      opened.push(born);
      return born;
    },
    async tamper({ process, sequence }, object) {
      await seen();
      const query = { bool: { filter: [{ term: { process } }, { term: { sequence } }] } };
      const { hits } = await cluster.search<object>(audit, { query });
      for (const { _index: index, _id: id = "", _source } of hits.hits) {
        const source = { ..._source, object };
        await cluster.write([object === null ? { kind: "delete", index, id } : { kind: "index", index, id, source }]);
      }
      await seen();
    },
    async empty() {
      await closeAll();
      await seen();
      await corner.empty();
    },
  };
}
