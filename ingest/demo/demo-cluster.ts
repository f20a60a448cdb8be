import { DemoError, type DemoState } from "#ingest/demo/demo-home.ts";
import { type Elasticsearch, readEnv } from "#lib/config/env.ts";

/** The cluster that the environment names. Each demo that starts over has indices of its own. */
export function demoCluster(
  env: Readonly<Record<string, string | undefined>>,
  { asOf }: Pick<DemoState, "asOf">,
): Elasticsearch {
  const { elasticsearch } = readEnv(env);
  if (elasticsearch === null) throw new DemoError("--cluster needs ELASTICSEARCH_URL to name the cluster.");
  return { ...elasticsearch, prefix: `${elasticsearch.prefix.slice(0, 20)}-demo-${asOf.toString(36)}` };
}
