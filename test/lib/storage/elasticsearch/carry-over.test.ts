import { describe, expect, it } from "vitest";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { type IndexSchema, keyword, long } from "#lib/storage/elasticsearch/index-schema.ts";
import { install } from "#lib/storage/elasticsearch/install.ts";
import { mortal } from "#test/support/mortal-cluster.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

const bed = setUpTestCluster();
const { cluster } = bed;
let made = 0;

/** An index of the version before with so many documents, and what the next version makes of its fields: a text that was a number. */
const startOld = async (documents: number): Promise<{ readonly old: IndexSchema; readonly next: IndexSchema }> => {
  const name = `moved-${(made += 1)}`;
  const old: IndexSchema = {
    name,
    version: 1,
    span: "one",
    properties: { title: keyword, pages: long, dropped: long },
  };
  const next: IndexSchema = { ...old, version: 2, properties: { title: keyword, pages: keyword } };
  await install(cluster, [old]);
  await cluster.write(
    Array.from({ length: documents }, (_, at) => ({
      kind: "create",
      index: cluster.indexOf(old),
      id: `d${at}`,
      source: { title: `t${at}`, pages: at, dropped: 1 },
    })),
  );
  return { old, next };
};

const countBehind = async ({ name }: IndexSchema): Promise<number> => {
  const alias = cluster.aliasOf({ name });
  await cluster.refresh(alias);
  return (await cluster.client.count({ index: alias })).count;
};
const behind = async ({ name }: IndexSchema): Promise<readonly string[]> =>
  Object.keys(await cluster.client.indices.getAlias({ name: cluster.aliasOf({ name }) }));

describe("an index whose documents a new version can't read as they are", () => {
  it("is made anew, filled, and found behind the same alias", async () => {
    const { next } = await startOld(2_500);
    await install(cluster, [next]);
    expect(await behind(next)).toEqual([cluster.indexOf(next)]);
    expect(await countBehind(next)).toBe(2_500);
    expect((await cluster.get(cluster.indexOf(next), "d7"))?.source).toEqual({ title: "t7", pages: 7 });
    const found = await cluster.search(cluster.aliasOf(next), { query: { term: { pages: "1234" } } });
    expect(found.hits.hits.map(({ _id }) => _id)).toEqual(["d1234"]);
    await install(cluster, [next]);
    expect(await countBehind(next)).toBe(2_500);
  });

  it("may be moved by several processes at once", async () => {
    const { next } = await startOld(1_500);
    const processes = [cluster, bed.openAnother(), bed.openAnother()];
    await Promise.all(processes.map(async (one) => install(one, [next])));
    expect(await behind(next)).toEqual([cluster.indexOf(next)]);
    expect(await countBehind(next)).toBe(1_500);
  });

  it("takes no writes of the version before any more, which refuses to start", async () => {
    const { old, next } = await startOld(3);
    await install(cluster, [next]);
    const late = { kind: "create", index: cluster.indexOf(old), id: "late", source: { title: "t" } } as const;
    await expect(cluster.write([late])).rejects.toMatchObject({ code: "unavailable" });
    await expect(install(cluster, [old])).rejects.toMatchObject({ code: "newer_version" });
    expect(await countBehind(next)).toBe(3);
  });

  it("is in use as it was where moving it ended halfway, and moved on from there", async () => {
    const { old, next } = await startOld(2_500);
    const dying = mortal(bed.openAnother());
    dying.killAtWrite(1, "after");
    await expect(install(dying.cluster, [next])).rejects.toMatchObject({ code: "unavailable" });
    expect(await behind(next)).toEqual([cluster.indexOf(old)]);
    expect(await countBehind(old)).toBe(2_500);
    await install(cluster, [next]);
    expect(await behind(next)).toEqual([cluster.indexOf(next)]);
    expect(await countBehind(next)).toBe(2_500);
  });

  it("is moved from the last one that was whole, past one that never was", async () => {
    const { next } = await startOld(1_500);
    const dying = mortal(bed.openAnother());
    dying.killAtWrite(1, "before");
    await expect(install(dying.cluster, [next])).rejects.toMatchObject({ code: "unavailable" });
    const third = { ...next, version: 3 };
    await install(cluster, [third]);
    expect(await behind(third)).toEqual([cluster.indexOf(third)]);
    expect(await countBehind(third)).toBe(1_500);
    expect(await cluster.client.indices.exists({ index: cluster.indexOf(next) })).toBe(false);
  });

  it("stays in use where the new one can't take its documents", async () => {
    const { old, next } = await startOld(3);
    const strange: IndexSchema = { ...next, properties: { title: long, pages: long } };
    await expect(install(cluster, [strange])).rejects.toMatchObject({
      code: "damaged",
      message: expect.stringContaining("does not take d0"),
    });
    expect(await behind(old)).toEqual([cluster.indexOf(old)]);
  });

  it("is not filled up with what was deleted since another process was done", async () => {
    const { next } = await startOld(1_500);
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const other = bed.openAnother();
    const slow: Cluster = {
      ...other,
      async write(operations) {
        reached.resolve();
        await gate.promise;
        return other.write(operations);
      },
    };
    const late = install(slow, [next]);
    await reached.promise;
    await install(cluster, [next]);
    const gone = await cluster.write([{ kind: "delete", index: cluster.indexOf(next), id: "d1400" }]);
    expect(gone).toMatchObject([{ status: "done" }]);
    gate.resolve();
    await late;
    expect(await cluster.get(cluster.indexOf(next), "d1400")).toBeNull();
  });
});
