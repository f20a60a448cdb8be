import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openContext } from "#app/_server/open-context.ts";
import { readEnv } from "#lib/config/env.ts";
import { type ClusterProxy, startClusterProxy } from "#test/support/cluster-proxy.ts";
import { keepInCluster } from "#test/support/keep-in-cluster.ts";
import { storeEnvOf } from "#test/support/store-place.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { newHome, removeHome } from "#test/support/worker.ts";

keepInCluster();

const home = newHome();
let proxy: ClusterProxy;
beforeAll(async () => {
  proxy = await startClusterProxy();
});
afterAll(async () => {
  await proxy.close();
  removeHome(home);
});

it("a console that starts before its cluster says so where it listens, and opens by itself when it is there", async () => {
  const env = { ...storeEnvOf(home), HOPLINE_HOME: home, HOPLINE_CONSOLE_PORT: "0", ELASTICSEARCH_URL: proxy.url };
  const lines: string[] = [];
  const log = pino({}, { write: (line) => void lines.push(line) });
  proxy.behave({ kind: "gone" });
  const opening = openContext({ settings: readEnv(env), log, signal: new AbortController().signal });
  const url = await waitFor("its address", () => /"url":"([^"]+)"/u.exec(lines.join(""))?.[1]);
  const page = await fetch(url);
  expect([page.status, page.headers.get("retry-after")]).toEqual([503, "5"]);
  const text = await page.text();
  expect(text).toContain("The store does not answer");
  expect(text).toContain("存储没有应答");
  const ready = await fetch(`${url}/readyz`);
  expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining("No Elasticsearch answers at")]);
  expect((await fetch(`${url}/api/v1/flows`)).headers.get("content-type")).toBe("application/problem+json");
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  proxy.behave({ kind: "well" });
  const opened = await opening;
  expect(opened?.port).toBe(Number(new URL(url).port));
  expect(await opened?.context.control.access.listUsers()).toEqual([]);
  await opened?.context.control.close();
  await opened?.context.events.close();
});
