import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { install } from "#lib/storage/elasticsearch/install.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { shelf } from "#test/lib/storage/elasticsearch/shelf.ts";
import { startAnsweringServer } from "#test/support/answering-server.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

const bed = setUpTestCluster();

const failureOf = async (run: () => Promise<unknown>): Promise<StorageError> => {
  try {
    await run();
  } catch (error) {
    if (error instanceof StorageError) return error;
    throw error;
  }
  throw new Error("it did not fail");
};

/** A cluster that answers everything with this error. */
const serveError = async (status: number, type: string, reason: string): Promise<string> =>
  startAnsweringServer((request, response) => {
    request.resume();
    response.writeHead(status, { "x-elastic-product": "Elasticsearch", "content-type": "application/json" });
    response.end(JSON.stringify({ error: { type, reason }, status }));
  });

describe("what a cluster fails with", () => {
  it("is unavailable, to be tried again, where none answers", async () => {
    const away = bed.openAnother({ urls: ["http://127.0.0.1:1"] });
    for (const run of [
      async () => away.get("x", "a"),
      async () => away.search("x", {}),
      async () => away.write([{ kind: "index", index: "x", id: "a", source: {} }]),
      async () => install(away, [shelf]),
    ])
      expect(await failureOf(run)).toMatchObject({ code: "unavailable", retryable: true });
  });

  it.each([
    [429, "es_rejected_execution_exception", "queue is full", "unavailable"],
    [503, "master_not_discovered_exception", "no master", "unavailable"],
    [
      429,
      "cluster_block_exception",
      "index [x] blocked by: [disk usage exceeded flood-stage watermark, index has read-only-allow-delete block]",
      "full",
    ],
    [401, "security_exception", "unable to authenticate user", "unavailable"],
    [403, "security_exception", "action is unauthorized", "unavailable"],
    [400, "parsing_exception", "no such query", "damaged"],
  ])("tells %i %s as the ports do", async (status, type, reason, code) => {
    const one = bed.openAnother({ urls: [await serveError(status, type, reason)] });
    expect(await failureOf(async () => one.search("x", {}))).toMatchObject({
      code,
      message: expect.stringContaining(reason),
    });
  });

  it("shows neither password nor API key, in no message and no cause", async () => {
    const password = "s3cret-of-the-cluster";
    const url = await serveError(
      401,
      "security_exception",
      "unable to authenticate user [hopline] for REST request [/x]",
    );
    const shown = (error: StorageError): string => inspect(error, { depth: 30, showHidden: true }) + error.message;
    for (const credentials of [{ username: "hopline", password }, { apiKey: password }]) {
      for (const urls of [[url], ["http://127.0.0.1:1"]]) {
        const one = bed.openAnother({ urls, ...credentials });
        const text = shown(await failureOf(async () => one.get("x", "a")));
        expect(text).not.toContain(password);
        expect(text).not.toContain(Buffer.from(`hopline:${password}`).toString("base64"));
      }
    }
  });
});
