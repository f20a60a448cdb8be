import { beforeAll, describe, expect, it } from "vitest";
import { install } from "#lib/storage/elasticsearch/install.ts";
import { type Book, diary, shelf } from "#test/lib/storage/elasticsearch/shelf.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

const bed = setUpTestCluster();
const { cluster } = bed;
const index = cluster.indexOf(shelf);
beforeAll(async () => install(cluster, [shelf, diary]));

const titled = (title: string): { readonly query: object } => ({ query: { term: { title } } });

describe("reading from the cluster", () => {
  it("finds nothing, without an error, where there is no such document or index", async () => {
    expect(await cluster.get(index, "nobody")).toBeNull();
    expect(await cluster.get(`${cluster.settings.prefix}-no-index`, "nobody")).toBeNull();
    expect((await cluster.getMany(index, ["nobody"])).size).toBe(0);
    expect((await cluster.getMany(`${cluster.settings.prefix}-no-index`, ["nobody"])).size).toBe(0);
    expect((await cluster.search(cluster.aliasOf(diary), {})).hits.hits).toEqual([]);
  });

  it("reads a document by id at once, in every process, with the fields asked for", async () => {
    await cluster.write([{ kind: "create", index, id: "at-once", source: { title: "now", pages: 3 } }]);
    const another = bed.openAnother();
    expect((await another.get<Book>(index, "at-once"))?.source).toEqual({ title: "now", pages: 3 });
    const found = await another.getMany<Pick<Book, "pages">>(index, ["at-once"], ["pages"]);
    expect(found.get("at-once")?.source).toEqual({ pages: 3 });
  });

  it("finds in a search what this process wrote before it", async () => {
    for (const pages of [1, 2, 3, 4, 5]) {
      await cluster.write([{ kind: "index", index, id: "seen", source: { title: "seen", pages } }]);
      const { hits } = await cluster.search<Book>(cluster.aliasOf(shelf), titled("seen"));
      expect(hits.hits.map((hit) => hit._source)).toEqual([{ title: "seen", pages }]);
    }
  });

  it("finds what many writes at once left, each when it was answered", async () => {
    await Promise.all(
      Array.from({ length: 12 }, async (_, at) => {
        const title = `crowd ${at}`;
        await cluster.write([{ kind: "create", index, id: title, source: { title, pages: at } }]);
        const { hits } = await cluster.search<Book>(cluster.aliasOf(shelf), titled(title));
        expect(hits.hits).toHaveLength(1);
      }),
    );
  });

  it("keeps a daily index behind one alias", async () => {
    const days = [Date.UTC(2026, 0, 31, 23, 59), Date.UTC(2026, 1, 1)];
    await cluster.write(
      days.map((at, pages) => ({
        kind: "create" as const,
        index: cluster.indexOf(diary, at),
        id: String(at),
        source: { title: "day", pages },
      })),
    );
    const { hits } = await cluster.search<Book>(cluster.aliasOf(diary), { ...titled("day"), sort: ["pages"] });
    const { prefix } = cluster.settings;
    expect(hits.hits.map((hit) => hit._index)).toEqual([
      `${prefix}-diary-v1-2026.01.31`,
      `${prefix}-diary-v1-2026.02.01`,
    ]);
  });
});
