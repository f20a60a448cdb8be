import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { roles } from "#lib/access/role.ts";
import { operations } from "#lib/api/operations.ts";
import type { LookUpAnswer } from "#lib/api/look-up-schema.ts";
import type { JourneysAnswer } from "#lib/api/journeys-schema.ts";
import type { RecordAnswer } from "#lib/record/record-answer.ts";
import { openControl } from "#lib/storage/open.ts";
import { sighting, hoplineOf } from "#test/support/hopline.ts";
import { createAnswerCheck, type ToldApi } from "./told-api.ts";
import { placeOf } from "#test/support/store-place.ts";

const orders = `
flow: orders
record: { primary: order_no, aliases: [payment_no], searchable: [customer_phone] }
steps:
  - { id: placed, system: oms, owners: { provides: sales-ops } }
  - { id: posted, system: finance, after: placed, within: 5s, contract: finance.json, sources: [finance-importer] }
`;
const salaries = `
flow: salaries
visibleTo: [administrator]
record: { primary: slip_no }
steps:
  - { id: computed, system: hrm }
`;
const finance = JSON.stringify({
  required: ["tax_no"],
  properties: { tax_no: { title: "Tax number", type: "string" } },
});

const hopline = hoplineOf({ "orders.yaml": orders, "salaries.yaml": salaries, "finance.json": finance });

interface Seen<Body = unknown> {
  readonly status: number;
  readonly type: string | null;
  readonly headers: Headers;
  readonly body: Body;
}
type Problem = Readonly<{ code: string; status: number; title: string; parameter?: string }>;

let check: ReturnType<typeof createAnswerCheck>;
let token: string;

const ask = async <Body = Problem>(
  path: string,
  init: RequestInit = {},
  as: string | null = token,
): Promise<Seen<Body>> => {
  const response = await fetch(hopline.consoleUrl + path, {
    ...init,
    headers: { ...(as !== null && { authorization: `Bearer ${as}` }), ...(init.headers as Record<string, string>) },
  });
  const text = await response.text();
  const type = response.headers.get("content-type");
  const isJson = type?.includes("json") === true;
  return { status: response.status, type, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body };
};
const post = async <Body = Problem>(path: string, body: unknown, type = "application/json"): Promise<Seen<Body>> =>
  ask<Body>(path, {
    method: "POST",
    headers: { "content-type": type },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

beforeAll(async () => {
  token = await hopline.tokenOf("administrator");
  const { body } = await ask<ToldApi>("/api/v1/openapi.json");
  check = createAnswerCheck(body);
  await hopline.send(
    sighting(hopline, "orders", "placed", "SO-1", "-1h", {
      keys: { order_no: "SO-1", payment_no: "P-1", customer_phone: "13800138000" },
      payload: { tax_no: "", note: "<script>alert(1)</script>" },
      attributes: { region: "east" },
    }),
    sighting(hopline, "orders", "placed", "SO-2/a b?c#d%", "-1h", { payload: { tax_no: "1" } }),
    sighting(hopline, "orders", "posted", "SO-2/a b?c#d%", "-59m", {
      outcome: "failed",
      error: { class: "timeout", message: "no answer" },
    }),
    sighting(hopline, "orders", "placed", "..", "-1h"),
    {
      id: "slip",
      source: "hrm",
      flow: "salaries",
      step: "computed",
      keys: { slip_no: "S-1" },
      time: hopline.at("-1h"),
    },
    { id: "lost", source: "x", system: "nobody", keys: { order_no: "SO-9" }, time: hopline.at("-1h") },
  );
  await hopline.heartbeat("finance-importer", "-10m");
  await hopline.offer({ step: "placed", time: hopline.at("0s"), source: "oms" });
  const { token: limited } = await hopline.command("token", "create", "--scope", "ingest", "--systems", "oms");
  await hopline.post("/v1/hops", [{ step: "placed" }], { authorization: `Bearer ${String(limited)}` });
  await hopline.eventually(async () => {
    const { body } = await post<LookUpAnswer>("/api/v1/records/lookup", {
      keys: ["SO-1", "SO-2/a b?c#d%", "..", "S-1", "SO-9"],
    });
    if (body.items.some(({ found }) => !found)) throw new Error("Not all to be read yet");
    if (body.items[0]?.journeys[0]?.state !== "overdue") throw new Error("Not overdue yet");
  });
});

describe("the OpenAPI document", () => {
  it("tells every route with its parameters", async () => {
    const { body, type } = await ask<ToldApi>("/api/v1/openapi.json");
    expect(type).toContain("application/json");
    expect(body).toMatchObject({ openapi: "3.1.0" });
    for (const { id, method, path } of operations) expect(body.paths[path]?.[method]?.operationId).toBe(id);
    const parameters = body.paths["/api/v1/journeys"]?.["get"]?.parameters.map(({ name }) => name);
    expect(parameters).toEqual(
      expect.arrayContaining(["flow", "state", "step", "reason", "system", "from", "to", "q", "cursor", "limit"]),
    );
  });

  it("is what every route answers by", async () => {
    const record = await ask<RecordAnswer>("/api/v1/records/order_no/SO-1");
    check("findRecord", record.status, record.body);
    expect(record.body.journeys[0]).toMatchObject({
      primary: "SO-1",
      verdict: { reason: "missing_field", field: "tax_no" },
    });
    const byQuery = await ask<RecordAnswer>(
      `/api/v1/records?type=order_no&value=${encodeURIComponent("SO-2/a b?c#d%")}`,
    );
    check("findRecordByQuery", byQuery.status, byQuery.body);
    expect(byQuery.body.journeys[0]).toMatchObject({ primary: "SO-2/a b?c#d%", state: "failed" });
    const byBody = await post<RecordAnswer>("/api/v1/records", { type: "customer_phone", value: "13800138000" });
    check("findRecordByBody", byBody.status, byBody.body);
    expect(byBody.body.journeys[0]?.primary).toBe("SO-1");
    const lookUp = await post<LookUpAnswer>("/api/v1/records/lookup", {
      keys: ["SO-1", "P-1", "13800138000", "nothing", "SO-9"],
    });
    check("lookUpRecords", lookUp.status, lookUp.body);
    expect(lookUp.body.items.map(({ found, unmatched }) => [found, unmatched])).toEqual([
      [true, 0],
      [true, 0],
      [true, 0],
      [false, 0],
      [true, 1],
    ]);
    const others: readonly (readonly [string, string])[] = [
      ["listJourneys", "/api/v1/journeys"],
      ["listFlows", "/api/v1/flows"],
      ["readFlow", "/api/v1/flows/orders"],
      ["readLatency", "/api/v1/flows/orders/latency"],
      ["countFailures", "/api/v1/failures?group=flow,system,step,class,field,point,signature"],
      ["countFailures", "/api/v1/failures?attempts=true"],
      ["countFailures", "/api/v1/failures?bucket=1h"],
      ["listSources", "/api/v1/sources"],
      ["listDeadLetters", "/api/v1/deadletters"],
    ];
    for (const [id, path] of others) {
      const { status, body, headers } = await ask<unknown>(path);
      expect(status, path).toBe(200);
      check(id, status, body);
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });
});

describe("a key in an address", () => {
  it("may hold anything when it is escaped", async () => {
    const { status, body } = await ask<RecordAnswer>(`/api/v1/records/order_no/${encodeURIComponent("SO-2/a b?c#d%")}`);
    expect(status).toBe(200);
    expect(body.record.value).toBe("SO-2/a b?c#d%");
    expect((await ask<RecordAnswer>("/api/v1/records?type=order_no&value=..")).body.journeys).toHaveLength(1);
  });

  it("of any type is found by `_`", async () => {
    expect((await ask<RecordAnswer>("/api/v1/records/_/P-1")).body.journeys[0]?.primary).toBe("SO-1");
    expect((await ask<RecordAnswer>("/api/v1/records?value=P-1")).body.record.type).toBe("_");
  });

  it("that nothing carries is 404, one that could never be sent is 400", async () => {
    const unknown = await ask("/api/v1/records/order_no/SO-404");
    expect(unknown).toMatchObject({ status: 404, body: { code: "record_not_found", status: 404 } });
    expect(unknown.type).toContain("application/problem+json");
    check("findRecord", 404, unknown.body);
    expect(await ask(`/api/v1/records/order_no/${"x".repeat(10_000)}`)).toMatchObject({ status: 404 });
    expect(await ask("/api/v1/records/Order%20No/1")).toMatchObject({
      status: 400,
      body: { code: "invalid_parameter", parameter: "type" },
    });
    expect(await ask("/api/v1/records/order_no/%20")).toMatchObject({ status: 400, body: { parameter: "value" } });
    expect(await ask("/api/v1/records?type=order_no")).toMatchObject({ status: 400, body: { parameter: "value" } });
    expect(await ask("/api/v1/records/customer_phone/13800138000")).toMatchObject({
      status: 400,
      body: { parameter: "type" },
    });
  });
});

describe("bad questions", () => {
  it("are told by the parameter that is no good", async () => {
    const bad: readonly (readonly [string, string])[] = [
      ["/api/v1/journeys?state=lost", "state"],
      ["/api/v1/journeys?reason=bad", "reason"],
      ["/api/v1/journeys?limit=0", "limit"],
      ["/api/v1/journeys?limit=501", "limit"],
      ["/api/v1/journeys?limit=1e2", "limit"],
      ["/api/v1/journeys?from=yesterday", "from"],
      ["/api/v1/journeys?to=1700000000000", "to"],
      ["/api/v1/journeys?states=failed", "states"],
      ["/api/v1/journeys?flow=a&flow=b", "flow"],
      ["/api/v1/flows?x=1", "x"],
      ["/api/v1/flows/orders/latency?bucket=7m", "bucket"],
      ["/api/v1/flows/orders/latency?hop=placed", "hop"],
      ["/api/v1/failures?group=colour", "group"],
      ["/api/v1/failures?attempts=yes", "attempts"],
      ["/api/v1/deadletters?reason=bad_mood", "reason"],
      ["/api/v1/stream?type=order_no", "value"],
    ];
    for (const [path, parameter] of bad) {
      const answer = await ask(path);
      expect(answer, path).toMatchObject({ status: 400, body: { code: "invalid_parameter", parameter } });
    }
    expect(await ask("/api/v1/journeys?cursor=abc")).toMatchObject({ status: 400, body: { code: "invalid_cursor" } });
    expect(await ask("/api/v1/flows/none")).toMatchObject({ status: 404, body: { code: "flow_not_found" } });
    expect(await ask("/api/v1/no/such/route")).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  it("in a body are told, too", async () => {
    const path = "/api/v1/records/lookup";
    expect(await post(path, "{")).toMatchObject({ status: 400, body: { code: "invalid_body" } });
    expect(await post(path, "[]")).toMatchObject({ status: 400, body: { code: "invalid_body" } });
    expect(await post(path, { keys: [] })).toMatchObject({ status: 400, body: { parameter: "keys" } });
    expect(await post(path, { keys: Array.from({ length: 501 }, () => "k") })).toMatchObject({
      status: 400,
      body: { parameter: "keys" },
    });
    expect(await post(path, { keys: ["a", 7] })).toMatchObject({ status: 400, body: { parameter: "keys.1" } });
    expect(await post(path, { keys: ["a"] }, "text/plain")).toMatchObject({
      status: 415,
      body: { code: "unsupported_media_type" },
    });
    expect(await post(path, { keys: ["x".repeat(2_000_000)] })).toMatchObject({
      status: 413,
      body: { code: "too_large" },
    });
    expect(await post("/api/v1/records", { value: " " })).toMatchObject({ status: 400, body: { parameter: "value" } });
  });

  it("by another method are told which there are", async () => {
    for (const path of ["/api/v1/journeys", "/api/v1/records/lookup", "/api/v1/records", "/api/v1/openapi.json"]) {
      const answer = await ask(path, { method: "DELETE" });
      expect(answer, path).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
      expect(answer.headers.get("allow")).toMatch(/GET|POST/u);
    }
    expect((await ask("/api/v1/records/lookup")).headers.get("allow")).toBe("POST");
  });

  it("take a time with its `+` left unescaped", async () => {
    const from = new Date(Date.now() - 86_400_000 + 8 * 3_600_000).toISOString().replace("Z", "+08:00");
    expect((await ask<JourneysAnswer>(`/api/v1/journeys?flow=orders&from=${from}`)).body.items.length).toBeGreaterThan(
      0,
    );
  });
});

describe("the schemas of declaration files", () => {
  it.each(["flow", "systems", "teams", "sources", "privacy"])("are there for every editor: %s", async (name) => {
    const { status, body, type } = await ask<object>(`/api/v1/schemas/${name}.json`, {}, null);
    expect({ status, type }).toEqual({ status: 200, type: "application/schema+json" });
    expect(body).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", $id: `urn:hopline:${name}` });
    const check = new Ajv2020({ strict: false, unicodeRegExp: true, validateFormats: false }).compile(body);
    expect(check({ flow: "a", record: { primary: "order_no" }, steps: [{ id: "x" }] })).toBe(false);
  });

  it("are no others", async () => {
    expect(await ask("/api/v1/schemas/users.json", {}, null)).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
  });
});

describe("who may ask", () => {
  it("is nobody without a token that is good", async () => {
    for (const { path, method, isOpen } of operations) {
      if (isOpen === true) continue;
      const address = path.replace("{keyType}", "order_no").replace("{keyValue}", "SO-1").replace("{flow}", "orders");
      const init = {
        method: method.toUpperCase(),
        ...(method === "post" && { body: "{}", headers: { "content-type": "application/json" } }),
      };
      for (const as of [null, "nonsense"]) {
        const answer = await ask(address, init, as);
        expect(answer, path).toMatchObject({ status: 401, body: { code: "unauthorized" } });
        expect(answer.headers.get("www-authenticate")).toContain("Bearer");
      }
    }
    expect(await ask("/api/v1/openapi.json", {}, null)).toMatchObject({ status: 401 });
  });

  it("is no token of another scope", async () => {
    const made = await hopline.command("token", "create", "--scope", "ingest");
    const answer = await ask("/api/v1/journeys", {}, String(made["token"]));
    expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
  });

  it("is decided by the role, route by route", async () => {
    const allowed: Record<string, readonly string[]> = {};
    for (const role of roles) {
      const as = await hopline.tokenOf(role);
      const statuses = await Promise.all(
        ["journeys", "sources", "deadletters"].map(
          async (route) => [route, (await ask(`/api/v1/${route}`, {}, as)).status] as const,
        ),
      );
      allowed[role] = statuses.filter(([, status]) => status === 200).map(([route]) => route);
      expect(statuses.filter(([, status]) => status !== 200 && status !== 403)).toEqual([]);
    }
    expect(allowed).toEqual({
      support: ["journeys", "sources"],
      manager: ["journeys", "sources"],
      engineer: ["journeys", "sources", "deadletters"],
      administrator: ["journeys", "sources", "deadletters"],
      auditor: ["journeys", "sources"],
    });
  });

  it("sees payloads only where the role may read them", async () => {
    for (const role of roles) {
      const { body } = await ask<RecordAnswer>("/api/v1/records/order_no/SO-1", {}, await hopline.tokenOf(role));
      const mayRead = ["support", "engineer", "administrator"].includes(role);
      expect(body.journeys[0]?.events[0]?.payload !== undefined, role).toBe(mayRead);
      expect(body.journeys[0]?.events[0]?.attributes !== undefined, role).toBe(mayRead);
    }
  });

  it("learns nothing of a flow that is not for the role", async () => {
    const as = await hopline.tokenOf("support");
    expect((await ask<RecordAnswer>("/api/v1/records/slip_no/S-1")).body.journeys).toHaveLength(1);
    expect(await ask("/api/v1/records/slip_no/S-1", {}, as)).toMatchObject({
      status: 404,
      body: { code: "record_not_found" },
    });
    expect(await ask("/api/v1/flows/salaries", {}, as)).toMatchObject({
      status: 404,
      body: { code: "flow_not_found" },
    });
    for (const path of ["journeys", "flows", "failures?group=flow", "sources", "journeys?q=s1"]) {
      expect(JSON.stringify((await ask(`/api/v1/${path}`, {}, as)).body)).not.toMatch(/salaries|slip_no|"S-1"/u);
    }
  });

  it("is audited for every record read, without what a phone number says", async () => {
    await post("/api/v1/records", { type: "_", value: "13800138000" });
    const entries = await hopline.eventually(async () => {
      const found = (await auditTexts()).filter((text) => text.includes("record.read"));
      if (!found.some((text) => text.includes("record:_="))) throw new Error("not audited yet");
      return found;
    });
    expect(entries.some((text) => text.includes("record:order_no=SO-1"))).toBe(true);
    expect(entries.join("\n")).not.toContain("13800138000");
  });
});

async function auditTexts(): Promise<readonly string[]> {
  const control = await openControl(placeOf(hopline.home), { mode: "command", now: Date.now });
  const { items } = await control.audit.list({ cursor: null, limit: 500 });
  await control.close();
  return items.map((item) => JSON.stringify(item));
}
