import { beforeAll, describe, expect, it } from "vitest";
import type { FailuresAnswer } from "#lib/api/journeys-schema.ts";
import { troubleEvents, troubleFiles, troubleTruth } from "#test/fixtures/trouble/trouble-company.ts";
import { createUser, prepareConsole, signIn, withControl } from "#test/support/console.ts";
import { waitFor } from "#test/support/wait-for.ts";

const kit = prepareConsole({ flows: troubleFiles });
const cookies = { support: "", manager: "", administrator: "" };
const formula = "=HYPERLINK(evil)";
const now = Date.now();

const ask = async (path: string, role: keyof typeof cookies = "support"): Promise<Response> =>
  fetch(kit.url + path, { headers: { cookie: cookies[role] }, redirect: "manual" });
const text = async (path: string, role?: keyof typeof cookies): Promise<string> =>
  // what people see; without what React puts between two texts
  ((await (await ask(path, role)).text()).split("</main>")[0] ?? "").replaceAll("<!-- -->", "");
const failures = async (query: string): Promise<FailuresAnswer> =>
  (await (await ask(`/api/v1/failures?${query}`)).json()) as FailuresAnswer;
const open = async (cause: RegExp, role?: keyof typeof cookies): Promise<string> => {
  const id = [...(await text("/failures", role)).matchAll(/<tr[^>]* id="group-([a-z0-9]+)".*?<\/tr>/gsu)].find(
    ([row]) => cause.test(row),
  )?.[1];
  if (id === undefined) throw new Error(`No group is like ${String(cause)}`);
  return text(`/failures?open=${id}`, role);
};

beforeAll(async () => {
  for (const role of ["support", "manager", "administrator"] as const) {
    await createUser(kit.home, role, role);
    cookies[role] = await signIn(kit.url, role);
  }
  await kit.worker.sendHops(troubleEvents(now));
  await kit.worker.sendHops([
    { id: "evil", step: "placed", source: "oms", time: now - 30 * 86_400_000, keys: { order_no: formula } },
  ]);
  await kit.worker.post("/v1/heartbeats", { source: "finance-importer", time: new Date().toISOString() });
  await waitFor("all in trouble", async () => {
    const page = await text("/failures");
    return page.includes("20 records need action") && page.includes("Another 4 records");
  });
});

describe("the failures page", () => {
  it("says how many need action and what most of them have in common", async () => {
    const page = await text("/failures");
    expect(page).toContain("20 records need action; 15 of them:");
    expect(page).toMatch(/account # of order # is closed/u);
    expect(page).not.toContain("SLIP-1");
    expect(await text("/failures", "administrator")).toContain("Another 5 records");
    expect(await text("/failures?field=tax_no")).toContain("15 records need action, all alike:");
    expect(await text("/failures?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z")).toContain("Nothing went wrong");
  });

  it("tells of an open group what sets its records apart, of how many, and what came just before", async () => {
    const page = await open(/tax_no/u);
    expect(page).toMatch(/Of the newest 15 of these and \d+ that got past this step/u);
    for (const difference of ["mapping = v38", "buyer_type = company"]) expect(page).toContain(difference);
    expect(page).toMatch(/<code[^>]*>mapping<\/code> became <code[^>]*>v38<\/code> at CRM export/u);
    expect(page).toContain("Finance IT");
    expect(page).toContain("tel:8021");
    expect(page).toMatch(/href="\/record\/order_no\/SO-2014"/u);
  });

  it("holds nothing against anybody where nothing can be told", async () => {
    const page = await open(/Source silent/u);
    expect(page).toContain("nothing is held against anybody");
    for (const accusing of ["What sets them apart", "became", "Finance IT", "tel:8021"]) {
      expect(page.slice(page.indexOf("nothing is held"))).not.toContain(accusing);
    }
  });

  it("shows what events carry only to roles that may see it", async () => {
    const page = await open(/tax_no/u, "manager");
    expect(page).toContain("Your role does not see what events carry.");
    expect(page).not.toContain("buyer_type");
  });

  it("leads to a list of exactly the records counted", async () => {
    const page = await open(/tax_no/u);
    const href = /href="(\/journeys\?[^"]+)"[^>]*>List all 15/u.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(href).toContain("without=class%2Csignature");
    const list = await text(href);
    expect(list).toContain("15 records fail alike");
    expect(list.match(/class="row-link/gu)).toHaveLength(15);
  });
});

describe("failures over time", () => {
  it("are counted by bucket, and add up to the counts", async () => {
    const answer = await failures("group=step,field&bucket=1h");
    expect(answer.bucketMs).toBe(3_600_000);
    const missing = answer.groups.find(({ group }) => group["field"] === "tax_no");
    expect(missing?.count).toBe(troubleTruth.missing);
    for (const { count, buckets = [] } of answer.groups) {
      expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(count);
      expect(buckets.every(({ at }) => at.endsWith(":00:00.000Z"))).toBe(true);
    }
    expect(missing?.buckets?.length).toBeGreaterThan(1);
    expect((await failures("group=step")).groups[0]?.buckets).toBeUndefined();
    const attempts = await failures("group=class&attempts=true&bucket=1d");
    expect(attempts.groups.flatMap(({ buckets = [] }) => buckets).reduce((sum, { count }) => sum + count, 0)).toBe(
      troubleTruth.rejected,
    );
    expect((await ask("/api/v1/failures?bucket=5m&from=2020-01-01T00:00:00Z")).status).toBe(400);
  });
});

describe("the list as CSV", () => {
  const lines = async (query: string, role?: keyof typeof cookies): Promise<readonly string[]> => {
    const response = await ask(`/api/v1/journeys.csv?${query}`, role);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toContain("records.csv");
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
    return new TextDecoder().decode(bytes).trimEnd().split("\r\n");
  };

  it("holds what the list holds, a line a record, with names and the zone", async () => {
    const [head = "", ...rows] = await lines("state=failed");
    expect(head).toMatch(/^Record,State,Flow,.*"Started, UTC\+8 \(Asia\/Shanghai\)"/u);
    expect(rows).toHaveLength(troubleTruth.rejected);
    expect(rows[0]).toMatch(
      /^SO-3004,Failed,Order to cash,Finance,Finance,Rejected,rejected,,rest:finance,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,/u,
    );
    expect(await lines("")).toHaveLength(60 + 15 + 5 + 4 + 1 + 1);
  });

  it("makes no text a formula", async () => {
    const row = (await lines("to=2026-01-01T00:00:00Z"))
      .concat(await lines(""))
      .find((line) => line.includes("HYPERLINK"));
    expect(row?.startsWith(`'${formula},`)).toBe(true);
  });

  it("leaves out what the role may not see", async () => {
    expect((await lines("flow=salaries", "support")).length).toBe(1);
    expect((await lines("flow=salaries", "administrator")).length).toBe(2);
  });

  it("is audited with what was asked, without what a phone number says", async () => {
    await lines("state=failed&q=13800138000");
    const items = await waitFor("the export in the audit", async () => {
      const asked = { action: "journeys.exported", cursor: null, limit: 1 };
      const { items: found } = await withControl(kit.home, async ({ audit }) => audit.list(asked));
      return found[0]?.detail?.["q"] !== undefined && found;
    });
    expect(items[0]).toMatchObject({ by: "support", object: "journeys", detail: { state: ["failed"] } });
    expect(JSON.stringify(items)).not.toContain("13800138000");
  });

  it("refuses a question it does not know before the file begins", async () => {
    for (const query of ["state=lost", "cursor=x", "limit=5"]) {
      const response = await ask(`/api/v1/journeys.csv?${query}`);
      expect(response.status).toBe(400);
      expect(response.headers.get("content-type")).toContain("application/problem+json");
    }
  });
});
