import { beforeAll, describe, expect, it } from "vitest";
import { install } from "#lib/storage/elasticsearch/install.ts";
import type { WriteOutcome } from "#lib/storage/elasticsearch/write.ts";
import { type Book, shelf } from "#test/lib/storage/elasticsearch/shelf.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

const bed = setUpTestCluster();
const { cluster } = bed;
const index = cluster.indexOf(shelf);
beforeAll(async () => install(cluster, [shelf]));

const book = (title: string, pages = 1): Book => ({ title, pages });

const revisionOf = (outcome: WriteOutcome | undefined): { seqNo: number; primaryTerm: number } => {
  if (outcome?.status !== "done") throw new Error(`not written: ${JSON.stringify(outcome)}`);
  return outcome.revision;
};

describe("writing to the cluster", () => {
  it("answers each operation on its own, in the order given", async () => {
    const outcomes = await cluster.write([
      { kind: "create", index, id: "a", source: book("a") },
      { kind: "create", index, id: "a", source: book("again") },
      { kind: "index", index, id: "b", source: book("b") },
      { kind: "delete", index, id: "nobody" },
      { kind: "index", index, id: "c", source: { title: "c", pages: "not a number" } },
      { kind: "index", index, id: "d", source: { title: "d", colour: "red" } },
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["done", "conflict", "done", "missing", "refused", "refused"]);
    expect(outcomes.slice(4)).toMatchObject([
      { refusal: { status: 400, type: "document_parsing_exception" } },
      { refusal: { status: 400, type: "strict_dynamic_mapping_exception" } },
    ]);
    expect((await cluster.get<Book>(index, "a"))?.source.title).toBe("a");
    expect(await cluster.get(index, "c")).toBeNull();
  });

  it("writes over what was read, and over nothing else", async () => {
    const [first] = await cluster.write([{ kind: "index", index, id: "over", source: book("one") }]);
    const revision = revisionOf(first);
    expect(await cluster.get(index, "over")).toMatchObject(revision);
    const [second] = await cluster.write([{ kind: "index", index, id: "over", source: book("two"), revision }]);
    expect(second?.status).toBe("done");
    const late = await cluster.write([
      { kind: "index", index, id: "over", source: book("three"), revision },
      { kind: "delete", index, id: "over", revision },
      { kind: "index", index, id: "never there", source: book("x"), revision },
    ]);
    expect(late.map(({ status }) => status)).toEqual(["conflict", "conflict", "conflict"]);
    expect((await cluster.get<Book>(index, "over"))?.source.title).toBe("two");
  });

  it("lets one of many writers of one revision through", async () => {
    const [first] = await cluster.write([{ kind: "index", index, id: "race", source: book("0") }]);
    const revision = revisionOf(first);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, async (_, at) =>
        cluster.write([{ kind: "index", index, id: "race", source: book(String(at)), revision }]),
      ),
    );
    expect(outcomes.flat().filter(({ status }) => status === "done")).toHaveLength(1);
  });

  it("sends more than one request can hold", async () => {
    const operations = Array.from({ length: 4_500 }, (_, at) => ({
      kind: "create" as const,
      index,
      id: `many-${at}`,
      source: book(`many ${at}`, at),
    }));
    const outcomes = await cluster.write(operations);
    expect(outcomes).toHaveLength(4_500);
    expect(outcomes.every(({ status }) => status === "done")).toBe(true);
    const found = await cluster.getMany<Book>(index, [...operations.map(({ id }) => id), "many-4500"]);
    expect(found.size).toBe(4_500);
    expect(found.get("many-4499")?.source.pages).toBe(4_499);
  });
});
