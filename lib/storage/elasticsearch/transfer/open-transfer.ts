import { randomBytes, randomUUID } from "node:crypto";
import { checkCluster } from "#lib/storage/elasticsearch/check-cluster.ts";
import { type Cluster, type ClusterSettings, openCluster } from "#lib/storage/elasticsearch/cluster.ts";
import { noAccess } from "#lib/storage/elasticsearch/control/access-state.ts";
import { openAuditChain } from "#lib/storage/elasticsearch/control/audit-chain.ts";
import { countersOf, noDefinitions } from "#lib/storage/elasticsearch/control/definition-state.ts";
import { openDocuments } from "#lib/storage/elasticsearch/control/documents.ts";
import { createLeases, leasesSchema } from "#lib/storage/elasticsearch/control/leases.ts";
import { openLedger } from "#lib/storage/elasticsearch/control/ledger.ts";
import { noRequests } from "#lib/storage/elasticsearch/control/request-state.ts";
import { auditSchema, controlSchema } from "#lib/storage/elasticsearch/control/schema.ts";
import { clusterAccessTransfer } from "#lib/storage/elasticsearch/control/transfer/access.ts";
import { findCopyProgress, saveCopyProgress } from "#lib/storage/elasticsearch/control/transfer/copy-progress.ts";
import { clusterDeclaredTransfer } from "#lib/storage/elasticsearch/control/transfer/declared.ts";
import { clusterRecordTransfer } from "#lib/storage/elasticsearch/control/transfer/record.ts";
import { createCrosswalk } from "#lib/storage/elasticsearch/crosswalk.ts";
import { openEventStorage } from "#lib/storage/elasticsearch/event-storage.ts";
import { install } from "#lib/storage/elasticsearch/install.ts";
import { createKnownKeys } from "#lib/storage/elasticsearch/known-keys.ts";
import { createProgress } from "#lib/storage/elasticsearch/progress.ts";
import { clusterDerivedTransfer, nothing } from "#lib/storage/elasticsearch/transfer/derived.ts";
import { clusterEventTransfer } from "#lib/storage/elasticsearch/transfer/events.ts";
import { holdStore } from "#lib/storage/elasticsearch/transfer/hold-store.ts";
import {
  clusterDeadLetterTransfer,
  clusterReporterTransfer,
  clusterSourceTransfer,
} from "#lib/storage/elasticsearch/transfer/intake.ts";
import { clusterLinkTransfer } from "#lib/storage/elasticsearch/transfer/links.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { Transfer } from "#lib/storage/transfer.ts";

interface TransferOptions {
  readonly settings: ClusterSettings;
  readonly role: "source" | "target";
  readonly now: () => number;
}

/** Marked windows calculated in one go. */
const marksPerTurn = 100;

/** Opens the stores of one prefix for a copy: with the turn that one of its workers always has. */
export async function openClusterTransfer({ settings, role, now }: TransferOptions): Promise<Transfer> {
  const cluster = openCluster(settings);
  try {
    await checkCluster(cluster);
    const where = `${settings.urls.join(", ")} (prefix ${settings.prefix})`;
    if (role === "source" && !(await isInstalled(cluster)))
      throw new StorageError("unavailable", `${where} holds no store of Hopline.`);
    await install(cluster, [controlSchema, auditSchema, leasesSchema]);
    const leases = createLeases(cluster, () => performance.now());
    const letGo = await holdStore(leases, `copy-${randomUUID()}`, where);
    return await transferOf(cluster, now, letGo);
  } catch (error) {
    await cluster.close();
    throw error;
  }
}

const isInstalled = async (cluster: Cluster): Promise<boolean> =>
  await cluster.call("look for a store", (client) =>
    client.indices.exists({ index: cluster.indexOf(controlSchema), ignore_unavailable: false }),
  );

async function transferOf(cluster: Cluster, now: () => number, letGo: () => Promise<void>): Promise<Transfer> {
  const { events: log, sources, projection, measures } = await openEventStorage({ cluster, now });
  const chain = openAuditChain(cluster, `command-${randomBytes(6).toString("hex")}`);
  const documents = openDocuments(cluster);
  const ledgerParts = { cluster, documents, chain, newId: randomUUID };
  const accounts = openLedger({ ...ledgerParts, name: "access", empty: noAccess });
  const definitions = openLedger({ ...ledgerParts, name: "definitions", empty: noDefinitions, countersOf });
  const requests = openLedger({ ...ledgerParts, name: "requests", empty: noRequests });
  const progress = createProgress(cluster);
  const parts = { cluster, documents };
  return {
    kinds: {
      event: clusterEventTransfer(cluster, log),
      deadLetter: clusterDeadLetterTransfer(cluster),
      source: clusterSourceTransfer(sources),
      reporter: clusterReporterTransfer(cluster, sources),
      link: clusterLinkTransfer(cluster, createCrosswalk(cluster)),
      ...clusterDerivedTransfer({
        cluster,
        projection,
        keys: createKnownKeys(cluster),
      }),
      ...clusterDeclaredTransfer({ ...parts, ledger: definitions }),
      ...clusterAccessTransfer({ ...parts, ledger: accounts }),
      ...clusterRecordTransfer({ ...parts, definitions, requests }),
    },
    async countUnprojected(limit) {
      let count = 0;
      const done = new Map((await progress.list()).map(({ writer, sequence }) => [writer, sequence]));
      for (const { writer, sequence } of (await log.arrivals?.listWriters(0)) ?? []) {
        const reached = done.get(writer) ?? 0;
        if (reached < sequence && count < limit)
          count += (await log.arrivals?.scanAfter({ writer, sequence: reached }, limit - count))?.length ?? 0;
      }
      return count;
    },
    progress: () => findCopyProgress(documents),
    saveProgress: (reached) => saveCopyProgress(documents, reached),
    async hold(copiedTo) {
      if (copiedTo === null) return;
      const told = { action: "store.copied", object: `store:${copiedTo}`, result: "done" } as const;
      await chain.appendAll([{ at: now(), by: "command", ...told }]);
    },
    async complete() {
      for (const { writer, sequence } of (await log.arrivals?.listWriters(0)) ?? []) {
        const [newest] = (await log.arrivals?.scanAfter({ writer, sequence: sequence - 1 }, 1)) ?? [];
        if (newest !== undefined) await projection.commit({ ...nothing, position: newest.position });
      }
      while (!(await measures.settle(marksPerTurn)));
    },
    async close() {
      for (const ledger of [accounts, definitions, requests]) ledger.close();
      await letGo();
      await cluster.close();
    },
  };
}
