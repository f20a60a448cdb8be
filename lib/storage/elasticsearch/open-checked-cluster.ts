import { checkCluster } from "#lib/storage/elasticsearch/check-cluster.ts";
import { type Cluster, type ClusterSettings, openCluster } from "#lib/storage/elasticsearch/cluster.ts";

/** A cluster that Hopline can work on. Rejects with StorageError `unavailable` or `unfit` and a sentence that names what is wrong. */
export async function openCheckedCluster(settings: ClusterSettings): Promise<Cluster> {
  const cluster = openCluster(settings);
  try {
    await checkCluster(cluster);
    return cluster;
  } catch (error) {
    await cluster.close();
    throw error;
  }
}
