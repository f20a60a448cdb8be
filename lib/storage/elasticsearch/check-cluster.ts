import { errors } from "@elastic/elasticsearch";
import { refusalOf } from "#lib/storage/elasticsearch/cluster-error.ts";
import type { Cluster, ClusterSettings } from "#lib/storage/elasticsearch/cluster.ts";
import { toNoAnswer } from "#lib/storage/elasticsearch/no-answer.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** Everything the adapter does needs no more than this; the README tells administrators the same. */
const neededPrivileges = {
  cluster: ["monitor", "manage_index_templates"],
  index: ["read", "write", "manage"],
} as const;

/**
 * Whether Hopline can work on this cluster. Rejects with one sentence that names what is wrong and which setting it concerns: nothing
 * answers (`unavailable`), something else or another version does, the credentials are refused, or rights are missing (`unfit`). What a newer Hopline made is found
 * by `install`.
 */
export async function checkCluster(cluster: Cluster): Promise<void> {
  const { settings } = cluster;
  const where = settings.urls.join(", ");
  const refuse = (sentence: string, cause?: unknown): StorageError => new StorageError("unfit", sentence, cause);
  const away = (sentence: string, cause: unknown): StorageError => new StorageError("unavailable", sentence, cause);
  try {
    const { version } = await cluster.client.info();
    if (!version.number.startsWith("9."))
      throw refuse(`Elasticsearch at ${where} is version ${version.number}; this version of Hopline needs 9.`);
  } catch (error) {
    if (error instanceof StorageError) throw error;
    if (error instanceof errors.ProductNotSupportedError)
      throw refuse(`What answers at ${where} is not Elasticsearch: check ELASTICSEARCH_URL.`, error);
    if (!(error instanceof errors.ResponseError)) throw toNoAnswer(settings, error);
    if (error.statusCode === 401) throw refuse(`Elasticsearch at ${where} refuses ${credentialsOf(settings)}.`, error);
    if (error.statusCode === 403)
      throw refuse(`${whoOf(settings)} lacks the cluster privilege monitor at ${where}.`, error);
    throw away(`Elasticsearch at ${where} is not ready: ${refusalOf(error).reason}.`, error);
  }
  const missing = await missingPrivileges(cluster);
  if (missing.length > 0) throw refuse(`${whoOf(settings)} lacks ${missing.join(" and ")} at ${where}.`);
}

async function missingPrivileges(cluster: Cluster): Promise<readonly string[]> {
  const pattern = `${cluster.settings.prefix}-*`;
  const { cluster: onCluster, index: onIndex } = neededPrivileges;
  const held = await cluster.call("ask for the rights on the cluster", async (client) => {
    try {
      return await client.security.hasPrivileges({
        cluster: [...onCluster],
        index: [{ names: [pattern], privileges: [...onIndex] }],
      });
    } catch (error) {
      // Without security there is nobody to ask, and everything is allowed.
      if (error instanceof errors.ResponseError && [400, 405].includes(error.statusCode ?? 0)) return null;
      throw error;
    }
  });
  if (held === null || held.has_all_requested) return [];
  const onClusterMissing = onCluster.filter((name) => held.cluster[name] !== true);
  const onIndexMissing = onIndex.filter((name) => held.index[pattern]?.[name] !== true);
  return [
    ...(onClusterMissing.length === 0 ? [] : [`the cluster privilege ${onClusterMissing.join(", ")}`]),
    ...(onIndexMissing.length === 0 ? [] : [`the index privilege ${onIndexMissing.join(", ")} on ${pattern}`]),
  ];
}

const whoOf = ({ apiKey, username }: ClusterSettings): string =>
  apiKey !== null
    ? "The API key of ELASTICSEARCH_API_KEY"
    : username !== null
      ? `The user ${username} (ELASTICSEARCH_USERNAME)`
      : "Somebody without credentials";

const credentialsOf = ({ apiKey, username }: ClusterSettings): string =>
  apiKey !== null
    ? "the API key: check ELASTICSEARCH_API_KEY"
    : username !== null
      ? `the password of ${username}: check ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD`
      : "to answer without credentials: set ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD";
