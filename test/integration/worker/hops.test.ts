import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestWorker, removeHome, type TestWorker } from "#test/support/worker.ts";

const flow = `
flow: orders
record: { primary: order_no, aliases: [payment_no], searchable: [customer_phone] }
steps:
  - { id: placed, system: oms }
  - { id: posted, system: finance, after: placed, within: 5s }
`;

let worker: TestWorker;
let made = 0;

beforeAll(async () => {
  worker = await startTestWorker({ flows: { "orders.yaml": flow } });
});
afterAll(async () => {
  await worker.stop();
  removeHome(worker.home);
});

/** An event of its own. */
const hop = (more: Readonly<Record<string, unknown>> = {}) => {
  made += 1;
  return {
    id: `e-${made}`,
    step: "placed",
    system: "oms",
    time: Date.now(),
    keys: { order_no: `SO-${made}` },
    ...more,
  };
};
const post = async (body: string | Uint8Array, type: string, headers: Readonly<Record<string, string>> = {}) => {
  const response = await worker.post("/v1/hops", body, { "content-type": type, ...headers });
  return { status: response.status, body: (await response.json()) as unknown };
};
const taken = { status: 202, body: { accepted: 1, duplicates: 0, rejected: [] } };

describe("POST /v1/hops", () => {
  test("takes one object", async () => {
    expect(await post(JSON.stringify(hop()), "application/json")).toEqual(taken);
  });

  test("takes an array, and a charset said with the type", async () => {
    const body = JSON.stringify([hop(), hop()]);
    expect(await post(body, "Application/JSON; charset=UTF-8")).toEqual({
      status: 202,
      body: { accepted: 2, duplicates: 0, rejected: [] },
    });
  });

  test("takes NDJSON with blank lines, CRLF and no line end", async () => {
    const body = `${JSON.stringify(hop())}\r\n\r\n${JSON.stringify(hop())}\n   \n${JSON.stringify(hop())}`;
    expect(await post(body, "application/x-ndjson")).toEqual({
      status: 202,
      body: { accepted: 3, duplicates: 0, rejected: [] },
    });
  });

  test("takes gzip with each content type", async () => {
    const headers = { "content-encoding": "gzip" };
    expect(await post(gzipSync(JSON.stringify(hop())), "application/json", headers)).toEqual(taken);
    expect(await post(gzipSync(JSON.stringify(hop())), "application/x-ndjson", headers)).toEqual(taken);
  });

  test("takes a structured CloudEvent and fills what its data leaves out", async () => {
    made += 1;
    const id = `ce-${made}`;
    const event = {
      specversion: "1.0",
      id,
      source: "/oms",
      type: "order.placed",
      time: new Date().toISOString(),
      data: { step: "placed", keys: { order_no: id } },
    };
    expect(await post(JSON.stringify(event), "application/cloudevents+json")).toEqual(taken);
    // The same id of the same source, said natively with the same content otherwise, is the same event.
    const native = { step: "placed", keys: { order_no: id }, source: "/oms", id, time: event.time };
    expect(await post(JSON.stringify(native), "application/json")).toMatchObject({
      status: 202,
      body: { accepted: 0, duplicates: 1 },
    });
  });

  test("takes a batch of CloudEvents, good ones beside bad ones", async () => {
    const event = (more: object) => ({
      specversion: "1.0",
      id: `ce-${(made += 1)}`,
      source: "/oms",
      type: "t",
      time: new Date().toISOString(),
      data: { step: "placed", keys: { order_no: "SO-CE" } },
      ...more,
    });
    const answer = await post(
      JSON.stringify([
        event({}),
        event({ specversion: "0.3" }),
        event({
          data_base64: Buffer.from('{"step":"placed","keys":{"order_no":"B"}}').toString("base64"),
          data: undefined,
        }),
      ]),
      "application/cloudevents-batch+json",
    );
    expect(answer).toEqual({
      status: 202,
      body: { accepted: 2, duplicates: 0, rejected: [{ index: 1, reason: "invalid_type", path: "/specversion" }] },
    });
  });

  test("takes a CloudEvent in binary mode", async () => {
    const headers = {
      "ce-specversion": "1.0",
      "ce-id": `ce-${(made += 1)}`,
      "ce-source": "/oms%20east",
      "ce-type": "t",
      "ce-time": new Date().toISOString(),
    };
    expect(
      await post(JSON.stringify({ step: "placed", keys: { order_no: "SO-BIN" } }), "application/json", headers),
    ).toEqual(taken);
  });

  test("answers repeats with 202 and counts them once", async () => {
    const event = JSON.stringify(hop());
    expect(await post(event, "application/json")).toEqual(taken);
    expect(await post(event, "application/json")).toEqual({
      status: 202,
      body: { accepted: 0, duplicates: 1, rejected: [] },
    });
    expect(await post(`[${event},${event}]`, "application/json")).toEqual({
      status: 202,
      body: { accepted: 0, duplicates: 2, rejected: [] },
    });
  });

  test("recognises an event without an id by its content, member order and trace aside", async () => {
    const time = Date.now();
    const one = `{"step":"placed","time":${time},"keys":{"order_no":["N-1",7.0]},"trace":"a"}`;
    const two = `{"keys":{"order_no":["N-1","7.0"]},"trace":"b","time":${time},"step":"placed"}`;
    expect(await post(one, "application/json")).toEqual(taken);
    expect(await post(two, "application/json")).toMatchObject({ body: { accepted: 0, duplicates: 1 } });
    expect(await post(one.replace("7.0", "7"), "application/json")).toEqual(taken);
  });

  test("rejects other content under a known source and id, also within one request", async () => {
    const event = hop();
    expect(await post(JSON.stringify(event), "application/json")).toEqual(taken);
    const reused = { index: 0, reason: "id_reused", path: "/id" };
    expect(await post(JSON.stringify({ ...event, outcome: "failed" }), "application/json")).toMatchObject({
      status: 400,
      body: { accepted: 0, duplicates: 0, rejected: [reused] },
    });
    const other = hop();
    const pair = JSON.stringify([other, { ...other, outcome: "failed" }]);
    expect(await post(pair, "application/json")).toEqual({
      status: 202,
      body: { accepted: 1, duplicates: 0, rejected: [{ ...reused, index: 1 }] },
    });
  });

  test("says for each rejected event why and where, in order, and keeps the good ones", async () => {
    const year = 365 * 86_400_000;
    let deep: unknown = 1;
    for (let level = 0; level < 40; level += 1) deep = { a: deep };
    const cases: readonly (readonly [unknown, string, string])[] = [
      ["text", "invalid_type", ""],
      [hop({ keys: undefined }), "missing_keys", "/keys"],
      [hop({ keys: { order_no: ["", null, "  "] } }), "missing_keys", "/keys"],
      [hop({ time: undefined }), "missing_time", "/time"],
      [hop({ step: "", system: null }), "missing_step", "/step"],
      [hop({ time: Date.now() + 2 * year }), "time_out_of_range", "/time"],
      [hop({ time: "0001-01-01T00:00:00Z" }), "time_out_of_range", "/time"],
      [hop({ time: "9999-12-31T23:59:59Z" }), "time_out_of_range", "/time"],
      [hop({ time: "yesterday" }), "invalid_type", "/time"],
      [hop({ keys: { order_no: "x".repeat(513) } }), "key_too_long", "/keys/order_no"],
      [hop({ keys: { order_no: "é".repeat(257) } }), "key_too_long", "/keys/order_no"],
      [hop({ keys: { order_no: "k".repeat(10_240) } }), "key_too_long", "/keys/order_no"],
      [hop({ keys: { order_no: true } }), "invalid_type", "/keys/order_no"],
      [hop({ keys: { "Order No": "1" } }), "invalid_type", "/keys/Order No"],
      [hop({ keys: { order_no: Array.from({ length: 1_001 }, (_, at) => `v${at}`) } }), "too_large", "/keys/order_no"],
      [hop({ operation: "explode" }), "invalid_type", "/operation"],
      [hop({ outcome: "meh" }), "invalid_type", "/outcome"],
      [hop({ payload: deep }), "too_deep", `/payload${"/a".repeat(31)}`],
      [hop({ attributes: [] }), "invalid_type", "/attributes"],
    ];
    const answer = await post(JSON.stringify([hop(), ...cases.map(([event]) => event), hop()]), "application/json");
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ accepted: 2, duplicates: 0 });
    const rejected = (answer.body as { rejected: readonly { index: number; reason: string; path: string }[] }).rejected;
    expect(rejected.map(({ index, reason }) => ({ index, reason }))).toEqual(
      cases.map(([, reason], at) => ({ index: at + 1, reason })),
    );
    const paths = cases.map(([, , path], at) => ({
      at,
      path: rejected[at]?.reason === "too_deep" ? rejected[at].path : path,
    }));
    expect(rejected.map(({ path }, at) => ({ at, path }))).toEqual(paths);
  });

  test("answers 400 with the same figures where nothing was acceptable", async () => {
    const response = await worker.post("/v1/hops", [{}, 1]);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({
      code: "nothing_acceptable",
      accepted: 0,
      duplicates: 0,
      rejected: [
        { index: 0, reason: "missing_keys", path: "/keys" },
        { index: 1, reason: "invalid_type", path: "" },
      ],
    });
  });

  test.each([["{"], [""], ["[1,]"], ["\u0000"], ["undefined"]])(
    "answers 400 invalid_json to a body that does not parse: %j",
    async (body) => {
      expect(await post(body, "application/json")).toMatchObject({
        status: 400,
        body: { code: "invalid_json", rejected: [{ index: 0, reason: "invalid_json", path: "" }] },
      });
    },
  );

  test("keeps the good lines of NDJSON beside broken ones and invalid UTF-8", async () => {
    const bad = Buffer.concat([
      Buffer.from('{"step":"placed","keys":{"order_no":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}}'),
    ]);
    const body = Buffer.concat([
      Buffer.from(JSON.stringify(hop())),
      Buffer.from("\n{oops\n"),
      bad,
      Buffer.from("\n"),
      Buffer.from(JSON.stringify(hop())),
    ]);
    expect(await post(body, "application/x-ndjson")).toEqual({
      status: 202,
      body: {
        accepted: 2,
        duplicates: 0,
        rejected: [
          { index: 1, reason: "invalid_json", path: "" },
          { index: 2, reason: "invalid_json", path: "" },
        ],
      },
    });
    expect(await post(Buffer.concat([Buffer.from("["), bad, Buffer.from("]")]), "application/json")).toMatchObject({
      status: 400,
    });
  });

  test("takes keys with dots, quotes, emoji, markup and the names of an object's own members", async () => {
    const odd = [
      "a.b/c",
      `"quoted'`,
      "😀🧾",
      "<script>alert(1)</script>",
      "__proto__",
      "constructor",
      "../../etc",
      "-1",
      "0",
      "a\u0001b",
    ];
    const answer = await post(
      JSON.stringify(odd.map((value) => hop({ keys: { order_no: value } }))),
      "application/json",
    );
    expect(answer).toEqual({ status: 202, body: { accepted: odd.length, duplicates: 0, rejected: [] } });
    const polluting = `{"id":"p-1","step":"placed","time":${Date.now()},"keys":{"order_no":"P-1"},"__proto__":{"polluted":1},"payload":{"__proto__":{"polluted":1},"constructor":{"prototype":1}}}`;
    expect(await post(polluting, "application/json")).toEqual(taken);
    expect(
      await post(`{"step":"placed","time":${Date.now()},"keys":{"__proto__":"x","order_no":"y"}}`, "application/json"),
    ).toMatchObject({ status: 400, body: { rejected: [{ reason: "invalid_type", path: "/keys/__proto__" }] } });
  });

  test("takes 1970 and one day ahead, and nothing beyond", async () => {
    const day = 86_400_000;
    expect(await post(JSON.stringify(hop({ time: 0 })), "application/json")).toEqual(taken);
    expect(await post(JSON.stringify(hop({ time: Date.now() + day - 60_000 })), "application/json")).toEqual(taken);
    expect(await post(JSON.stringify(hop({ time: Date.now() + day + 60_000 })), "application/json")).toMatchObject({
      status: 400,
    });
    expect(await post(JSON.stringify(hop({ time: -1 })), "application/json")).toMatchObject({ status: 400 });
  });
});
