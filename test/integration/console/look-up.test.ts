import { beforeAll, describe, expect, it } from "vitest";
import type { LookUpLine } from "#lib/search/look-up-line.ts";
import { createUser, prepareConsole, signIn, withControl } from "#test/support/console.ts";
import { waitFor } from "#test/support/wait-for.ts";

const orders = `
flow: order-to-cash
title: { en: Order to cash, zh: 订单到收款 }
record: { primary: order_no, aliases: [payment_no], searchable: [customer_phone, customer_tag] }
steps:
  - { id: placed, system: oms }
  - { id: posted, system: finance, after: placed, within: 5m, sources: [finance] }
`;
const salaries = `
flow: salaries
visibleTo: [administrator]
record: { primary: slip_no }
steps: [{ id: computed, system: hrm }]
`;
const systems = "oms: { title: { en: Order centre, zh: 订单中心 } }\nfinance: { title: { en: Finance, zh: 财务 } }\n";
const kit = prepareConsole({
  flows: { "orders.yaml": orders, "salaries.yaml": salaries, "systems.yaml": systems },
  consoleEnv: { HOPLINE_PUBLIC_URL: "https://hopline.example.com/" },
});
const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();
const formula = `=HYPERLINK("http://evil.example","pay")`;
let cookie = "";

const ask = async (body: unknown): Promise<Response> =>
  fetch(`${kit.url}/api/console/look-up`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie },
    body: JSON.stringify(body),
  });
const lines = async (...keys: readonly string[]): Promise<readonly LookUpLine[]> => {
  const response = await ask({ keys });
  expect(response.status).toBe(200);
  return ((await response.json()) as { lines: readonly LookUpLine[] }).lines;
};

beforeAll(async () => {
  const placed = (order: string, minutesAgo: number, keys: object = {}) => ({
    id: order,
    system: "oms",
    step: "placed",
    time: at(minutesAgo),
    keys: { order_no: order, ...keys },
  });
  const posted = (order: string, more: object = {}) => ({
    id: `f ${order}`,
    system: "finance",
    source: "finance",
    step: "posted",
    time: at(28),
    keys: { order_no: order },
    ...more,
  });
  await kit.worker.sendHops([
    placed("SO-1042", 60, { payment_no: "P-9", customer_phone: "13800138000", customer_tag: "tag-alpha-77" }),
    placed("SO-1043", 30, { payment_no: "P-9" }),
    placed("SO-1044", 30),
    placed("SO-1045", 1),
    placed(formula, 60),
    posted("SO-1043", { outcome: "failed", error: { class: "missing_field", field: "tax_no" } }),
    posted("SO-1044"),
    { id: "u", system: "wms", step: "picked", time: at(5), keys: { parcel_no: "PX-77001" } },
    { id: "s", system: "hrm", step: "computed", time: at(5), keys: { slip_no: "SLIP-1" } },
  ]);
  await kit.worker.post("/v1/heartbeats", { source: "finance", time: new Date().toISOString() });
  await createUser(kit.home, "li", "support");
  cookie = await signIn(kit.url, "li");
  await waitFor("the orders to be judged", async () => {
    const [late, fine] = await lines("SO-1042", "SO-1044");
    return late?.record?.state === "overdue" && fine?.record?.state === "completed";
  });
});

describe("the look-up of many numbers", () => {
  it("answers a line each, in the order pasted: where it is, why not, due, and where to read on", async () => {
    const [failed, overdue, done, open] = await lines("SO-1043", "SO-1042", "SO-1044", "SO-1045");
    expect(failed).toMatchObject({ shown: "SO-1043", isPrivate: false, others: 0, missing: null });
    expect(failed?.record).toMatchObject({
      state: "failed",
      reason: "missing_field",
      field: "tax_no",
      fromName: "Order centre",
      stepName: "Finance",
      flowName: "Order to cash",
      path: "/record/order_no/SO-1043",
    });
    expect(overdue?.record).toMatchObject({ state: "overdue", stepName: "Finance" });
    expect(overdue?.record?.lateByMs).toBeGreaterThan(50 * 60_000);
    expect(overdue?.record?.summary).toContain("SO-1042");
    expect(done?.record).toMatchObject({ state: "completed", stepName: null, lastName: "Finance" });
    expect(open?.record).toMatchObject({ state: "in_progress", lastName: "Order centre", nextName: "Finance" });
    expect(open?.record?.dueAt).toBeGreaterThan(Date.now());
  });

  it("takes any of a record's numbers, forgives case and separators, and shows the worst of several", async () => {
    const [payment, forgiven] = await lines("P-9", "so 1042");
    expect(payment?.record).toMatchObject({ primary: "SO-1043", state: "failed" });
    expect(payment?.others).toBe(1);
    expect(forgiven?.record?.primary).toBe("SO-1042");
  });

  it("finds by a private value, and shows it masked only", async () => {
    const response = await ask({ keys: ["13800138000", "tag-alpha-77", "13900139000"] });
    const text = await response.text();
    expect(text).not.toMatch(/13800138000|tag-alpha-77|13900139000/u);
    const [phone, tag, stranger] = (JSON.parse(text) as { lines: readonly LookUpLine[] }).lines;
    expect(phone).toMatchObject({ shown: "138****8000", isPrivate: true });
    expect(phone?.record?.path).toBe("/record/order_no/SO-1042");
    expect(tag).toMatchObject({ isPrivate: true });
    expect(tag?.record?.primary).toBe("SO-1042");
    expect(stranger).toMatchObject({ shown: "139****9000", record: null, missing: "nothing" });
  });

  it("says what has no record, and shows nothing of flows that the role may not see", async () => {
    const [loose, unknown, hidden] = await lines("PX-77001", "SO-9999", "SLIP-1");
    expect(loose).toMatchObject({ record: null, missing: "loose" });
    expect(unknown).toMatchObject({ record: null, missing: "nothing" });
    expect(hidden).toMatchObject({ record: null, missing: "nothing" });
  });

  it("takes 500 numbers and refuses more", async () => {
    const keys = Array.from({ length: 501 }, (_, place) => `X-${1000 + place}`);
    expect(await lines(...keys.slice(0, 500))).toHaveLength(500);
    expect((await ask({ keys })).status).toBe(400);
    expect((await ask({ keys: [] })).status).toBe(400);
  });

  it("exports a file that a spreadsheet opens as it is meant, and notes who took it", async () => {
    const response = await ask({ keys: ["SO-1042", "13800138000", formula, "SO-9999"], as: "csv" });
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = new TextDecoder().decode(bytes);
    const [head, first, second, third, fourth, ...rest] = text.split("\r\n");
    expect(head).toMatch(/^Number,State,Flow,Record,"?Where it is/u);
    expect(first).toMatch(/^SO-1042,Overdue,Order to cash,SO-1042,Order centre → Finance,/u);
    expect(first).toMatch(/,https:\/\/hopline\.example\.com\/record\/order_no\/SO-1042$/u);
    expect(second).toMatch(/^138\*\*\*\*8000,Overdue/u);
    expect(third?.startsWith(`"'=HYPERLINK(""http`)).toBe(true);
    expect(fourth).toMatch(/^SO-9999,Not found,,,No record has this number,/u);
    expect(rest).toEqual([""]);
    const entries = await waitFor("the export in the audit", async () =>
      withControl(kit.home, async ({ audit }) => {
        const { items } = await audit.list({ by: "li", action: "records.exported", cursor: null, limit: 5 });
        return items.length > 0 && items;
      }),
    );
    expect(JSON.stringify(entries)).toContain("order-to-cash/SO-1042");
    expect(JSON.stringify(entries)).not.toContain("13800138000");
  });
});
