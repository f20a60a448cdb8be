import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newTokenSecret } from "#lib/access/token-secret.ts";
import { openControl } from "#lib/storage/open.ts";
import type { Token } from "#lib/storage/access.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";
import { startTestWorker, removeHome, type TestWorker } from "#test/support/worker.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { placeOf } from "#test/support/store-place.ts";

let worker: TestWorker;
let control: ControlStorage;
let made = 0;

beforeAll(async () => {
  worker = await startTestWorker({
    flows: { "orders.yaml": "flow: orders\nrecord: { primary: order_no }\nsteps: [{ id: placed, system: oms }]\n" },
  });
  control = await openControl(placeOf(worker.home), { mode: "command", now: Date.now });
});
afterAll(async () => {
  await control.close();
  await worker.stop();
  removeHome(worker.home);
});

const hop = (more: object = {}) => ({
  id: `a-${(made += 1)}`,
  step: "placed",
  system: "oms",
  time: Date.now(),
  keys: { order_no: "SO-1" },
  ...more,
});
const createToken = async (more: Partial<Pick<Token, "scopes" | "sources" | "systems" | "expiresAt">> = {}) => {
  const { secret, hash } = newTokenSecret();
  const token = {
    name: `test ${(made += 1)}`,
    scopes: ["ingest" as const],
    role: "engineer" as const,
    sources: [],
    systems: [],
    createdAt: Date.now(),
    expiresAt: null,
    ...more,
  };
  const { id } = await control.access.createToken({ ...token, secretHash: hash }, "test");
  return { id, header: { authorization: `Bearer ${secret}` } };
};
/** With the headers exactly as given; `fetch` does not let the Host be chosen. */
const send = (headers: Readonly<Record<string, string>>, path = "/v1/hops", method = "POST"): Promise<number> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(worker.url);
    const sent = request(
      { host: "127.0.0.1", port, path, method, headers: { "content-type": "application/json", ...headers } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    sent.on("error", reject);
    sent.end(method === "POST" ? JSON.stringify(hop()) : undefined);
  });

describe("who may send", () => {
  test.each([["localhost"], ["127.0.0.1"], ["127.9.9.9:4318"], ["[::1]:4318"], ["LOCALHOST:80"]])(
    "needs no token from this machine with Host %s",
    async (host) => {
      expect(await send({ host })).toBe(202);
    },
  );

  test.each([
    [{ host: "worker.example.com" }],
    [{ host: "localhost.example.com" }],
    [{ host: "127.0.0.1.nip.io" }],
    [{ host: "localhost", origin: "http://localhost:3000" }],
    [{ host: "localhost", origin: "null" }],
    [{ host: "localhost", "x-forwarded-for": "10.0.0.1" }],
    [{ host: "localhost", "x-forwarded-proto": "https" }],
    [{ host: "localhost", forwarded: "for=10.0.0.1" }],
  ])("needs a token with %j", async (headers) => {
    expect(await send(headers)).toBe(401);
    const { header } = await createToken();
    expect(await send({ ...headers, ...header })).toBe(202);
  });

  test("refuses an unknown token even where none is needed, and says how to come by one", async () => {
    const response = await worker.post("/v1/hops", hop(), { authorization: "Bearer hop_nonsense" });
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="hopline"']);
    expect(await response.json()).toMatchObject({ code: "token_invalid" });
    expect((await worker.post("/v1/hops", hop(), { authorization: "Basic YTpi" })).status).toBe(401);
  });

  test("answers 403 to a token without the scope", async () => {
    const { header } = await createToken({ scopes: ["read"] });
    const response = await worker.post("/v1/hops", hop(), header);
    expect([response.status, await response.json()]).toMatchObject([403, { code: "scope_missing" }]);
    expect((await worker.post("/v1/heartbeats", { source: "a", time: Date.now() }, header)).status).toBe(403);
  });

  test("takes a new token at once, and a revoked or expired one no more", async () => {
    const { id, header } = await createToken();
    expect((await worker.post("/v1/hops", hop(), header)).status).toBe(202);
    await control.access.revokeToken(id, Date.now(), "test");
    await waitFor(
      "the revoked token to be refused",
      async () => (await worker.post("/v1/hops", hop(), header)).status === 401,
    );
    const expired = await createToken({ expiresAt: Date.now() - 1 });
    expect((await worker.post("/v1/hops", hop(), expired.header)).status).toBe(401);
  });

  test("rejects events outside the token's sources alone, and lends its only source to events that name none", async () => {
    const { header } = await createToken({ sources: ["oms-feed"] });
    const unnamed = hop();
    const response = await worker.post(
      "/v1/hops",
      [unnamed, hop({ source: "oms-feed" }), hop({ source: "other" })],
      header,
    );
    expect(await response.json()).toEqual({
      accepted: 2,
      duplicates: 0,
      rejected: [{ index: 2, reason: "source_not_allowed", path: "/source" }],
    });
    expect(
      await (await worker.post("/v1/hops", { ...unnamed, source: "oms-feed", outcome: "failed" })).json(),
    ).toMatchObject({ rejected: [{ reason: "id_reused" }] });
  });

  test("rejects events outside the token's systems, also where only the step says which system it is", async () => {
    const finance = await createToken({ systems: ["finance"] });
    const refused = { rejected: [{ index: 0, reason: "source_not_allowed", path: "/system" }] };
    expect(await (await worker.post("/v1/hops", hop(), finance.header)).json()).toMatchObject(refused);
    expect(await (await worker.post("/v1/hops", hop({ system: undefined }), finance.header)).json()).toMatchObject(
      refused,
    );
    expect(
      await (await worker.post("/v1/hops", hop({ step: "nowhere", system: undefined }), finance.header)).json(),
    ).toMatchObject(refused);
    const oms = await createToken({ systems: ["oms", "crm"] });
    expect((await worker.post("/v1/hops", hop({ system: undefined }), oms.header)).status).toBe(202);
  });

  test("takes heartbeats of a source, capped at their arrival, and refuses bad ones", async () => {
    const before = Date.now();
    const ahead = await worker.post("/v1/heartbeats", { source: "finance", time: "2999-01-01T00:00:00Z" });
    const { time } = (await ahead.json()) as { readonly time: string };
    expect(ahead.status).toBe(202);
    expect(Date.parse(time)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(time)).toBeLessThanOrEqual(Date.now());
    const bad = [
      [{}, "missing_source"],
      [{ source: "a" }, "missing_time"],
      [{ source: "a", time: "x" }, "invalid_type"],
      [{ source: "a", time: -5 }, "time_out_of_range"],
      ["[", "invalid_json"],
    ] as const;
    for (const [body, code] of bad) {
      const response = await worker.post("/v1/heartbeats", body);
      expect([response.status, await response.json()]).toMatchObject([400, { code }]);
    }
    const { header } = await createToken({ sources: ["oms-feed"] });
    expect((await worker.post("/v1/heartbeats", { source: "finance", time: before }, header)).status).toBe(403);
    expect((await worker.post("/v1/heartbeats", { time: before }, header)).status).toBe(202);
  });

  test("lets anybody ask for health, and only this machine or the scope for metrics", async () => {
    const host = "worker.example.com";
    expect(await send({ host }, "/healthz", "GET")).toBe(200);
    expect(await send({ host }, "/readyz", "GET")).toBe(200);
    expect(await send({ host }, "/metrics", "GET")).toBe(401);
    const { header } = await createToken({ scopes: ["metrics"] });
    expect(await send({ host, ...header }, "/metrics", "GET")).toBe(200);
    expect(await send({ host: "localhost" }, "/metrics", "GET")).toBe(200);
  });

  test("never writes a token's secret to its log", async () => {
    const { header } = await createToken();
    await worker.post("/v1/hops", "{", header);
    expect(JSON.stringify(worker.lines)).not.toContain(header.authorization.slice(7));
  });
});
