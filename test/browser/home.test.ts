import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { desktop, findAxeViolations, phone, picture, scrollsSideways, prepareBrowser } from "#test/support/browser.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { createUser, prepareConsole, signIn } from "#test/support/console.ts";

const flow = `
flow: order-to-cash
title: { en: Order to cash, zh: 订单到收款 }
record: { primary: order_no, aliases: [payment_no], searchable: [customer_phone] }
steps:
  - { id: placed, system: oms, owners: { processes: integration } }
  - { id: posted, system: finance, after: placed, within: 5m, sources: [finance], owners: { processes: finance-it } }
`;
const systems = "oms: { title: { en: Order centre, zh: 订单中心 } }\nfinance: { title: { en: Finance, zh: 财务 } }\n";
const teams = 'finance-it: { title: { en: Finance IT, zh: 财务系统组 }, contacts: { phone: "8021" } }\n';
const hostile = `<img src=x onerror="window.hacked=1">`;
const kit = prepareConsole({ flows: { "orders.yaml": flow, "systems.yaml": systems, "teams.yaml": teams } });
const browser = prepareBrowser();
let cookie = "";

const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();

beforeAll(async () => {
  await createUser(kit.home, "li", "support");
  cookie = await signIn(kit.url, "li");
});

const sendOrders = async (): Promise<void> => {
  const placed = (order: string, minutesAgo: number, more: object = {}) => ({
    id: order,
    system: "oms",
    step: "placed",
    time: at(minutesAgo),
    keys: { order_no: order, ...more },
  });
  const failed = {
    outcome: "failed",
    error: { class: "rejected", field: "ledger_account", message: "<script>alert(1)</script>" },
  };
  await kit.worker.sendHops([
    placed("SO-1042", 60, { payment_no: "P-9001", customer_phone: "13800138000" }),
    placed("SO-1043", 59),
    placed("SO-1044", 58),
    placed(hostile, 57),
    {
      id: "f1",
      system: "finance",
      source: "finance",
      step: "posted",
      time: at(57),
      keys: { order_no: "SO-1043" },
      ...failed,
    },
    { id: "f2", system: "finance", source: "finance", step: "posted", time: at(57), keys: { order_no: "SO-1044" } },
  ]);
  await kit.worker.post("/v1/heartbeats", { source: "finance", time: new Date().toISOString() });
};

const open = async (options: Parameters<typeof browser.open>[0] = {}) => {
  const opened = await browser.open({ cookie, url: kit.url, ...options });
  return opened;
};

const focusedLabel = async (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.activeElement?.closest("label")?.textContent ?? undefined);

describe("home without a record", () => {
  it("says what Hopline needs, and who takes the next step", async () => {
    const { page } = await open();
    await page.goto(kit.url);
    await page.getByRole("heading", { name: "1. What Hopline needs to see" }).waitFor();
    await page.getByText("Waiting for your first event…").waitFor();
    await page.getByText("An integration engineer or an administrator connects the first source.").waitFor();
    expect(await page.getByRole("button", { name: "Make a token" }).count()).toBe(0);
    expect(await findAxeViolations(page)).toEqual([]);
  });
});

describe("home", () => {
  beforeAll(async () => {
    await sendOrders();
    const { page, context } = await open();
    await waitFor("the broken records on the overview", async () => {
      await page.goto(kit.url);
      return (await page.textContent("main"))?.includes("3 records need action");
    });
    await context.close();
  });

  it.each([
    ["desktop", "light", "en-US"],
    ["desktop", "dark", "zh-CN"],
    ["phone", "light", "zh-CN"],
    ["phone", "dark", "en-US"],
  ] as const)("has nothing for axe to find: %s, %s, %s", async (size, colorScheme, locale) => {
    const { page, complaints, requests } = await open({
      viewport: size === "phone" ? phone : desktop,
      colorScheme,
      locale,
    });
    await page.goto(kit.url);
    const title = locale === "zh-CN" ? "这张单到哪了？" : "Where is this order?";
    await page.getByRole("heading", { name: title }).waitFor();
    expect(await page.getAttribute("html", "lang")).toBe(locale === "zh-CN" ? "zh-CN" : "en");
    expect(await findAxeViolations(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    await picture(page, `home-${size}-${colorScheme}-${locale}`);
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(kit.url))).toEqual([]);
  });

  it("loads less than 200 kB of script, compressed", async () => {
    const { page } = await open();
    const sizes: Promise<number>[] = [];
    page.on("requestfinished", (request) => {
      if (request.resourceType() === "script")
        sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await page.goto(kit.url);
    await page.getByRole("heading", { name: /need action/u }).waitFor();
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    console.info(`home loads ${Math.round(bytes / 1_000)} kB of script`);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(200_000);
  });

  it("shows text from outside as text", async () => {
    const { page } = await open();
    await page.goto(`${kit.url}/journeys`);
    await page.getByRole("link", { name: "<img src=x onerror" }).waitFor();
    expect(await page.evaluate(() => "hacked" in globalThis)).toBe(false);
  });

  it("lists the causes with how many, where, since when and who", async () => {
    const { page } = await open();
    await page.goto(kit.url);
    const row = page.getByRole("listitem").filter({ hasText: "Rejected ledger_account" });
    expect(await row.textContent()).toContain("Order centre → Finance");
    expect(await row.textContent()).toContain("Finance IT");
    expect(await row.getByRole("link", { name: "Call Finance IT" }).getAttribute("href")).toBe("tel:8021");
    expect(await row.getByRole("link", { name: "SO-1043" }).getAttribute("href")).toBe("/record/order_no/SO-1043");
    await row.getByRole("link", { name: /Rejected ledger_account/u }).click();
    await page.getByRole("heading", { name: "1 record fails alike" }).waitFor();
    await page.getByRole("link", { name: "SO-1043" }).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it("shows each flow's day: what began, what is broken, how near the slowest hop is to its limit", async () => {
    const { page } = await open();
    await page.goto(kit.url);
    const flows = page.getByRole("region", { name: "Flows today" });
    await expect.poll(async () => flows.textContent()).toMatch(/Order centre → Finance: p95 .* limit 5 min/u);
    expect(await flows.getByRole("link", { name: "Failed 1" }).getAttribute("href")).toBe(
      "/journeys?flow=order-to-cash&state=failed",
    );
  });

  it("follows what happens without being loaded again", async () => {
    const { page } = await open();
    await page.goto(kit.url);
    await page.evaluate(() => Object.assign(globalThis, { mark: "kept" }));
    const heading = page.getByRole("heading", { name: /records need action/u });
    const before = await heading.textContent();
    await kit.worker.sendHops([
      {
        id: "live",
        system: "finance",
        source: "finance",
        step: "posted",
        time: at(1),
        keys: { order_no: hostile },
      },
    ]);
    await expect.poll(async () => heading.textContent(), { timeout: 15_000 }).not.toBe(before);
    expect(await page.evaluate(() => "mark" in globalThis)).toBe(true);
  });

  it("is searched with the keyboard: suggestions with their state, arrows, Enter", async () => {
    const { page, complaints } = await open();
    await page.goto(kit.url);
    await expect.poll(async () => focusedLabel(page)).toContain("Find a record");
    await page.keyboard.type("so104");
    const options = page.getByRole("option");
    await expect.poll(async () => options.count()).toBe(3);
    expect(await options.nth(0).textContent()).toMatch(/Overdue.*SO-1042/su);
    expect(await findAxeViolations(page)).toEqual([]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${kit.url}/record/order_no/SO-1043`);
    expect(complaints).toEqual([]);
  });

  it("keeps what was looked at and searched for last", async () => {
    const { page } = await open();
    await page.goto(`${kit.url}/search?q=so10`);
    await page.getByRole("heading", { name: /matches for “so10”/u }).waitFor();
    await page.getByRole("link", { name: "SO-1044" }).click();
    await page.waitForURL(`${kit.url}/record/order_no/SO-1044`);
    await waitFor("both among the recent", async () => {
      await page.goto(kit.url);
      const recent = page.getByRole("list").filter({ has: page.getByRole("link", { name: "Search again for so10" }) });
      return ((await recent.count()) > 0 && (await recent.first().textContent())?.includes("SO-1044")) ?? false;
    });
  });

  it("goes straight to the record on Enter when it is the only one, by any of its keys", async () => {
    const { page } = await open();
    await page.goto(kit.url);
    await page.keyboard.type("p9001");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${kit.url}/record/order_no/SO-1042`);
  });

  it("never puts a phone number into an address", async () => {
    const { page, requests } = await open();
    await page.goto(kit.url);
    await page.keyboard.type("13800138000");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${kit.url}/record/order_no/SO-1042`);
    await page.goto(kit.url);
    await page.getByRole("combobox").fill("13900139000");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "No record with this private value" }).waitFor();
    expect(requests.filter((url) => /13[89]00/u.test(url))).toEqual([]);
    expect(page.url()).not.toContain("139");
  });

  it("says where it looked when there is nothing", async () => {
    const { page } = await open();
    await page.goto(kit.url);
    await page.keyboard.type("XX-4711");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "No record “XX-4711”" }).waitFor();
    expect(await page.textContent("main")).toMatch(/Searched in order_no, payment_no\. Seen up to \d\d:\d\d:\d\d/u);
    expect(new URL(page.url()).search).toBe("?q=XX-4711");
    expect(await findAxeViolations(page)).toEqual([]);
  });
});

describe("the shell", () => {
  it("brings the search field with ⌘K and with / from anywhere", async () => {
    const { page } = await open();
    await page.goto(`${kit.url}/journeys`);
    await page.keyboard.press("Control+k");
    expect(await focusedLabel(page)).toContain("Find a record");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "SO-1044" }).focus();
    await page.keyboard.press("/");
    await expect.poll(async () => focusedLabel(page)).toContain("Find a record");
    expect(await page.getByRole("combobox").inputValue()).toBe("");
  });

  it("lets the keyboard skip to the content", async () => {
    const { page } = await open();
    await page.goto(`${kit.url}/journeys`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
  });

  it("changes language where it is, and remembers it for the person", async () => {
    const { page } = await open();
    await page.goto(`${kit.url}/journeys?state=failed`);
    await page.getByRole("button", { name: "中文" }).click();
    await page.getByRole("heading", { name: "1 张单" }).waitFor();
    expect(page.url()).toBe(`${kit.url}/journeys?state=failed`);
    expect(await page.getAttribute("html", "lang")).toBe("zh-CN");
    const elsewhere = await open();
    await elsewhere.page.goto(kit.url);
    expect(await elsewhere.page.textContent("h1")).toBe("这张单到哪了？");
    await elsewhere.page.getByRole("button", { name: "EN" }).click();
    await elsewhere.page.getByRole("heading", { name: "Where is this order?" }).waitFor();
  });

  it("changes theme at once and draws the next page in it from the server, without script", async () => {
    const { page, context } = await open();
    await page.goto(kit.url);
    const ground = async (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await ground()).toBe("rgb(255, 255, 255)");
    await page.getByRole("button", { name: "Account of li" }).click();
    await page.getByRole("menuitemradio", { name: "Dark" }).click();
    await expect.poll(ground).toBe("rgb(14, 17, 22)");
    await expect
      .poll(async () => (await context.cookies()).find(({ name }) => name === "hopline.theme")?.value)
      .toBe("dark");
    const html = await (await fetch(kit.url, { headers: { cookie } })).text();
    expect(html).toMatch(/<html[^>]* data-theme="dark"/u);
    await page.getByRole("button", { name: "Account of li" }).click();
    await page.getByRole("menuitemradio", { name: "As the system" }).click();
    await expect.poll(ground).toBe("rgb(255, 255, 255)");
  });

  it("tells how fresh the data is, live", async () => {
    const { page } = await open();
    await page.goto(`${kit.url}/journeys`);
    const line = page.getByRole("status").first();
    const before = await line.getAttribute("aria-label");
    expect(before).toMatch(/^Newest data \d\d:\d\d:\d\d/u);
    await kit.worker.sendHops([
      { id: "late", system: "oms", step: "placed", time: at(1), keys: { order_no: "SO-1099" } },
    ]);
    await expect.poll(async () => line.getAttribute("aria-label"), { timeout: 15_000 }).not.toBe(before);
  });

  it("leads to signing in as soon as the session has ended", async () => {
    const { page, context } = await open();
    await page.goto(`${kit.url}/journeys`);
    await context.clearCookies();
    await page.waitForURL(/\/sign-in\?next=%2Fjourneys$/u, { timeout: 15_000 });
  });

  it("says what to do where there is nothing", async () => {
    const { page } = await open();
    await page.goto(`${kit.url}/no/such/page`);
    await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it("has its pages as tabs on a phone, large enough to touch", async () => {
    const { page } = await open({ viewport: phone });
    await page.goto(kit.url);
    const tabs = page.getByRole("navigation", { name: "Main" }).getByRole("link");
    for (const tab of await tabs.filter({ visible: true }).all()) {
      const box = await tab.boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
    }
    await tabs.filter({ visible: true }).getByText("Records").click();
    await page.waitForURL(`${kit.url}/journeys`);
    expect(await scrollsSideways(page)).toBe(false);
    expect(await findAxeViolations(page)).toEqual([]);
    await picture(page, "records-phone");
  });
});

describe("a worker that stops", () => {
  it("is told in the bar and on the overview, and what stands stays", async () => {
    const { page } = await open();
    await page.goto(kit.url);
    const heading = page.getByRole("heading", { name: /needs? action/u });
    await heading.waitFor();
    await kit.worker.stop();
    await expect
      .poll(async () => page.getByRole("status").first().getAttribute("aria-label"), { timeout: 20_000 })
      .toContain("Nothing new comes in until the ingest worker runs");
    await page.reload();
    await page.getByText(/The ingest worker does not run\. What stands here is as of/u).waitFor();
    expect(await heading.isVisible()).toBe(true);
    expect(await findAxeViolations(page)).toEqual([]);
  });
});
