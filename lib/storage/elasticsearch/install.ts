import { carryOver } from "#lib/storage/elasticsearch/carry-over.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { refusalOf } from "#lib/storage/elasticsearch/cluster-error.ts";
import type { IndexSchema } from "#lib/storage/elasticsearch/index-schema.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { errors } from "@elastic/elasticsearch";

/** How soon other processes find what one wrote (the ports promise a second). */
const refreshInterval = "500ms";

/**
 * Makes templates, indices and aliases where they are not there yet, adds fields that came with this version, and refuses what a newer
 * Hopline made. Any number of processes may do it at the same moment.
 */
export async function install(cluster: Cluster, schemas: readonly IndexSchema[]): Promise<void> {
  await Promise.all(schemas.map((schema) => installOne(cluster, schema)));
}

async function installOne(cluster: Cluster, schema: IndexSchema): Promise<void> {
  const alias = cluster.aliasOf(schema);
  const mappings = {
    dynamic: "strict" as const,
    _meta: { hopline: { index: schema.name, version: schema.version } },
    properties: { ...schema.properties },
  };
  const settings = {
    number_of_shards: 1,
    number_of_replicas: cluster.settings.replicas,
    refresh_interval: refreshInterval,
    ...schema.settings,
  };
  const older = await listOlder(cluster, schema, alias);
  const index = cluster.indexOf(schema);
  if (schema.span !== "one") {
    await cluster.call(`make the template of ${alias}`, (client) =>
      client.indices.putIndexTemplate({
        name: alias,
        index_patterns: [`${alias}-v${schema.version}-*`],
        priority: 500,
        template: { settings, mappings, aliases: { [alias]: {} } },
        _meta: { hopline: { version: schema.version } },
      }),
    );
    // Indices of days that have begun lack what came with this version.
    await cluster.call(`add fields to ${alias}`, (client) =>
      client.indices.putMapping({
        index: `${alias}-v${schema.version}-*`,
        allow_no_indices: true,
        ignore_unavailable: true,
        properties: mappings.properties,
      }),
    );
    return;
  }
  // Where there is an older one, the alias stays with it until all its documents are here.
  const aliases = older.length === 0 ? { [alias]: {} } : {};
  await cluster.call(`make ${index}`, async (client) => {
    try {
      await client.indices.create({ index, settings, mappings, aliases });
    } catch (error) {
      if (!isThere(error)) throw error;
      await client.indices.putMapping({ index, properties: mappings.properties });
    }
  });
  await waitUntilReady(cluster, index);
  if (older.length > 0) await carryOver(cluster, { older, to: index, alias, fields: Object.keys(schema.properties) });
}

/** Whoever makes an index hears of it when it can be used; whoever finds it there may be sooner, also after a restart of the cluster. */
async function waitUntilReady(cluster: Cluster, index: string): Promise<void> {
  const { timed_out: isLate } = await cluster.call(`wait for ${index}`, (client) =>
    // Not its status: an index that was just made is yellow before anybody has its shard.
    client.cluster.health({ index, wait_for_active_shards: 1, timeout: "20s" }, { ignore: [408] }),
  );
  if (isLate) throw new StorageError("unavailable", `${index} can't be read yet: its shard is on no node that runs.`);
}

/** By version. Refuses an index of a later one: its documents may hold what this version can't read. */
async function listOlder(cluster: Cluster, { version }: IndexSchema, alias: string): Promise<readonly string[]> {
  const found = await cluster.call(`look at ${alias}`, (client) =>
    client.indices.getMapping({ index: `${alias}-v*`, allow_no_indices: true, ignore_unavailable: true }),
  );
  const older: { readonly index: string; readonly version: number }[] = [];
  for (const [index, { mappings }] of Object.entries(found)) {
    const kept: unknown = mappings._meta?.["hopline"];
    const theirs = typeof kept === "object" && kept !== null && "version" in kept ? Number(kept.version) : 0;
    if (theirs > version)
      throw new StorageError(
        "newer_version",
        `The index ${index} was made by a newer Hopline (version ${theirs}, this one knows ${version}). Start that one, or another prefix.`,
      );
    if (theirs < version) older.push({ index, version: theirs });
  }
  return older.toSorted((a, b) => a.version - b.version).map(({ index }) => index);
}

const isThere = (error: unknown): boolean =>
  error instanceof errors.ResponseError && refusalOf(error).type === "resource_already_exists_exception";
