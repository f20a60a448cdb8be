import { randomBytes, randomUUID } from "node:crypto";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { noAccess } from "#lib/storage/elasticsearch/control/access-state.ts";
import { openAuditChain } from "#lib/storage/elasticsearch/control/audit-chain.ts";
import { clusterAudit } from "#lib/storage/elasticsearch/control/audit.ts";
import { clusterClosings } from "#lib/storage/elasticsearch/control/closings.ts";
import { countersOf, noDefinitions } from "#lib/storage/elasticsearch/control/definition-state.ts";
import { clusterDefinitions } from "#lib/storage/elasticsearch/control/definitions.ts";
import { openDocuments } from "#lib/storage/elasticsearch/control/documents.ts";
import { openLedger } from "#lib/storage/elasticsearch/control/ledger.ts";
import { createLeases, leasesSchema } from "#lib/storage/elasticsearch/control/leases.ts";
import { clusterNotes } from "#lib/storage/elasticsearch/control/notes.ts";
import { noRequests } from "#lib/storage/elasticsearch/control/request-state.ts";
import { clusterRequests } from "#lib/storage/elasticsearch/control/requests.ts";
import { auditSchema, controlSchema } from "#lib/storage/elasticsearch/control/schema.ts";
import { clusterTokens } from "#lib/storage/elasticsearch/control/tokens.ts";
import { refuseUnfinishedCopy } from "#lib/storage/elasticsearch/control/transfer/copy-progress.ts";
import { clusterUsers } from "#lib/storage/elasticsearch/control/users.ts";
import { install } from "#lib/storage/elasticsearch/install.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";

interface ControlOptions {
  /** Stays open when the storage is closed. */
  readonly cluster: Cluster;
  /** Who opens it: its audit chain begins with it. Workers take up requests that a dead worker left running. */
  readonly mode: "worker" | "console" | "command";
  readonly now: () => number;
  /** A clock that never goes back, ms: of this process only. */
  readonly elapsed?: () => number;
  readonly newId?: () => string;
  /** How often a worker that is at work on a request says that it lives. */
  readonly beatEveryMs?: number;
}

/** Opens the control store; any number of processes may, at the same moment too. StorageError `conflict` where a copy into it was not finished. */
export async function openControlStorage({
  cluster,
  mode,
  now,
  elapsed = () => performance.now(),
  newId = randomUUID,
  beatEveryMs = 2_000,
}: ControlOptions): Promise<ControlStorage> {
  await install(cluster, [controlSchema, auditSchema, leasesSchema]);
  await refuseUnfinishedCopy(cluster);
  const process = `${mode}-${randomBytes(6).toString("hex")}`;
  const chain = openAuditChain(cluster, process);
  const documents = openDocuments(cluster);
  const parts = { cluster, documents, chain, newId };
  const accounts = openLedger({ ...parts, name: "access", empty: noAccess });
  const declared = openLedger({ ...parts, name: "definitions", empty: noDefinitions, countersOf });
  const asked = openLedger({ ...parts, name: "requests", empty: noRequests });
  const ledgers = [accounts, declared, asked];
  const settle = async (): Promise<void> => {
    await Promise.all(ledgers.map(async (ledger) => ledger.counters()));
  };
  const audit = clusterAudit(cluster, chain, settle);
  const isWorker = mode === "worker";
  const requests = clusterRequests(documents, asked, { taker: process, isWorker, now, elapsed, newId, beatEveryMs });
  await settle();
  if (isWorker) await requests.forgetOld();
  return {
    definitions: clusterDefinitions(documents, declared, { now, newId }),
    access: {
      ...clusterUsers(documents, accounts, { now, newId }),
      ...clusterTokens(documents, accounts, { now, newId }),
    },
    audit,
    requests,
    closings: clusterClosings(documents, declared),
    notes: clusterNotes(documents, declared, newId),
    leases: createLeases(cluster, elapsed),
    async close() {
      for (const ledger of ledgers) ledger.close();
      try {
        await requests.close();
      } finally {
        await audit.close();
      }
    },
  };
}
