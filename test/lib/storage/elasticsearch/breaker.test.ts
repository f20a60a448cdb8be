import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { install } from "#lib/storage/elasticsearch/install.ts";
import { shelf } from "#test/lib/storage/elasticsearch/shelf.ts";
import { type ClusterProxy, startClusterProxy } from "#test/support/cluster-proxy.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";
import { waitFor } from "#test/support/wait-for.ts";

const bed = setUpTestCluster();
const index = bed.cluster.indexOf(shelf);
let proxy: ClusterProxy;
let cluster: Cluster;

beforeAll(async () => {
  await install(bed.cluster, [shelf]);
  proxy = await startClusterProxy();
});
beforeEach(() => {
  proxy.behave({ kind: "well" });
  cluster = bed.openAnother({ urls: [proxy.url] });
});
afterAll(async () => proxy.close());

const write = async (id: string): ReturnType<Cluster["write"]> =>
  cluster.write([{ kind: "index", index, id, source: { title: id, pages: 1 } }]);
const untilBack = async (): Promise<unknown> =>
  waitFor("the cluster is back", async () =>
    cluster.get(index, "nobody").then(
      () => true,
      () => false,
    ),
  );

describe("a cluster that does not answer", () => {
  it("is not asked by everybody, and works again soon after it is back", async () => {
    await cluster.get(index, "nobody");
    proxy.behave({ kind: "gone" });
    await expect(cluster.get(index, "a")).rejects.toMatchObject({ code: "unavailable", retryable: true });
    const calls = Array.from({ length: 100 }, async () => cluster.get(index, "a"));
    for (const { status } of await Promise.allSettled(calls)) expect(status).toBe("rejected");
    await expect(write("a")).rejects.toThrow(/the cluster does not answer/u);
    proxy.behave({ kind: "well" });
    await untilBack();
    expect(await write("a")).toMatchObject([{ status: "done" }]);
  });

  it("is left alone while it is away", async () => {
    await cluster.get(index, "nobody");
    proxy.behave({ kind: "silent" });
    const one = bed.openAnother({ urls: [proxy.url], requestTimeoutMs: 200 });
    await expect(one.get(index, "a")).rejects.toMatchObject({ code: "unavailable" });
    const before = proxy.requests;
    for (let each = 0; each < 50; each += 1) await expect(one.get(index, "a")).rejects.toThrow(/does not answer/u);
    expect(proxy.requests - before).toBeLessThan(10);
  });

  it("is told apart from one that answers late", async () => {
    const slow = bed.openAnother({ urls: [proxy.url], requestTimeoutMs: 300 });
    proxy.behave({ kind: "slow", path: /_search/u, delayMs: 5_000 });
    await expect(slow.search(bed.cluster.aliasOf(shelf), {})).rejects.toThrow(/timed out/iu);
    expect(await slow.get(index, "nobody")).toBeNull();
  });

  it("is told apart from one that refuses: what it still does goes on", async () => {
    proxy.behave({
      kind: "refusing",
      path: /_bulk/u,
      status: 503,
      body: { error: { type: "unavailable_shards_exception", reason: "no shard" }, status: 503 },
    });
    await expect(write("b")).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("no shard"),
    });
    expect(await cluster.get(index, "nobody")).toBeNull();
  });

  it("tells that it is full, and takes documents again when there is room", async () => {
    await bed.cluster.client.indices.putSettings({ index, settings: { "index.blocks.read_only_allow_delete": true } });
    await expect(write("c")).rejects.toMatchObject({ code: "full" });
    await bed.cluster.client.indices.putSettings({ index, settings: { "index.blocks.read_only_allow_delete": null } });
    expect(await write("c")).toMatchObject([{ status: "done" }]);
  });
});
