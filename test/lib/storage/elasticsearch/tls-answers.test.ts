import { readFileSync } from "node:fs";
import { createServer as createPlainServer, type RequestListener } from "node:http";
import { createServer } from "node:https";
import type { Server } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { openCheckedCluster } from "#lib/storage/elasticsearch/open-checked-cluster.ts";
import { makeCertificates } from "#test/support/certificates.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

/** Port of something that speaks, with TLS or without, as Elasticsearch does. */
const portOf = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  return address !== null && typeof address === "object" ? address.port : 0;
};
const answer: RequestListener = (_, response) =>
  response
    .writeHead(200, { "content-type": "application/json", "x-elastic-product": "Elasticsearch", connection: "close" })
    .end(JSON.stringify({ version: { number: "9.4.3" }, has_all_requested: true }));

const said = async (url: string, caFile: string | null): Promise<string> => {
  try {
    const settings = { urls: [url], caFile, apiKey: null, username: null, password: null, prefix: "test", replicas: 0 };
    await (await openCheckedCluster(settings)).close();
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
};

describe("a cluster that speaks TLS", () => {
  it("is trusted by its authority alone, under the names of its certificate", async () => {
    const { ca, anotherCa, key, certificate } = makeCertificates(makeTempFolder());
    const port = await portOf(createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, answer));
    const [url, otherName] = [`https://127.0.0.1:${port}`, `https://localhost:${port}`];
    expect(await said(url, ca)).toBe("");
    expect(await said(url, null)).toMatch(
      /^The certificate of Elasticsearch at https:\S+ is signed by nobody this machine trusts \(.+\): set ELASTICSEARCH_CA_FILE to the PEM file/u,
    );
    expect(await said(url, anotherCa)).toMatch(
      /^The certificate of .+ is not signed by the authority in \S+another\.pem \(.+\): set ELASTICSEARCH_CA_FILE to/u,
    );
    expect(await said(otherName, ca)).toMatch(
      /^The certificate of Elasticsearch at https:\/\/localhost:\d+ is made out for other names .+ELASTICSEARCH_URL/u,
    );
  });

  it("is not asked without, nor one that speaks none asked with it", async () => {
    const { key, certificate } = makeCertificates(makeTempFolder());
    const withTls = await portOf(createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, answer));
    const without = await portOf(createPlainServer(answer));
    expect(await said(`http://127.0.0.1:${withTls}`, null)).toMatch(/If it speaks TLS, write https:\/\//u);
    expect(await said(`https://127.0.0.1:${without}`, null)).toMatch(
      /^Elasticsearch at https:\S+ does not speak TLS: write http:\/\/ in ELASTICSEARCH_URL/u,
    );
  });
});
