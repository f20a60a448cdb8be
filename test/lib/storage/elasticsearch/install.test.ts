import { describe, expect, it } from "vitest";
import { keyword } from "#lib/storage/elasticsearch/index-schema.ts";
import { install } from "#lib/storage/elasticsearch/install.ts";
import { diary, shelf } from "#test/lib/storage/elasticsearch/shelf.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";
import { waitFor } from "#test/support/wait-for.ts";

const bed = setUpTestCluster();
const { cluster } = bed;
const source = { title: "t", pages: 1 };

describe("installing on a cluster", () => {
  it("may be done by several processes at once, and again", async () => {
    await Promise.all([cluster, bed.openAnother(), bed.openAnother()].map(async (one) => install(one, [shelf, diary])));
    await install(cluster, [shelf, diary]);
    const [outcome] = await cluster.write([{ kind: "create", index: cluster.indexOf(shelf), id: "a", source }]);
    expect(outcome?.status).toBe("done");
    const aliases = await cluster.client.indices.getAlias({ name: cluster.aliasOf(shelf) });
    expect(Object.keys(aliases)).toEqual([cluster.indexOf(shelf)]);
  });

  it("adds a field that came with a later version, and keeps what was there", async () => {
    const shop = { ...shelf, name: "shop" };
    const index = cluster.indexOf(shop);
    await install(cluster, [shop]);
    await cluster.write([{ kind: "create", index, id: "old", source }]);
    await install(cluster, [{ ...shop, properties: { ...shop.properties, author: keyword } }]);
    const [outcome] = await cluster.write([{ kind: "create", index, id: "new", source: { ...source, author: "b" } }]);
    expect(outcome?.status).toBe("done");
    expect((await cluster.get(index, "old"))?.source).toEqual(source);
  });

  it("waits until an index that another process has just made can be read", async () => {
    const later = { ...shelf, name: "later" };
    const index = cluster.indexOf(later);
    await cluster.client.indices.create({
      index,
      aliases: { [cluster.aliasOf(later)]: {} },
      mappings: { dynamic: "strict" },
      // no node may have its shard
      settings: { number_of_replicas: 0, "index.routing.allocation.require._name": "nobody" },
      wait_for_active_shards: 0,
    });
    let isDone = false;
    const installing = install(cluster, [later]).then(() => {
      isDone = true;
    });
    await waitFor("the fields", async () => {
      const mapping = await cluster.client.indices.getMapping({ index });
      return mapping[index]?.mappings.properties?.["title"] !== undefined;
    });
    await expect(cluster.get(index, "a")).rejects.toMatchObject({ retryable: true });
    expect(isDone).toBe(false);
    await cluster.client.indices.putSettings({ index, settings: { "index.routing.allocation.require._name": null } });
    await installing;
    expect((await cluster.getMany(index, ["a"])).size).toBe(0);
  });

  it.each([shelf, diary])("refuses what a newer Hopline made ($span)", async (schema) => {
    const theirs = { ...schema, name: `newer-${schema.span}`, version: 2 };
    await install(cluster, [theirs]);
    await cluster.write([{ kind: "create", index: cluster.indexOf(theirs), id: "a", source }]);
    await expect(install(cluster, [{ ...theirs, version: 1 }])).rejects.toMatchObject({
      code: "newer_version",
      message: expect.stringContaining("a newer Hopline (version 2, this one knows 1)"),
    });
  });
});
