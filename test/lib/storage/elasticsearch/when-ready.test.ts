import { describe, expect, it } from "vitest";
import { shelf } from "#test/lib/storage/elasticsearch/shelf.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

const { cluster } = setUpTestCluster();
let made = 0;

/** An index behind its alias whose shard no node may have, until it is let go. */
const makeUnborn = async () => {
  const schema = { ...shelf, name: `unborn-${(made += 1)}` };
  const [index, alias] = [cluster.indexOf(schema), cluster.aliasOf(schema)];
  await cluster.client.indices.create({
    index,
    aliases: { [alias]: {} },
    settings: { number_of_replicas: 0, "index.routing.allocation.require._name": "nobody" },
    wait_for_active_shards: 0,
  });
  const letGo = async (): Promise<void> => {
    await cluster.client.indices.putSettings({ index, settings: { "index.routing.allocation.require._name": null } });
  };
  return { index, alias, letGo };
};

describe("a read of an index that is being made", () => {
  it("waits for its shard", async () => {
    const { index, alias, letGo } = await makeUnborn();
    const reads = Promise.all([cluster.search(alias, {}), cluster.get(index, "a"), cluster.getMany(index, ["a", "b"])]);
    await letGo();
    const [found, one, many] = await reads;
    expect([found.hits.hits, one, many.size]).toEqual([[], null, 0]);
  });

  it("is told that the shard is away, to be tried again, where it stays away", async () => {
    const { index, alias } = await makeUnborn();
    const away = { code: "unavailable", retryable: true };
    const reads = [cluster.search(alias, {}), cluster.get(index, "a"), cluster.getMany(index, ["a"])];
    await Promise.all(reads.map(async (read) => expect(read).rejects.toMatchObject(away)));
  });
});
