import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { openEventStorage } from "#lib/storage/elasticsearch/event-storage.ts";
import { emptyEventIndices } from "#test/conformance/events/elasticsearch-bed.ts";
import { checkSources } from "#test/conformance/events/check-sources.ts";
import { TEN } from "#test/conformance/events/make.ts";
import type { Certificates } from "#test/support/certificates.ts";
import type { TestNodes } from "#test/support/elasticsearch-nodes.ts";
import { openTestCluster } from "#test/support/open-test-cluster.ts";
import { newHome, removeHome, startRefused, startTestWorker } from "#test/support/worker.ts";

/** The node that only votes speaks TLS: the adapter and a worker through it, and what somebody hears who set it up wrong. */
export function checkTls(nodes: TestNodes, { ca, anotherCa }: Certificates): void {
  const { host, port } = nodes.voter;
  const url = `https://${host}:${port}`;

  describe("a cluster that speaks TLS, its certificate signed by an authority of one's own", () => {
    const corner = openTestCluster({ urls: [url], caFile: ca });
    // With the last of these tests: a node that is started anew speaks no TLS.
    afterAll(async () => {
      await corner.remove();
      await corner.close();
    });

    checkSources({
      name: "elasticsearch over TLS",
      givesSpaceBackLate: "a cluster takes deleted documents off its disks when it merges segments",
      start: async () => ({
        open: async () => openEventStorage({ cluster: corner.openAnother(), now: () => TEN }),
        remove: async () => emptyEventIndices(corner),
      }),
    });

    const makeHome = (): string => {
      const home = newHome();
      onTestFinished(() => removeHome(home));
      return home;
    };
    const password = { ELASTICSEARCH_USERNAME: nodes.username, ELASTICSEARCH_PASSWORD: nodes.password };
    const envOf = (more: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
      ELASTICSEARCH_URL: url,
      ELASTICSEARCH_PREFIX: corner.settings.prefix,
      ...more,
    });

    it("keeps what a worker is sent, as a user or with an API key", async () => {
      const { encoded } = await corner.cluster.client.security.createApiKey({ name: randomBytes(6).toString("hex") });
      const home = makeHome();
      const hop = { id: "1", step: "placed", time: TEN, keys: { order_no: "SO-1" } };
      const answers: unknown[] = [];
      for (const who of [password, { ELASTICSEARCH_API_KEY: encoded }]) {
        const worker = await startTestWorker({ home, env: envOf({ ELASTICSEARCH_CA_FILE: ca, ...who }) });
        onTestFinished(async () => void (await worker.stop()));
        answers.push(await (await worker.post("/v1/hops", hop)).json());
        await worker.stop();
      }
      expect(answers).toMatchObject([{ accepted: 1 }, { accepted: 0, duplicates: 1 }]);
    });

    it("is not asked anything where it can't be known, and the worker says which setting to change", async () => {
      const wrong: readonly [string, Readonly<Record<string, string>>][] = [
        ["set ELASTICSEARCH_CA_FILE", {}],
        ["another.pem", { ELASTICSEARCH_CA_FILE: anotherCa }],
        [
          "write one of them in ELASTICSEARCH_URL",
          { ELASTICSEARCH_CA_FILE: ca, ELASTICSEARCH_URL: `https://localhost:${port}` },
        ],
      ];
      const refused = await Promise.all(
        wrong.map(async ([, env]) => startRefused({ home: makeHome(), env: envOf({ ...password, ...env }) })),
      );
      for (const [at, [sentence]] of wrong.entries()) {
        expect([refused[at]?.code, refused[at]?.said]).toEqual([1, expect.stringContaining(sentence)]);
        expect(refused[at]?.said).not.toContain(nodes.password);
      }
    });
  });
}
