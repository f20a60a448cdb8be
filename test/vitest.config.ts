import "#ingest/check-node.js";
import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { findOpenssl, opensslHint } from "./support/certificates.ts";
import { chromiumHint, findChromium } from "./support/chromium.ts";
import { findLauncher, nodesHint } from "./support/elasticsearch-nodes.ts";
import { elasticsearchHint, findElasticsearch, securityHint } from "./support/elasticsearch.ts";
import { foundOrSkipped } from "./support/require.ts";

const tests = (folder: string): string => `test/${folder}/**/*.test.{ts,tsx}`;
/** Against a real cluster, beside those of the same room that need none. */
const onElasticsearch = ["test/lib/storage/elasticsearch/**/*.test.ts", "test/**/elasticsearch-*.test.ts"];
const onTls = "test/lib/storage/elasticsearch/tls-*.test.ts";
const onSecured = "test/lib/storage/elasticsearch/secured-*.test.ts";
/** Of the suites of real processes: they run on the store that HOPLINE_TEST_STORE asks for. */
const onAskedStore = { setupFiles: "test/support/asked-store.ts" };
/** A page shows what it was asked for as soon as a busy machine gets to it. */
const patient = { expect: { poll: { timeout: 15_000 } } };
/** Of two cores both, where most of a test's time is waiting for what other processes show. */
const waiting = { maxWorkers: 2 };
const needsConsole = { globalSetup: "test/support/build-console.ts" };

const cluster = foundOrSkipped("elasticsearch", await findElasticsearch(), { hint: elasticsearchHint });
const openssl = foundOrSkipped("openssl", findOpenssl(), { hint: opensslHint });

const projects: TestProjectInlineConfiguration[] = [
  {
    extends: true,
    test: {
      name: "unit",
      include: ["test/**/*.test.{ts,tsx}"],
      exclude: [tests("conformance"), tests("integration"), tests("browser"), tests("fault"), ...onElasticsearch],
      sequence: { groupOrder: 0 },
    },
  },
  {
    extends: true,
    test: {
      name: "conformance",
      include: [tests("conformance")],
      exclude: onElasticsearch,
      sequence: { groupOrder: 0 },
      testTimeout: 60_000,
    },
  },
  {
    // Real processes of the worker and the command line.
    extends: true,
    test: {
      name: "integration",
      include: [tests("integration")],
      exclude: [tests("integration/console"), ...onElasticsearch],
      ...waiting,
      sequence: { groupOrder: 1 },
      testTimeout: 120_000,
      hookTimeout: 60_000,
      ...onAskedStore,
    },
  },
  {
    // The built console over HTTP, and both processes together; no browser.
    extends: true,
    test: {
      name: "console",
      include: [tests("integration/console")],
      exclude: cluster === undefined ? ["test/integration/console/**/cluster-*.test.ts"] : [],
      ...waiting,
      sequence: { groupOrder: 2 },
      testTimeout: 120_000,
      hookTimeout: 60_000,
      ...onAskedStore,
      ...patient,
      ...needsConsole,
    },
  },
];

if (cluster !== undefined) {
  const secured = cluster.username === null ? undefined : cluster;
  const isSecured = foundOrSkipped("elasticsearch with security", secured, { hint: securityHint }) !== undefined;
  const exclude = [tests("browser"), ...(isSecured ? [] : [onSecured]), ...(openssl === undefined ? [onTls] : [])];
  projects.push({
    extends: true,
    test: {
      name: "elasticsearch",
      include: onElasticsearch,
      exclude,
      ...waiting,
      sequence: { groupOrder: 1 },
      testTimeout: 120_000,
      hookTimeout: 60_000,
    },
  });
}

if (foundOrSkipped("nodes", findLauncher(), { hint: nodesHint }) !== undefined && openssl !== undefined) {
  projects.push({
    // A real cluster of three nodes, one of them with TLS; and real workers on it, while its nodes are killed under load.
    extends: true,
    test: {
      name: "fault",
      include: [tests("fault")],
      sequence: { groupOrder: 4 },
      testTimeout: 300_000,
      hookTimeout: 240_000,
    },
  });
}

if (foundOrSkipped("chromium", findChromium(), { hint: chromiumHint }) !== undefined) {
  projects.push({
    extends: true,
    test: {
      name: "browser",
      include: [tests("browser")],
      exclude: cluster === undefined ? onElasticsearch : [],
      ...waiting,
      sequence: { groupOrder: 3 },
      testTimeout: 120_000,
      hookTimeout: 60_000,
      ...onAskedStore,
      ...patient,
      ...needsConsole,
    },
  });
}

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    environment: "node",
    testTimeout: 20_000,
    projects,
    reporters: process.env["CI"] ? ["default", ["json", { outputFile: "test/.output/vitest.json" }]] : ["default"],
  },
});
