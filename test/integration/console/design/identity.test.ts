import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { idsOf, hoplineOf, type HopsAnswer, type Sent } from "#test/support/hopline.ts";

const hopline = hoplineOf({
  "identity.yaml": `
flow: identity
record: { primary: order_no, aliases: [payment_no] }
steps: [{ id: a, system: identity-a }, { id: b, system: identity-b, after: a, within: 1h }]
`,
});
const event = (order: unknown, more: Sent = {}): Sent => ({
  flow: "identity",
  step: "a",
  keys: { order_no: order },
  time: hopline.at("0s"),
  ...more,
});
const sendText = async (
  text: string,
  type = "application/json",
  headers: Readonly<Record<string, string>> = {},
): Promise<HopsAnswer> => {
  const { status, body } = await hopline.post("/v1/hops", text, { "content-type": type, ...headers });
  return { status, ...(body as Omit<HopsAnswer, "status">) };
};
const find = async (value: string): Promise<number> =>
  (await hopline.get(`/api/v1/records/order_no/${encodeURIComponent(value)}`)).status;
const reasonOf = async (given: Sent): Promise<string | undefined> => {
  const answer = await hopline.offer(given);
  expect(answer.status).toBe(answer.rejected.length > 0 ? 400 : 202);
  return answer.rejected[0]?.reason;
};

describe("a key", () => {
  it("that is a number keeps its digits: 1.0 is not 1, and exponents are written out", async () => {
    const keys = ["71.0", "72", "1.5e3", "12345678901234567890", "7e-2"].map(
      (digits) => `{"flow":"identity","step":"a","keys":{"order_no":${digits}},"time":${hopline.base}}`,
    );
    expect((await sendText(`[${keys.join(",")}]`)).accepted).toBe(5);
    expect(await find("71.0")).toBe(200);
    expect(await find("71")).toBe(404);
    expect(await find("72")).toBe(200);
    expect(await find("72.0")).toBe(404);
    expect(await find("1500")).toBe(200);
    expect(await find("12345678901234567890")).toBe(200);
    expect(await find("0.07")).toBe(200);
  });

  it("is trimmed and NFC-normalised, then compared exactly", async () => {
    await hopline.send(
      event("  Cafe\u0301-1 \t", { id: "n1" }),
      event("Caf\u00e9-1", { id: "n2", step: "b" }),
      event("CAF\u00c9-1", { id: "n3" }),
    );
    expect(idsOf((await hopline.journey("Caf\u00e9-1")).events)).toEqual(["n1", "n2"]);
    expect((await hopline.journey("Caf\u00e9-1")).primary).toBe("Caf\u00e9-1");
    expect(await find("Cafe\u0301-1")).toBe(200);
  });

  it("that is blank or null counts as absent, alone and in an array", async () => {
    expect(await reasonOf(event(" "))).toBe("missing_keys");
    expect(await reasonOf(event(null))).toBe("missing_keys");
    expect(await reasonOf(event([]))).toBe("missing_keys");
    expect(await reasonOf(event(["", null, "K-1"]))).toBeUndefined();
    expect(await find("K-1")).toBe(200);
    expect(await reasonOf({ ...event("x"), keys: {} })).toBe("missing_keys");
  });

  it("of another kind or with a bad type name is invalid_type", async () => {
    expect(await reasonOf(event(true))).toBe("invalid_type");
    expect(await reasonOf(event({ a: 1 }))).toBe("invalid_type");
    for (const type of ["Order_no", "1no", "order-no", "a".repeat(65), ""])
      expect(await reasonOf({ ...event("x"), keys: { [type]: "x" } })).toBe("invalid_type");
    expect(await reasonOf({ ...event("x"), keys: { ["a".repeat(64)]: "x" } })).toBeUndefined();
  });

  it("may have 512 bytes, and 1,000 values a type", async () => {
    expect(await reasonOf(event("k".repeat(512)))).toBeUndefined();
    expect(await reasonOf(event("k".repeat(513)))).toBe("key_too_long");
    expect(await reasonOf(event("订".repeat(171)))).toBe("key_too_long");
    const values = Array.from({ length: 1_001 }, (_, index) => `V-${index}`);
    expect(await reasonOf(event(values.slice(0, 1_000)))).toBeUndefined();
    expect(await reasonOf(event(values))).toBe("too_large");
  });

  it("may hold dots, slashes, quotes and emoji", async () => {
    for (const value of ["a.b/c", 'say "hi"', "🚚-1", "50%", "a?b#c", "<script>alert(1)</script>", "..", "a\\b"]) {
      await hopline.send(event(value));
      const { body } = await hopline.get<{ journeys: readonly { primary: string }[] }>(
        `/api/v1/records?type=order_no&value=${encodeURIComponent(value)}`,
      );
      expect(body.journeys.map((each) => each.primary)).toEqual([value]);
    }
  });
});

describe("an event", () => {
  it("counts once when source and id repeat, whatever the order of members and the trace", async () => {
    const first = event("ONCE", { id: "i1", source: "s", payload: { a: 1, b: 2 }, trace: "00-a" });
    expect(await hopline.offer(first)).toMatchObject({ status: 202, accepted: 1, duplicates: 0 });
    expect(
      await hopline.offer({
        ...Object.fromEntries(Object.entries(first).toReversed()),
        payload: { b: 2, a: 1 },
        trace: "00-b",
      }),
    ).toMatchObject({ status: 202, accepted: 0, duplicates: 1, rejected: [] });
    expect(await hopline.offer(event("ONCE-2", { id: "i2" }), event("ONCE-2", { id: "i2" }))).toMatchObject({
      accepted: 1,
      duplicates: 1,
    });
    expect((await hopline.journey("ONCE")).eventsTotal).toBe(1);
  });

  it("without an id is told from others by its content", async () => {
    const given = event("NO-ID", { source: "s" });
    expect(await hopline.offer(given)).toMatchObject({ accepted: 1 });
    expect(await hopline.offer(given)).toMatchObject({ status: 202, duplicates: 1 });
    expect(await hopline.offer({ ...given, payload: { a: 1 } })).toMatchObject({ accepted: 1 });
    expect(await hopline.offer({ ...given, id: "" })).toMatchObject({ status: 202, rejected: [] });
    expect((await hopline.journey("NO-ID")).eventsTotal).toBeGreaterThanOrEqual(2);
  });

  it("with the id of another and other content is id_reused and a dead letter; another source may use the id", async () => {
    expect(await hopline.offer(event("REUSE", { id: "r1", source: "s" }))).toMatchObject({ accepted: 1 });
    const again = await hopline.offer(event("REUSE", { id: "r1", source: "s", payload: { other: true } }));
    expect(again).toMatchObject({ status: 400, accepted: 0, rejected: [{ index: 0, reason: "id_reused" }] });
    expect(await hopline.offer(event("REUSE", { id: "r1", source: "t" }))).toMatchObject({ accepted: 1 });
    expect((await hopline.journey("REUSE")).eventsTotal).toBe(2);
    const { body } = await hopline.get<{ items: readonly { reason: string; text: string }[] }>(
      "/api/v1/deadletters?reason=id_reused",
    );
    expect(body.items).toContainEqual(
      expect.objectContaining({ reason: "id_reused", text: expect.stringContaining('"other"') }),
    );
  });

  it("takes its source from its system, else http", async () => {
    await hopline.send(
      { ...event("SRC-1"), system: "identity-a" },
      event("SRC-2"),
      event("SRC-3", { source: " ", system: "identity-a" }),
    );
    expect((await hopline.journey("SRC-1")).events[0]?.source).toBe("identity-a");
    expect((await hopline.journey("SRC-2")).events[0]?.source).toBe("http");
    expect((await hopline.journey("SRC-3")).events[0]?.source).toBe("identity-a");
  });

  it("needs a time, and a step or system", async () => {
    expect(await reasonOf({ ...event("x"), time: undefined })).toBe("missing_time");
    expect(await reasonOf({ ...event("x"), step: undefined })).toBe("missing_step");
    expect(await reasonOf({ ...event("x"), step: "" })).toBe("missing_step");
    expect(await reasonOf({ ...event("x"), time: "yesterday" })).toBe("invalid_type");
    expect(await reasonOf({ ...event("x"), time: String(hopline.base) })).toBe("invalid_type");
    expect(await reasonOf({ ...event("x"), time: hopline.base })).toBeUndefined();
    expect(await reasonOf({ ...event("OFFSET-TIME"), time: "2026-11-01T08:00:00.5+08:00" })).toBeUndefined();
    expect((await hopline.journey("OFFSET-TIME")).startedAt).toBe("2026-11-01T00:00:00.500Z");
  });

  it("lies between 1970 and a day ahead of its arrival", async () => {
    expect(await reasonOf({ ...event("x"), time: "1969-12-31T23:59:59Z" })).toBe("time_out_of_range");
    expect(await reasonOf({ ...event("x"), time: "9999-12-31T23:59:59Z" })).toBe("time_out_of_range");
    expect(await reasonOf({ ...event("x"), time: Date.now() + 24 * 3_600_000 + 60_000 })).toBe("time_out_of_range");
    expect(await reasonOf({ ...event("AHEAD"), time: Date.now() + 24 * 3_600_000 - 60_000 })).toBeUndefined();
    expect(await reasonOf({ ...event("OLD"), time: "1970-01-01T00:00:00Z" })).toBeUndefined();
  });

  it("with an unknown operation or outcome is invalid_type, with an unknown error class it is class unknown", async () => {
    expect(await reasonOf(event("x", { operation: "teleport" }))).toBe("invalid_type");
    expect(await reasonOf(event("x", { outcome: "maybe" }))).toBe("invalid_type");
    expect(await reasonOf(event("CLASS", { outcome: "failed", error: { class: "gremlins" } }))).toBeUndefined();
    expect((await hopline.journey("CLASS")).events[0]?.error?.class).toBe("unknown");
  });

  it("may be 32 deep and 1 MiB large", async () => {
    const nested = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`);
    expect(await reasonOf(event("DEEP", { payload: nested(40) }))).toBe("too_deep");
    expect(await reasonOf(event("DEEP", { payload: nested(30) }))).toBeUndefined();
    expect(await reasonOf(event("LARGE", { payload: "x".repeat(2 ** 20) }))).toBe("too_large");
    expect(await reasonOf(event("LARGE", { payload: "x".repeat(2 ** 20 - 1_000) }))).toBeUndefined();
  });
});

describe("a body", () => {
  it("keeps the good items of an array and the good lines of NDJSON, and names the bad by index and place", async () => {
    const mixed = await hopline.offer(event("MIX-1"), event(""), event("MIX-2"), 7 as unknown as Sent);
    expect(mixed).toMatchObject({ status: 202, accepted: 2 });
    expect(mixed.rejected.map(({ index, reason }) => [index, reason])).toEqual([
      [1, "missing_keys"],
      [3, "invalid_type"],
    ]);
    expect(mixed.rejected[0]?.path).toBe("/keys");
    const lines = await sendText(
      `${JSON.stringify(event("LINE-1"))}\n{broken\n\n${JSON.stringify(event("LINE-2"))}\n`,
      "application/x-ndjson",
    );
    expect(lines).toMatchObject({ status: 202, accepted: 2, rejected: [{ index: 1, reason: "invalid_json" }] });
    expect(await find("LINE-2")).toBe(200);
  });

  it("of which nothing is acceptable is 400, and so is one that does not parse", async () => {
    expect((await hopline.offer(event(""), event(""))).status).toBe(400);
    expect((await sendText("[{]")).status).toBe(400);
    expect((await sendText("")).status).toBe(400);
  });

  it("may be gzipped, and is refused with another type, above 10,000 events and above 16 MiB inflated", async () => {
    const gzipped = await hopline.post("/v1/hops", gzipSync(JSON.stringify(event("GZIP"))), {
      "content-encoding": "gzip",
    });
    expect(gzipped).toMatchObject({ status: 202, body: { accepted: 1 } });
    expect((await sendText("order", "text/plain")).status).toBe(415);
    const many = Array.from({ length: 10_001 }, () => "{}");
    expect((await sendText(`[${many.join(",")}]`)).status).toBe(413);
    const bomb = gzipSync(Buffer.alloc(17 * 2 ** 20, " "));
    expect((await hopline.post("/v1/hops", bomb, { "content-encoding": "gzip" })).status).toBe(413);
  });
});

describe("a CloudEvent", () => {
  const data = { flow: "identity", step: "a", keys: { order_no: "CE-1" } };
  const cloudEvent = {
    specversion: "1.0",
    type: "hop",
    source: "/oms",
    id: "ce-1",
    time: "2026-11-20T00:00:00Z",
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    datacontenttype: "application/json",
    data,
  };

  it("fills from its own members what data leaves out", async () => {
    expect((await sendText(JSON.stringify(cloudEvent), "application/cloudevents+json")).status).toBe(202);
    const [found] = (await hopline.journey("CE-1")).events;
    expect(found).toMatchObject({
      id: "ce-1",
      source: "/oms",
      time: "2026-11-20T00:00:00.000Z",
      trace: cloudEvent.traceparent,
    });
  });

  it("does not touch what data says", async () => {
    const own = { ...data, keys: { order_no: "CE-2" }, id: "own", source: "own-source", time: "2026-11-21T00:00:00Z" };
    expect(
      (await sendText(JSON.stringify([{ ...cloudEvent, id: "ce-2", data: own }]), "application/cloudevents-batch+json"))
        .status,
    ).toBe(202);
    expect((await hopline.journey("CE-2")).events[0]).toMatchObject({
      id: "own",
      source: "own-source",
      time: "2026-11-21T00:00:00.000Z",
    });
  });

  it("in binary mode is the same event", async () => {
    const headers = {
      "ce-specversion": "1.0",
      "ce-type": "hop",
      "ce-source": "/oms",
      "ce-id": "ce-3",
      "ce-time": "2026-11-22T00:00:00Z",
    };
    expect(
      (await sendText(JSON.stringify({ ...data, keys: { order_no: "CE-3" } }), "application/json", headers)).status,
    ).toBe(202);
    expect((await hopline.journey("CE-3")).events[0]).toMatchObject({
      id: "ce-3",
      source: "/oms",
      time: "2026-11-22T00:00:00.000Z",
    });
  });
});

describe("the door", () => {
  it("serves without a token on loopback only where neither Origin nor X-Forwarded stands in the request", async () => {
    const given = JSON.stringify(event("DOOR"));
    expect((await sendText(given, "application/json", { origin: "http://evil.example" })).status).toBe(401);
    expect((await sendText(given, "application/json", { "x-forwarded-for": "10.0.0.1" })).status).toBe(401);
    expect((await sendText(given, "application/json", { authorization: "Bearer nonsense" })).status).toBe(401);
    expect((await sendText(given)).status).toBe(202);
  });

  it("rejects alone an event outside its token's sources or systems, and 403 is for the wrong scope", async () => {
    const { token } = await hopline.command(
      "token",
      "create",
      "--scope",
      "ingest",
      "--source",
      "oms",
      "--systems",
      "identity-a",
    );
    const headers = { authorization: `Bearer ${String(token)}` };
    const mine = event("TOKEN-1", { system: "identity-a" });
    const answer = await sendText(
      JSON.stringify([
        mine,
        { ...mine, source: "crm", keys: { order_no: "TOKEN-2" } },
        { ...mine, system: "identity-b", step: "b" },
      ]),
      "application/json",
      headers,
    );
    expect(answer).toMatchObject({ status: 202, accepted: 1 });
    expect(answer.rejected.map(({ index, reason }) => [index, reason])).toEqual([
      [1, "source_not_allowed"],
      [2, "source_not_allowed"],
    ]);
    expect((await hopline.journey("TOKEN-1")).events[0]?.source).toBe("oms");
    const reading = await hopline.tokenOf("administrator");
    expect(
      (await sendText(JSON.stringify(mine), "application/json", { authorization: `Bearer ${reading}` })).status,
    ).toBe(403);
  });
});

describe("a dead letter", () => {
  it("is kept with its reason and place, and goes through the door again once what was wrong is over", async () => {
    const dayMs = 24 * 3_600_000;
    const ahead = Date.now() + dayMs + 1_500;
    expect((await hopline.offer({ ...event("REDRIVE", { source: "ahead" }), time: ahead })).rejected[0]?.reason).toBe(
      "time_out_of_range",
    );
    const { body } = await hopline.get<{
      items: readonly {
        id: string;
        reason: string;
        path: string;
        source: string | null;
        text: string;
        redrivenAt: string | null;
      }[];
    }>("/api/v1/deadletters?source=ahead");
    expect(body.items).toMatchObject([{ reason: "time_out_of_range", path: "/time", redrivenAt: null }]);
    expect(JSON.parse(body.items[0]?.text ?? "")).toMatchObject({ keys: { order_no: "REDRIVE" } });
    const listed = await hopline.command("deadletters", "list", "--source", "ahead");
    expect(listed).toMatchObject({ items: [{ id: body.items[0]?.id }] });
    await hopline.eventually(() => Promise.resolve(expect(Date.now() + dayMs).toBeGreaterThan(ahead)));
    expect(await hopline.command("deadletters", "redrive", body.items[0]?.id ?? "")).toMatchObject({
      accepted: 1,
      rejected: 0,
    });
    await hopline.eventually(async () => expect((await hopline.journey("REDRIVE")).eventsTotal).toBe(1));
    const after = await hopline.get<{ items: readonly { redrivenAt: string | null }[] }>(
      "/api/v1/deadletters?source=ahead",
    );
    expect(after.body.items[0]?.redrivenAt).not.toBeNull();
  });

  it("of an event its token may not send goes through again only when it is named", async () => {
    const { token } = await hopline.command("token", "create", "--scope", "ingest", "--source", "wms");
    const answer = await sendText(JSON.stringify(event("FOREIGN", { source: "bank" })), "application/json", {
      authorization: `Bearer ${String(token)}`,
    });
    expect(answer.rejected[0]?.reason).toBe("source_not_allowed");
    await hopline.command("deadletters", "redrive");
    expect(await find("FOREIGN")).toBe(404);
    expect(await hopline.command("deadletters", "redrive", "--reason", "source_not_allowed")).toMatchObject({
      accepted: expect.any(Number),
    });
    await hopline.eventually(async () => expect(await find("FOREIGN")).toBe(200));
  });
});
