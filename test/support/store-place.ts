import { basename } from "node:path";
import type { ClusterSettings } from "#lib/storage/elasticsearch/cluster.ts";
import type { Place } from "#lib/storage/open.ts";
import { elasticsearchAddress } from "#test/support/elasticsearch.ts";

/**
 * Which store the processes of a home keep everything in: the embedded one, or, in files that called `keepInCluster`, a corner of the
 * cluster under test that belongs to this home. Suites that ask for it run on both as they are.
 */
export function placeOf(home: string): Place {
  const prefix = process.env[prefixVariable];
  if (prefix === undefined) return { home, elasticsearch: null };
  const address = elasticsearchAddress();
  const proxy = process.env[urlVariable];
  return {
    home,
    elasticsearch: {
      ...address,
      ...(proxy !== undefined && { urls: [proxy] }),
      apiKey: null,
      caFile: null,
      prefix: `${prefix}-${basename(home).toLowerCase().slice(-8)}`,
    },
  };
}

/** Whether homes keep everything in the cluster: there is no file of the embedded store to test then. */
export const isInCluster = (): boolean => process.env[prefixVariable] !== undefined;

/** The same as the settings of a process. */
export function storeEnvOf(home: string): Readonly<Record<string, string>> {
  const { elasticsearch } = placeOf(home);
  return elasticsearch === null ? {} : clusterEnvOf(elasticsearch);
}

/** Of a process that keeps everything in this corner of a cluster. */
export function clusterEnvOf(settings: ClusterSettings): Readonly<Record<string, string>> {
  const { urls, username, password, prefix, replicas } = settings;
  return {
    ELASTICSEARCH_URL: urls.join(","),
    ELASTICSEARCH_PREFIX: prefix,
    ELASTICSEARCH_REPLICAS: String(replicas),
    ...(username !== null && { ELASTICSEARCH_USERNAME: username, ELASTICSEARCH_PASSWORD: password ?? "" }),
  };
}

/** Of this process and what it starts: set by `keepInCluster`. */
export const prefixVariable = "HOPLINE_TEST_PREFIX";
/** Asked instead of the cluster itself: a proxy before it. */
export const urlVariable = "HOPLINE_TEST_PROXY";
