import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestWorker, removeHome, type TestWorker } from "#test/support/worker.ts";

const mebibyte = 2 ** 20;
let worker: TestWorker;

beforeAll(async () => {
  worker = await startTestWorker();
});
afterAll(async () => {
  await worker.stop();
  removeHome(worker.home);
});

const hop = (id: string, more: object = {}) => ({
  id,
  step: "placed",
  time: Date.now(),
  keys: { order_no: id },
  ...more,
});
const isAlive = async (): Promise<boolean> => (await fetch(`${worker.url}/healthz`)).status === 200;

/** Writes raw bytes on a connection and reads until it closes. */
const talk = (parts: readonly (string | Buffer)[], close: boolean): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(worker.url).port), "127.0.0.1");
    let heard = "";
    socket.on("data", (chunk) => (heard += chunk.toString()));
    socket.on("close", () => resolve(heard));
    socket.on("error", () => {});
    for (const part of parts) socket.write(part);
    if (close) setImmediate(() => socket.destroy());
  });

describe("a worker under bad requests", () => {
  test("refuses a body above 16 MiB by its length, without reading it", async () => {
    const heard = await talk(
      [
        `POST /v1/hops HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${16 * mebibyte + 1}\r\n\r\n{`,
      ],
      false,
    );
    expect(heard).toContain("HTTP/1.1 413");
    expect(heard).toContain('"code":"body_too_large"');
  });

  test("refuses a body that grows above 16 MiB while it comes", async () => {
    const response = await worker.post("/v1/hops", Buffer.alloc(17 * mebibyte, 32));
    expect(response.status).toBe(413);
  });

  test("refuses a gzip bomb while inflating it", async () => {
    const bomb = gzipSync(Buffer.alloc(512 * mebibyte, 32));
    const response = await worker.post("/v1/hops", bomb, { "content-encoding": "gzip" });
    expect(response.status).toBe(413);
    expect(await isAlive()).toBe(true);
  });

  test("refuses what is not gzip, and other encodings", async () => {
    const response = await worker.post("/v1/hops", "{}", { "content-encoding": "gzip" });
    expect([response.status, await response.json()]).toMatchObject([400, { code: "invalid_gzip" }]);
    const cut = gzipSync(JSON.stringify(hop("cut"))).subarray(0, 40);
    expect((await worker.post("/v1/hops", cut, { "content-encoding": "gzip" })).status).toBe(400);
    const brotli = await worker.post("/v1/hops", "{}", { "content-encoding": "br" });
    expect([brotli.status, brotli.headers.get("accept-encoding")]).toEqual([415, "gzip"]);
  });

  test.each([
    ["text/plain"],
    ["application/xml"],
    ["application/x-www-form-urlencoded"],
    ["application/json; charset=utf-16"],
    ["application/cloudevents"],
  ])("answers 415 to %s", async (type) => {
    const response = await worker.post("/v1/hops", "{}", { "content-type": type });
    expect([response.status, await response.json()]).toMatchObject([415, { code: "unsupported_media_type" }]);
  });

  test("answers 415 to a request without a content type", async () => {
    expect(
      await talk(
        ["POST /v1/hops HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"],
        false,
      ),
    ).toContain("HTTP/1.1 415");
  });

  test("answers 413 above 10,000 events, and takes none of them", async () => {
    const events = Array.from({ length: 10_001 }, (_, at) => hop(`m-${at}`));
    for (const [body, type] of [
      [JSON.stringify(events), "application/json"],
      [events.map((event) => JSON.stringify(event)).join("\n"), "application/x-ndjson"],
    ] as const) {
      const response = await worker.post("/v1/hops", body, { "content-type": type });
      expect([response.status, await response.json()]).toMatchObject([413, { code: "too_many_events" }]);
    }
    const response = await worker.post("/v1/hops", events.slice(1));
    expect(await response.json()).toEqual({ accepted: 10_000, duplicates: 0, rejected: [] });
  });

  test("rejects an event above 1 MiB alone, in an array and in NDJSON", async () => {
    const large = hop("large", { payload: "界".repeat(mebibyte / 3) });
    const array = await worker.post("/v1/hops", [hop("small-1"), large, hop("small-2")]);
    expect(await array.json()).toEqual({
      accepted: 2,
      duplicates: 0,
      rejected: [{ index: 1, reason: "too_large", path: "" }],
    });
    const lines = [hop("small-3"), large].map((event) => JSON.stringify(event)).join("\n");
    const ndjson = await worker.post("/v1/hops", lines, { "content-type": "application/x-ndjson" });
    expect(await ndjson.json()).toEqual({
      accepted: 1,
      duplicates: 0,
      rejected: [{ index: 1, reason: "too_large", path: "" }],
    });
    const fits = hop("fits", { payload: "x".repeat(mebibyte - 200) });
    expect(await (await worker.post("/v1/hops", fits)).json()).toEqual({ accepted: 1, duplicates: 0, rejected: [] });
  });

  test("survives megabytes of brackets, wide and deep", async () => {
    const bodies = [
      "[".repeat(15 * mebibyte),
      `${"[ ".repeat(5 * mebibyte)}${"]".repeat(5 * mebibyte)}`,
      `[${"[],".repeat(5 * mebibyte)}[]]`,
      `{"a":`.repeat(3 * mebibyte),
      `[{"payload":${"[".repeat(9_000)}${"]".repeat(9_000)}}]`,
    ];
    for (const body of bodies) {
      const response = await worker.post("/v1/hops", body);
      expect([400, 413]).toContain(response.status);
    }
    expect(await isAlive()).toBe(true);
  });

  test("forgets a request that is cut, and takes the next", async () => {
    await talk(
      ["POST /v1/hops HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n[{"],
      true,
    );
    await talk(
      [
        "POST /v1/hops HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
      ],
      true,
    );
    expect((await worker.post("/v1/hops", hop("after-a-cut"))).status).toBe(202);
    const metrics = await (await fetch(`${worker.url}/metrics`)).text();
    expect(metrics).toContain("\nhopline_body_bytes 0\n");
  });

  test("answers a head that is too large or no HTTP, and lives", async () => {
    expect(
      await talk([`GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: ${"a".repeat(40_000)}\r\n\r\n`], false),
    ).toContain("HTTP/1.1 431");
    expect(await talk(["\u0016\u0003\u0001 nonsense\r\n\r\n"], false)).toContain("HTTP/1.1 400");
    expect(await isAlive()).toBe(true);
  });

  test("answers a head that never ends within seconds", async () => {
    expect(await talk(["POST /v1/hops HTTP/1.1\r\nHost: localhost\r\nX-Slow: "], false)).toContain("HTTP/1.1 408");
  });

  test("answers 404 and 405 as problem documents", async () => {
    const nowhere = await fetch(`${worker.url}/v2/hops`);
    expect([nowhere.status, nowhere.headers.get("content-type"), await nowhere.json()]).toMatchObject([
      404,
      "application/problem+json",
      { code: "not_found", status: 404 },
    ]);
    const wrong = await fetch(`${worker.url}/v1/hops`);
    expect([wrong.status, wrong.headers.get("allow"), await wrong.json()]).toMatchObject([
      405,
      "POST",
      { code: "method_not_allowed" },
    ]);
  });
});
