import { beforeAll, describe, expect, it } from "vitest";
import { directPath, type SearchAnswer } from "#lib/search/search-answer.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { createUser, signIn, prepareConsole, withControl } from "#test/support/console.ts";

const orders = `
flow: order-to-cash
title: { en: Order to cash, zh: 订单到收款 }
record: { primary: order_no, aliases: [payment_no], searchable: [customer_phone] }
steps:
  - { id: placed, system: oms, owners: { processes: integration } }
  - { id: posted, system: finance, after: placed, within: 5m, sources: [finance], owners: { processes: finance-it } }
`;
const salaries = `
flow: salaries
visibleTo: [administrator]
record: { primary: slip_no }
steps: [{ id: computed, system: hrm }]
`;
const kit = prepareConsole({ flows: { "orders.yaml": orders, "salaries.yaml": salaries } });

const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();
const cookies = { support: "", administrator: "" };

beforeAll(async () => {
  await kit.worker.sendHops([
    {
      id: "1",
      system: "oms",
      step: "placed",
      time: at(60),
      keys: { order_no: "SO-1042", payment_no: "P-9001", customer_phone: "13800138000" },
    },
    { id: "2", system: "oms", step: "placed", time: at(59), keys: { order_no: "SO-10421" } },
    { id: "3", system: "oms", step: "placed", time: at(58), keys: { order_no: "SO-2001", payment_no: "P-9002" } },
    { id: "4", system: "oms", step: "placed", time: at(57), keys: { order_no: "SO-2002", payment_no: "P-9002" } },
    { id: "5", system: "finance", source: "finance", step: "posted", time: at(56), keys: { order_no: "SO-10421" } },
    { id: "6", system: "hrm", step: "computed", time: at(55), keys: { slip_no: "SLIP-7788" } },
    { id: "7", system: "wms", step: "picked", time: at(54), keys: { parcel_no: "PX-77001" } },
    { id: "8", system: "payment", step: "captured", time: at(54), keys: { payment_no: "P-7777" } },
  ]);
  for (const role of ["support", "administrator"] as const) {
    await createUser(kit.home, role, role);
    cookies[role] = await signIn(kit.url, role);
  }
  await waitFor("the orders in the search", async () => (await search("SO-2002")).hits.length === 1);
});

async function search(
  text: string,
  { whole = true, as = "support" }: { whole?: boolean; as?: keyof typeof cookies } = {},
): Promise<SearchAnswer> {
  const response = await fetch(`${kit.url}/api/console/search`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie: cookies[as] },
    body: JSON.stringify({ text, whole }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as SearchAnswer;
}
const primaries = ({ hits }: SearchAnswer): readonly string[] => hits.map(({ primary }) => primary);

describe("a search", () => {
  it.each(["SO-1042", "so1042", " so 1042 ", "ＳＯ１０４２", "1042"])(
    "finds %j whatever stands between",
    async (text) => {
      expect(primaries(await search(text, { whole: false }))).toContain("SO-1042");
    },
  );

  it("finds by beginning and by end from four characters on, and by less only the whole key", async () => {
    expect(primaries(await search("SO-2", { whole: false }))).toEqual([]);
    expect(primaries(await search("so200", { whole: false }))).toEqual(["SO-2001", "SO-2002"]);
    expect(primaries(await search("0421", { whole: false }))).toEqual(["SO-10421"]);
    expect(await search("so2", { whole: false })).toMatchObject({ isShort: true });
  });

  it("lists the whole key first and leads straight to it", async () => {
    const answer = await search("so-1042");
    expect(primaries(answer)).toEqual(["SO-1042", "SO-10421"]);
    expect(directPath(answer)).toBe("/record/order_no/SO-1042");
  });

  it("finds a record by another of its keys, with the state of the record", async () => {
    const { hits } = await search("p9001");
    expect(hits).toMatchObject([
      { type: "payment_no", value: "P-9001", primary: "SO-1042", state: expect.any(String) },
    ]);
  });

  it("leads to the key itself where it stands for several records", async () => {
    const answer = await search("P-9002");
    expect(primaries(answer)).toEqual(["SO-2001", "SO-2002"]);
    expect(directPath(answer)).toBe("/record/payment_no/P-9002");
  });

  it("tells keys that were seen and lead to no record", async () => {
    expect((await search("px77001")).loose).toEqual([{ type: "parcel_no", value: "PX-77001", tooCommon: null }]);
    expect((await search("P-7777")).loose).toEqual([{ type: "payment_no", value: "P-7777", tooCommon: null }]);
  });

  it("shows nothing of a flow that the role does not see, neither record nor key", async () => {
    expect(await search("slip-7788")).toMatchObject({ hits: [], loose: [], nearest: [] });
    expect(primaries(await search("slip-7788", { as: "administrator" }))).toEqual(["SLIP-7788"]);
  });

  it("says what was searched and up to when, and what comes nearest", async () => {
    const answer = await search("SO-20019");
    expect(answer.hits).toEqual([]);
    expect(answer.types).toEqual(["order_no", "payment_no"]);
    expect(answer.seenUpTo).toBeGreaterThan(Date.now() - 60_000);
    expect(answer.nearest.map(({ primary }) => primary)).toEqual(["SO-2001", "SO-2002"]);
  });

  it("takes any text, scripts and emoji included", async () => {
    for (const text of [
      "",
      "   ",
      "<script>alert(1)</script>",
      "💥💥💥💥",
      "%",
      "_",
      "'; DROP TABLE",
      "x".repeat(600),
    ]) {
      expect((await search(text)).hits).toEqual([]);
    }
  });
});

describe("a private value", () => {
  it("finds its record when it is sent whole, and only then", async () => {
    const answer = await search("13800138000");
    expect(primaries(answer)).toEqual(["SO-1042"]);
    expect(answer.isPrivate).toBe(true);
    expect(JSON.stringify(answer)).not.toContain("13800138000");
    expect(primaries(await search("138001380"))).toEqual([]);
  });

  it("is not written into the audit", async () => {
    await search("13800138000");
    const items = await withControl(kit.home, async ({ audit }) => {
      await expect
        .poll(async () => (await audit.list({ action: "record.searched", cursor: null, limit: 1 })).items.length)
        .toBe(1);
      return (await audit.list({ cursor: null, limit: 200 })).items;
    });
    expect(JSON.stringify(items)).not.toContain("13800138000");
  });
});

describe("pages", () => {
  const page = async (path: string, language = "en"): Promise<string> => {
    const response = await fetch(kit.url + path, {
      headers: { cookie: `${cookies.support}; hopline.language=${language}` },
    });
    expect(response.status).toBe(200);
    return response.text();
  };

  it("list matches under an address that can be passed on", async () => {
    const html = await page("/search?q=so200");
    expect(html).toContain("2 matches for");
    expect(html).toContain('href="/record/order_no/SO-2001"');
  });

  it("escape what was searched", async () => {
    const html = await page(`/search?q=${encodeURIComponent("<img src=x onerror=alert(1)>")}`);
    expect(html).not.toContain("<img src=x");
  });

  it("list records by the filters of the address, page by page, and leave out filters that mean nothing", async () => {
    expect(await page("/journeys?flow=order-to-cash")).toContain("SO-10421");
    expect(await page("/journeys?state=completed")).not.toContain("SO-2001");
    expect(await page("/journeys?state=nonsense&limit=2&unknown=1")).toContain("SO-2001");
    expect(await page("/journeys?cursor=nonsense")).toContain("begins again with the newest");
    expect(await page("/journeys?flow=salaries")).toContain("No record matches");
  });

  it("show in Chinese what they show in English", async () => {
    expect(await page("/", "zh")).toContain("这张单到哪了？");
    expect(await page("/")).toContain("Where is this order?");
  });

  it("show what somebody looked at last", async () => {
    const { findRecord } = { findRecord: `${kit.url}/api/v1/records/order_no/SO-2001` };
    await fetch(findRecord, { headers: { cookie: cookies.support } });
    await expect.poll(async () => page("/"), { timeout: 5_000 }).toMatch(/Recent[\s\S]*SO-2001/u);
  });
});
