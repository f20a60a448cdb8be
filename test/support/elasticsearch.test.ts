import { describe, expect, it } from "vitest";
import { startAnsweringServer } from "#test/support/answering-server.ts";
import { elasticsearchAddress, findElasticsearch } from "#test/support/elasticsearch.ts";

/** Something that answers every request like this. */
const serve = async (headers: Readonly<Record<string, string>>, body: string): Promise<string> =>
  startAnsweringServer((_, response) => response.writeHead(200, headers).end(body));

const product = { "x-elastic-product": "Elasticsearch" };

describe("the cluster to test with", () => {
  it("is the one the environment names, its user told apart from its address", () => {
    expect(elasticsearchAddress({ HOPLINE_TEST_ELASTICSEARCH: "http://elastic:p%40ss@es:9201/" })).toEqual({
      urls: ["http://es:9201"],
      username: "elastic",
      password: "p@ss",
      replicas: 0,
    });
  });

  it("may have several nodes", () => {
    const env = {
      HOPLINE_TEST_ELASTICSEARCH: "http://elastic:p%40ss@es:9201,http://es:9202",
      HOPLINE_TEST_REPLICAS: "1",
    };
    expect(elasticsearchAddress(env)).toMatchObject({
      urls: ["http://es:9201", "http://es:9202"],
      password: "p@ss",
      replicas: 1,
    });
  });

  it("is found where Elasticsearch 9 answers", async () => {
    const url = await serve(product, `{ "version": { "number": "9.4.3" } }`);
    expect(await findElasticsearch({ HOPLINE_TEST_ELASTICSEARCH: url })).toMatchObject({ urls: [url] });
  });

  it("is missing where nothing, another program or another version answers", async () => {
    const others = [
      "http://127.0.0.1:1",
      await serve({}, `{ "version": { "number": "9.4.3" } }`),
      await serve(product, `{ "version": { "number": "8.19.0" } }`),
    ];
    for (const url of others) expect(await findElasticsearch({ HOPLINE_TEST_ELASTICSEARCH: url })).toBeUndefined();
  });
});
