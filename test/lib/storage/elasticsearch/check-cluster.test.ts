import { describe, expect, it } from "vitest";
import { checkCluster } from "#lib/storage/elasticsearch/check-cluster.ts";
import type { ClusterSettings } from "#lib/storage/elasticsearch/cluster.ts";
import { startAnsweringServer } from "#test/support/answering-server.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

const bed = setUpTestCluster();

const complaint = async (changed: Partial<ClusterSettings>): Promise<string> => {
  try {
    await checkCluster(bed.openAnother(changed));
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
};

/** Answers every request like a cluster of this version. */
const serveVersion = async (number: string, headers: Readonly<Record<string, string>>): Promise<string> =>
  startAnsweringServer((_, response) =>
    response
      .writeHead(200, { "content-type": "application/json", ...headers })
      .end(JSON.stringify({ name: "n", cluster_name: "c", version: { number }, tagline: "You Know, for Search" })),
  );

describe("the check of a cluster at the start", () => {
  it("finds nothing to say of the cluster under test", async () => {
    await checkCluster(bed.cluster);
  });

  it("says where nothing answers", async () => {
    expect(await complaint({ urls: ["http://127.0.0.1:1"] })).toMatch(
      /^No Elasticsearch answers at http:\/\/127\.0\.0\.1:1: .+\.$/u,
    );
  });

  it("says where something else, or another version, answers", async () => {
    const another = await serveVersion("9.4.3", {});
    expect(await complaint({ urls: [another] })).toBe(
      `What answers at ${another} is not Elasticsearch: check ELASTICSEARCH_URL.`,
    );
    const older = await serveVersion("8.19.2", { "x-elastic-product": "Elasticsearch" });
    expect(await complaint({ urls: [older] })).toBe(
      `Elasticsearch at ${older} is version 8.19.2; this version of Hopline needs 9.`,
    );
  });

  it("says where the file of certificates can't be read", async () => {
    expect(await complaint({ caFile: "/no/such/ca.pem" })).toMatch(/ELASTICSEARCH_CA_FILE can't be read: .*ca\.pem/u);
  });

  it("goes on with another node where one does not answer", async () => {
    expect(await complaint({ urls: ["http://127.0.0.1:1", ...bed.settings.urls] })).toBe("");
  });
});
