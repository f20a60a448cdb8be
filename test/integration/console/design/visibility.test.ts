import { describe, expect, it } from "vitest";
import { sighting, hoplineOf, type Sent } from "#test/support/hopline.ts";

const flowText = (flow: string, more: string): string => `
flow: ${flow}
${more}
record: { primary: order_no, aliases: [payment_no] }
steps:
  - { id: a, system: ${flow}-a }
  - { id: b, system: ${flow}-b, after: a, within: 10s }
`;
const hopline = hoplineOf({
  "open.yaml": flowText("open", ""),
  "closed.yaml": flowText("closed", "visibleTo: [manager]"),
  "closing.yaml": flowText("closing", ""),
});
const at = (flow: string, step: string, order: string, when: string, more: Sent = {}): Sent =>
  sighting(hopline, flow, step, order, when, more);
const failed = { outcome: "failed", error: { class: "rejected" } };

const given = async (): Promise<{ support: string; manager: string }> => {
  await hopline.send(
    at("open", "a", "BOTH", "0s", { keys: { order_no: "BOTH", payment_no: "P-1" } }),
    at("closed", "a", "BOTH", "0s"),
    at("closed", "a", "HIDDEN", "0s", { keys: { order_no: "HIDDEN", payment_no: "P-1" } }),
    at("closed", "b", "HIDDEN", "1s", failed),
    at("open", "a", "SHOWN", "0s"),
    at("open", "b", "SHOWN", "1s", failed),
  );
  return { support: await hopline.tokenOf("support"), manager: await hopline.tokenOf("manager") };
};

describe("a flow that is visible to managers only", () => {
  it("is not in a record's journeys, and a record known from it alone is not found", async () => {
    const { support, manager } = await given();
    const flowsOf = async (token: string): Promise<readonly string[]> =>
      (await hopline.record("order_no", "BOTH", token)).journeys.map((each) => each.flow).toSorted();
    expect(await flowsOf(support)).toEqual(["open"]);
    expect(await flowsOf(manager)).toEqual(["closed", "open"]);
    expect(await hopline.get("/api/v1/records/order_no/HIDDEN", support)).toMatchObject({
      status: 404,
      body: { code: "record_not_found" },
    });
    expect((await hopline.record("order_no", "HIDDEN", manager)).journeys).toHaveLength(1);
  });

  it("is in no list, no count, no look-up and no related record", async () => {
    const { support, manager } = await given();
    const seenBy = async (token: string) => {
      const journeys = await hopline.get<{ items: readonly { primary: string; flow: string }[] }>(
        "/api/v1/journeys",
        token,
      );
      const failures = await hopline.get<{
        total: number;
        groups: readonly { group: { flow: string }; count: number }[];
      }>("/api/v1/failures?group=flow", token);
      const attempts = await hopline.get<{ groups: readonly { group: { flow: string } }[] }>(
        "/api/v1/failures?group=flow&attempts=true",
        token,
      );
      const flows = await hopline.get<{ flows: readonly { flow: string }[] }>("/api/v1/flows", token);
      const lookUp = await hopline.ask<{ items: readonly { found: boolean }[] }>(
        "/api/v1/records/lookup",
        { keys: ["HIDDEN"] },
        token,
      );
      const shared = (await hopline.record("order_no", "BOTH", token)).journeys.flatMap((each) =>
        each.links.flatMap((link) => link.related.map((related) => related.primary)),
      );
      const q = await hopline.get<{ items: readonly unknown[] }>("/api/v1/journeys?q=HIDDE", token);
      return {
        journeys: journeys.body.items.some((each) => each.flow === "closed"),
        failures: failures.body.groups.map((each) => each.group.flow).toSorted(),
        attempts: attempts.body.groups.map((each) => each.group.flow).toSorted(),
        flows: flows.body.flows.some((each) => each.flow === "closed"),
        detail: (await hopline.get("/api/v1/flows/closed", token)).status,
        latency: (await hopline.get("/api/v1/flows/closed/latency", token)).status,
        lookUp: lookUp.body.items[0]?.found,
        related: shared.includes("HIDDEN"),
        q: q.body.items.length,
      };
    };
    await hopline.eventually(async () => {
      expect(await seenBy(support)).toEqual({
        journeys: false,
        failures: ["open"],
        attempts: ["open"],
        flows: false,
        detail: 404,
        latency: 404,
        lookUp: false,
        related: false,
        q: 0,
      });
      expect(await seenBy(manager)).toEqual({
        journeys: true,
        failures: ["closed", "open"],
        attempts: ["closed", "open"],
        flows: true,
        detail: 200,
        latency: 200,
        lookUp: true,
        related: true,
        q: 1,
      });
    });
  });
});

describe("a flow that becomes visible to fewer", () => {
  it("hides the journeys it had, whichever version judges them", async () => {
    await hopline.send(at("closing", "a", "CLOSING", "0s"));
    const { support, manager } = await given();
    expect((await hopline.record("order_no", "CLOSING", support)).journeys).toHaveLength(1);
    await hopline.declare({ "closing.yaml": flowText("closing", "visibleTo: [administrator, manager, support]") });
    expect((await hopline.get("/api/v1/records/order_no/CLOSING", support)).status).toBe(200);
    await hopline.declare({ "closing.yaml": flowText("closing", "visibleTo: [administrator, manager]") });
    expect((await hopline.get("/api/v1/records/order_no/CLOSING", support)).status).toBe(404);
    expect((await hopline.get("/api/v1/records/order_no/CLOSING", manager)).status).toBe(200);
  });
});

describe("a token", () => {
  it("is needed, must have the scope read, and is never in a problem's text", async () => {
    expect((await hopline.get("/api/v1/flows", "nonsense")).status).toBe(401);
    const { token } = await hopline.command("token", "create", "--scope", "ingest");
    const answer = await hopline.get("/api/v1/flows", String(token));
    expect([401, 403]).toContain(answer.status);
    expect(JSON.stringify(answer.body)).not.toContain(String(token));
  });

  it("is good within 2 s of its making and bad within 2 s of being revoked", async () => {
    const made = await hopline.command("token", "create", "--scope", "read");
    const token = String(made["token"]);
    await hopline.eventually(async () => expect((await hopline.get("/api/v1/flows", token)).status).toBe(200), 2_000);
    await hopline.command("token", "revoke", String(made["id"]));
    await hopline.eventually(async () => expect((await hopline.get("/api/v1/flows", token)).status).toBe(401), 2_000);
  });
});
